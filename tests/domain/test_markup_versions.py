"""A version names the words, no more and no less: re-wrapping is free, and changes show."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.markup import links, read, version_of, words

TEXT = """\
Leave starts once the Secretary of State has consented, within 14 days.

- Say where the patient goes.
- Say for how long, and see [the rule](page:leave#when).

| Part | Days |
|------|------|
| Form | 5    |

::: note Mind
Ask early.
:::
"""

WORD = st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=6)
SENTENCE = st.lists(WORD, min_size=1, max_size=12)


def version(text: str) -> str:
    return version_of(words(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Leave starts once the Secretary", "Leave starts\nonce the\nSecretary"),
        ("Leave starts once", "Leave  starts   once"),
        ("Leave starts once", "Leave starts\u00a0once"),
        ("Leave starts once", "*Leave* starts **once**"),
        ("consented, within", "**con**sented, within"),
        ("- Say where the patient goes.", "* Say where the patient\n  goes."),
        ("goes.\n- Say", "goes.\n\n- Say"),
        ("| Part | Days |\n|------|------|", "|Part|Days|\n|:--|--:|"),
        ("::: note Mind", ":::note   Mind"),
        ("Ask early.\n:::", "Ask *early*.\n\n:::"),
    ],
)
def test_the_shape_of_the_text_leaves_the_version_alone(old: str, new: str) -> None:
    changed = TEXT.replace(old, new, 1)

    assert changed != TEXT
    assert version(changed) == version(TEXT)


def test_windows_line_ends_leave_the_version_alone() -> None:
    assert version(TEXT.replace("\n", "\r\n")) == version(TEXT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("consented", "agreed"),
        ("within 14 days", "within 15 days"),
        ("14 days.", "14 days"),
        ("page:leave#when", "page:leave#how"),
        ("[the rule](page:leave#when)", "the rule"),
        ("- Say where the patient goes.\n", ""),
        ("- Say where the patient goes.\n- Say", "- Say where the patient goes.\n  Say"),
        ("- Say where the patient goes.\n- Say", "- Say where the patient goes.\n  - Say"),
        ("| Form | 5    |", "| Form 5 |    |"),
        ("note Mind", "warning Mind"),
        ("note Mind", "note Care"),
        ("Leave starts", "leave starts"),
        ("- Say where", "3. Say where"),
    ],
)
def test_a_changed_word_number_link_or_item_changes_the_version(old: str, new: str) -> None:
    changed = TEXT.replace(old, new, 1)

    assert changed != TEXT
    assert version(changed) != version(TEXT)


@given(SENTENCE, st.data())
def test_wrapping_anywhere_leaves_the_words_alone(sentence: list[str], data: st.DataObject) -> None:
    gaps = [data.draw(st.sampled_from([" ", "  ", "\n", " \n", "\t"])) for _ in sentence]
    wrapped = "".join(word + gap for word, gap in zip(sentence, gaps, strict=True))

    assert words(wrapped) == tuple(sentence)


@given(SENTENCE, st.integers(min_value=0), st.sampled_from(["*", "**", "_", "__", "***"]))
def test_emphasis_anywhere_leaves_the_version_alone(
    sentence: list[str], at: int, mark: str
) -> None:
    at %= len(sentence)
    marked = [*sentence[:at], mark + sentence[at] + mark, *sentence[at + 1 :]]

    assert version(" ".join(marked)) == version(" ".join(sentence))


@given(SENTENCE, st.integers(min_value=0), WORD)
def test_another_word_anywhere_changes_the_version(
    sentence: list[str], at: int, other: str
) -> None:
    at %= len(sentence)
    changed = [*sentence[:at], other, *sentence[at + 1 :]]

    assert (version(" ".join(changed)) == version(" ".join(sentence))) is (other == sentence[at])


@given(st.lists(SENTENCE, min_size=2, max_size=5), st.integers(min_value=0))
def test_an_item_less_changes_the_version(items: list[list[str]], at: int) -> None:
    at %= len(items)
    whole = "".join(f"- {' '.join(item)}\n" for item in items)
    less = "".join(f"- {' '.join(item)}\n" for item in [*items[:at], *items[at + 1 :]])

    assert version(less) != version(whole)


def test_moving_words_from_one_item_to_the_next_changes_the_version() -> None:
    assert version("- a b\n- c") != version("- a\n- b c")


def test_a_version_is_twelve_hexadecimal_characters() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", version(TEXT))


def test_no_author_can_write_the_mark_of_an_item() -> None:
    assert version("- a") != version("item:1 a")


def test_quotation_marks_may_change_their_shape() -> None:
    assert version("the patient’s “leave”") == version('the patient\'s "leave"')


def test_a_heading_counts_with_its_words_and_without_its_anchor() -> None:
    assert words("## How to ask {#asking}") == words("## How to ask {#ask}")
    assert words("## How to ask {#asking}") != words("## How to reply {#asking}")


def test_links_know_their_lines() -> None:
    found = links(
        "First\n[a](page:x) and\n\n- [b](https://b.example)\n\n| t |\n|---|\n| [c](ref:y) |"
    )

    assert [(link.target, link.line) for link in found] == [
        ("page:x", 2),
        ("https://b.example", 4),
        ("ref:y", 8),
    ]


def test_a_text_is_cut_at_its_headings_of_three_levels() -> None:
    reading = read(
        "Before.\n\n## One {#one}\n\nA.\n\n#### Deep\n\nB.\n\n### Two *x* {#two}\n\nC.\n"
    )

    assert [segment.body for segment in reading.segments] == [
        "Before.",
        "A.\n\n#### Deep\n\nB.",
        "C.",
    ]
    assert [(each.title, each.anchor, each.line) for each in reading.headings] == [
        ("One", "one", 3),
        ("Deep", None, 7),
        ("Two x", "two", 11),
    ]
