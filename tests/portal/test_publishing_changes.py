"""What differs from the last publication, and what follows for the sections above and below."""

from collections.abc import Iterable

import pytest

from domain.impact import Fate
from domain.library import Library
from domain.pages import Section
from domain.standing import Meaning
from portal.publishing.changes import Change, ChangeKind, LiveSection, changes_in, impact_since
from portal.publishing.difference import difference
from portal.publishing.service import Decision, decide
from tests.builders.domain import make_library, make_page, make_section

KEPT, ADDED, REMOVED = Fate.SAME, Fate.ADDED, Fate.REMOVED


def library(*sections: Section) -> Library:
    return make_library(pages=[make_page("leave", sections=sections)])


def nested(child: str = "A child.", *more: Section, parent: str = "A parent.") -> list[Section]:
    below = [make_section("leave#child", child, level=3), *more]
    return [make_section("leave#parent", parent, below=below), *below]


def live(sections: Iterable[Section]) -> dict[str, LiveSection]:
    return {each.id: LiveSection(each.id, each.version, each.title, each.body) for each in sections}


def changes(before: Iterable[Section], after: Iterable[Section]) -> tuple[Change, ...]:
    now = library(*after)
    published = live(before)
    return changes_in(impact_since(published, now), published, now)


def kinds(before: Iterable[Section], after: Iterable[Section]) -> dict[str, ChangeKind]:
    return {each.section: each.kind for each in changes(before, after)}


def test_nothing_differs_from_itself() -> None:
    assert changes(nested(), nested()) == ()


def test_text_that_was_only_wrapped_again_does_not_differ() -> None:
    assert changes(nested("One two\nthree."), nested("One\ntwo *three*.")) == ()


def test_a_section_above_a_changed_one_follows_it() -> None:
    assert kinds(nested(), nested("Another child.")) == {
        "leave#parent": ChangeKind.FOLLOWS,
        "leave#child": ChangeKind.CHANGED,
    }


def test_a_section_whose_own_words_changed_is_decided_for_itself() -> None:
    assert kinds(nested(), nested("Another child.", parent="Another parent.")) == {
        "leave#parent": ChangeKind.CHANGED,
        "leave#child": ChangeKind.CHANGED,
    }


def test_a_section_that_gained_one_below_it_is_decided_for_itself() -> None:
    after = nested("A child.", make_section("leave#second", "New.", level=3))

    assert kinds(nested(), after) == {
        "leave#parent": ChangeKind.CHANGED,
        "leave#second": ChangeKind.ADDED,
    }


def test_a_section_that_lost_one_below_it_is_decided_for_itself() -> None:
    before = nested("A child.", make_section("leave#second", "Old.", level=3))

    found = changes(before, nested("Another child."))

    assert {each.section: each.kind for each in found} == {
        "leave#parent": ChangeKind.CHANGED,
        "leave#child": ChangeKind.CHANGED,
        "leave#second": ChangeKind.REMOVED,
    }
    assert found[0].lost == ("Second",)


def test_changes_come_in_the_order_of_the_text_with_what_went_at_the_end() -> None:
    before = [make_section(f"leave#{each}", "Old.") for each in ("zulu", "alpha", "bravo")]
    after = [make_section(f"leave#{each}", "New.") for each in ("zulu", "alpha", "new")]

    assert [each.section for each in changes(before, after)] == [
        "leave#zulu",
        "leave#alpha",
        "leave#new",
        "leave#bravo",
    ]


def test_a_page_that_went_takes_all_its_sections_out() -> None:
    before = live([make_section("recall#when", "Old.")])
    now = library(*nested())

    found = changes_in(impact_since(before | live(nested()), now), before, now)

    assert [(each.section, each.kind, each.page_title) for each in found] == [
        ("recall#when", ChangeKind.REMOVED, "recall")
    ]


def test_a_new_section_is_new_or_material_and_a_changed_one_has_three_meanings() -> None:
    found = {each.section: each for each in changes([], nested())}
    assert found["leave#child"].meanings == (Meaning.FIRST, Meaning.MATERIAL)
    [_, child] = changes(nested(), nested("Another."))
    assert child.meanings == (Meaning.NO_CHANGE, Meaning.MINOR, Meaning.MATERIAL)


@pytest.mark.parametrize("meaning", [Meaning.NO_CHANGE, Meaning.MINOR, Meaning.MATERIAL])
def test_what_follows_takes_the_decision_from_below(meaning: Meaning) -> None:
    found = changes(nested(), nested("Another child."))

    made = decide(found, {"leave#child": Decision(meaning, "Because.")})

    assert made["leave#parent"] == Decision(meaning, "Because.")


def test_the_strongest_decision_below_counts() -> None:
    def three(child: str, second: str) -> list[Section]:
        return nested(child, make_section("leave#second", second, level=3))

    found = changes(three("One.", "Two."), three("One more.", "Two more."))

    made = decide(
        found,
        {
            "leave#child": Decision(Meaning.MATERIAL, "It matters."),
            "leave#second": Decision(Meaning.MINOR, "It does not."),
        },
    )

    assert made["leave#parent"] == Decision(Meaning.MATERIAL, "It matters.")


def test_what_nobody_decides_is_minor_new_or_taken_out() -> None:
    before = [make_section("leave#a", "Old."), make_section("leave#b", "Old.")]
    after = [make_section("leave#a", "New."), make_section("leave#c", "New.")]

    made = decide(changes(before, after), {})

    assert {section: each.meaning for section, each in made.items()} == {
        "leave#a": Meaning.MINOR,
        "leave#b": Meaning.WITHDRAWN,
        "leave#c": Meaning.FIRST,
    }


def read(before: str, after: str) -> list[list[tuple[Fate, str]]]:
    return [[(words.fate, words.text) for words in p] for p in difference(before, after)]


def test_a_difference_names_exactly_the_words_that_differ() -> None:
    assert read("It takes ten days to decide.", "It takes five days to decide.") == [
        [(KEPT, "It takes"), (REMOVED, "ten"), (ADDED, "five"), (KEPT, "days to decide.")]
    ]


def test_wrapping_is_no_difference() -> None:
    assert read("One two\nthree four.", "One\ntwo three\nfour.") == [
        [(KEPT, "One two three four.")]
    ]


def test_paragraphs_and_list_items_stay_apart() -> None:
    text = "A rule.\n\n- one\n- two\n\n1. first\n2. second"

    assert read(text, text.replace("two", "three")) == [
        [(KEPT, "A rule.")],
        [(KEPT, "- one")],
        [(KEPT, "-"), (REMOVED, "two"), (ADDED, "three")],
        [(KEPT, "1. first")],
        [(KEPT, "2. second")],
    ]


@pytest.mark.parametrize(("before", "after"), [("", ""), ("\n\n", " \n")])
def test_nothing_has_no_difference(before: str, after: str) -> None:
    assert read(before, after) == []


def test_new_and_old_text_as_a_whole_are_added_and_removed() -> None:
    assert read("", "All new.\n\nEven this.") == [[(ADDED, "All new.")], [(ADDED, "Even this.")]]
    assert read("All gone.", "") == [[(REMOVED, "All gone.")]]
