"""Impact: whole pages, the organisations that follow them, and sections below others."""

from dataclasses import replace

import pytest

from domain.impact import AffectedGroup, Change, compare
from domain.pages import Page, Section, Visibility
from domain.programmes import RequirementKind
from domain.stakeholders import Group
from tests.builders.domain import (
    make_library,
    make_page,
    make_programme,
    make_question,
    make_quiz,
    make_requirement,
    make_section,
)
from tests.builders.thread import GROUPS, LEAVE, LIVE, leave_page, library, recall_page


def test_an_added_page_and_a_removed_one_are_told() -> None:
    extra = make_page("transfer", {"where": "To hospital."}, topics=("transfer",))

    added, removed = compare(LIVE, library(extra)), compare(library(extra), LIVE)

    assert [(page.slug, page.change) for page in added.pages] == [("transfer", Change.ADDED)]
    assert [(page.slug, page.change) for page in removed.pages] == [("transfer", Change.REMOVED)]
    assert [each.slug for each in added.groups] == ["courts", "hospitals"]
    assert [each.slug for each in removed.groups] == ["courts", "hospitals"]
    assert removed.changed[0].page_title == "Transfer"


@pytest.mark.parametrize(
    "edited",
    [
        replace(leave_page(), title="Leave of absence"),
        replace(leave_page(), summary="It can be granted."),
        replace(leave_page(), intro="Before you begin."),
    ],
    ids=["title", "summary", "intro"],
)
def test_another_opening_is_told_though_no_citation_can_name_it(edited: Page) -> None:
    impact = compare(LIVE, library(edited))

    [page] = impact.pages
    assert (page.slug, page.title, page.change) == ("leave", edited.title, Change.CHANGED)
    assert page.opening_changed
    assert impact.changed == ()
    assert impact.programmes == ()
    assert [each.slug for each in impact.groups] == ["charities", "hospitals"]


def test_an_opening_that_is_wrapped_differently_is_the_same() -> None:
    before = replace(leave_page(), intro="Before you begin, read.")
    after = replace(leave_page(), intro="Before you\nbegin, read.")

    assert compare(library(before), library(after)).nothing


def test_another_owner_or_review_date_is_no_change_of_words() -> None:
    edited = replace(leave_page(), owner="somebody-else", version="another")

    assert compare(LIVE, library(edited)).nothing


def test_only_the_page_of_a_changed_section_is_told_and_its_opening_is_as_it_was() -> None:
    [page] = compare(LIVE, library(leave_page(when="Never."))).pages

    assert (page.slug, page.change, page.opening_changed) == ("leave", Change.CHANGED, False)
    assert (page.public, page.topics, page.audience) == (True, ("leave",), ("caseworker",))


def test_topics_and_audience_of_both_sides_are_told() -> None:
    edited = replace(leave_page(when="Never."), topics=("escort",), audience=("clinician",))
    police = Group("police", "Police forces", ("recall", "escort"))

    impact = compare(LIVE, library(edited, groups=(GROUPS[0], police)))

    assert impact.pages[0].topics == ("escort", "leave")
    assert impact.audience == ("caseworker", "clinician")
    assert impact.groups == (
        AffectedGroup("hospitals", "Hospitals", ("leave",)),
        AffectedGroup("police", "Police forces", ("escort",)),
    )


def test_a_group_is_named_with_those_of_its_topics_that_changed() -> None:
    impact = compare(LIVE, library(leave_page(when="Never."), recall_page(how="Nobody.")))

    assert [(each.slug, each.topics) for each in impact.groups] == [
        ("charities", ("leave", "recall")),
        ("hospitals", ("leave",)),
        ("police", ("recall",)),
    ]


def staff_only(page: Page) -> Page:
    """The page for staff."""
    return replace(page, visibility=Visibility.STAFF)


def test_no_organisation_is_told_of_a_page_for_staff() -> None:
    before = library(staff_only(leave_page()))

    impact = compare(before, library(staff_only(leave_page(when="Never."))))

    assert not impact.pages[0].public
    assert impact.groups == ()
    assert [each.slug for each in impact.programmes] == ["induction"]


@pytest.mark.parametrize("becomes_public", [True, False])
def test_a_page_that_is_or_was_public_is_news_to_organisations(becomes_public: bool) -> None:
    sides = [library(staff_only(leave_page())), library(leave_page(when="Never."))]
    if not becomes_public:
        sides = [library(leave_page(when="Never.")), library(staff_only(leave_page()))]

    impact = compare(*sides)

    assert impact.pages[0].public
    assert [each.slug for each in impact.groups] == ["charities", "hospitals"]


def nested(inner: str, outer: str = "In general.", level: int = 2) -> Section:
    """A section with another below it, of which only the upper is returned with its version."""
    below = make_section("leave#inner", inner, level=3)
    return make_section("leave#outer", outer, level=level, below=[below])


def nested_page(inner: str, outer: str = "In general.", *, title: str = "", level: int = 2) -> Page:
    """The page on leave with one section below another."""
    upper = nested(inner, outer, level)
    upper = replace(upper, title=title or upper.title)
    lower = make_section("leave#inner", inner, level=3)
    return make_page("leave", LEAVE, sections=[upper, lower], topics=("leave",))


def test_a_change_below_a_section_changes_it_too_and_says_that_it_only_follows() -> None:
    impact = compare(library(nested_page("At home.")), library(nested_page("At sea.")))

    assert [(each.id, each.follows) for each in impact.changed] == [
        ("leave#inner", False),
        ("leave#outer", True),
    ]


def test_a_section_with_other_words_of_its_own_does_not_only_follow() -> None:
    before = library(nested_page("At home."))
    outer_too = library(nested_page("At sea.", "In particular."))
    titled = library(nested_page("At sea.", title="Above"))
    raised = library(nested_page("At sea.", level=3))

    for after in (outer_too, titled, raised):
        changes = {each.id: each.follows for each in compare(before, after).changed}
        assert changes == {"leave#inner": False, "leave#outer": False}


def test_a_section_that_is_wrapped_anew_above_a_change_only_follows() -> None:
    before = library(nested_page("At home.", "In general and at large."))
    after = library(nested_page("At sea.", "In general\nand at large."))

    assert [each.follows for each in compare(before, after).changed] == [False, True]


def test_the_order_in_which_pages_are_loaded_does_not_matter() -> None:
    after = library(leave_page(when="Never."), recall_page(how="Nobody."))
    turned = replace(
        after,
        pages=dict(reversed(list(after.pages.items()))),
        quizzes=dict(reversed(list(after.quizzes.items()))),
        programmes=dict(reversed(list(after.programmes.items()))),
        engagement=replace(after.engagement, groups=tuple(reversed(after.engagement.groups))),
    )

    assert compare(LIVE, turned) == compare(LIVE, after)
    assert [each.id for each in compare(LIVE, turned).changed] == ["leave#when", "recall#how"]


def test_a_section_with_another_title_goes_by_the_new_one() -> None:
    renamed = make_section("leave#when", LEAVE["when"], title="At what time")
    kept = make_section("leave#who", LEAVE["who"])

    [change] = compare(LIVE, library(make_page("leave", sections=[renamed, kept]))).changed

    assert (change.id, change.title, change.follows) == ("leave#when", "At what time", False)
    assert change.before_text == change.after_text == LEAVE["when"]


def test_of_many_everything_is_told_in_order() -> None:
    names = [f"n{number:02}" for number in range(30)]
    pages = [
        [make_page(each, {"what": text}, topics=names, audience=names) for each in names]
        for text in ("Before.", "After.")
    ]
    groups = [Group(each, each, tuple(reversed(names))) for each in reversed(names)]
    tasks = [make_requirement(RequirementKind.OBSERVED_TASK, cites=[f"{names[0]}#what"])]
    programmes = [make_programme(each, tasks, role=each) for each in reversed(names)]

    impact = compare(
        make_library(pages=reversed(pages[0])),
        make_library(pages=reversed(pages[1]), groups=groups, programmes=programmes),
    )

    assert [each.page for each in impact.changed] == names
    assert [each.slug for each in impact.pages] == names
    assert [each.slug for each in impact.programmes] == names
    assert [each.slug for each in impact.groups] == names
    assert list(impact.roles) == list(impact.audience) == names
    assert list(impact.pages[0].topics) == list(impact.pages[0].audience) == names
    assert list(impact.groups[0].topics) == names


def test_the_sections_that_a_question_and_a_requirement_rest_on_are_told_in_order() -> None:
    anchors = [f"a{number:02}" for number in range(30)]
    before, after = (make_page("leave", dict.fromkeys(anchors, text)) for text in ("One.", "Two."))
    cited = list(reversed(before.sections))
    quiz = make_quiz("leave-basics", questions=[make_question(cites=cited)])
    reading = make_requirement(RequirementKind.READING, subject="leave")

    impact = compare(
        make_library(pages=[before]),
        make_library(pages=[after], quizzes=[quiz], programmes=[make_programme("p", [reading])]),
    )

    ids = [f"leave#{anchor}" for anchor in anchors]
    assert list(impact.suspect_questions[0].sections) == ids
    assert list(impact.programmes[0].requirements[0].sections) == ids
