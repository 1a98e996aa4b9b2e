"""Impact: exactly what a change of words touches, and nothing else."""

from dataclasses import replace

import pytest

from domain.impact import (
    AffectedGroup,
    AffectedProgramme,
    AffectedQuiz,
    AffectedRequirement,
    Change,
    Impact,
    SuspectQuestion,
    compare,
)
from domain.programmes import RequirementKind
from domain.quizzes import Citation
from tests.builders.domain import make_programme, make_question, make_requirement
from tests.builders.thread import (
    LEAVE,
    LIVE,
    LIVE_SECTIONS,
    RECALL,
    leave_page,
    library,
    recall_page,
)


def ids(impact: Impact) -> dict[str, Change]:
    """What became of which section."""
    return {each.id: each.change for each in impact.changed}


def test_no_change_touches_nothing() -> None:
    impact = compare(LIVE, library())

    assert impact == Impact((), (), (), (), (), (), (), ())
    assert impact.nothing


def test_one_word_names_exactly_what_rests_on_it() -> None:
    impact = compare(LIVE, library(leave_page(when=LEAVE["when"].replace("14", "21"))))

    assert not impact.nothing
    assert ids(impact) == {"leave#when": Change.CHANGED}
    assert impact.suspect_questions == (
        SuspectQuestion("leave-basics", "asking", "What of asking?", ("leave#when",), False),
        SuspectQuestion("leave-basics", "both", "What of both?", ("leave#when",), False),
    )
    assert impact.quizzes == (AffectedQuiz("leave-basics", "Leave-basics", ("asking", "both"), 3),)
    reading, quiz, _ = LIVE.programmes["induction"].requirements
    assert impact.programmes == (
        AffectedProgramme(
            "induction",
            "Induction",
            "caseworker",
            (
                AffectedRequirement(reading.id, reading.title, reading.kind, 12, ("leave#when",)),
                AffectedRequirement(quiz.id, quiz.title, quiz.kind, 15, ("leave#when",)),
            ),
        ),
    )
    assert impact.roles == ("caseworker",)
    assert impact.audience == ("caseworker",)
    assert impact.groups == (
        AffectedGroup("charities", "Charities", ("leave",)),
        AffectedGroup("hospitals", "Hospitals", ("leave",)),
    )


@pytest.mark.parametrize(
    "rewritten",
    [
        "The responsible clinician\nasks the Secretary\nof State for leave of up to 14 days.",
        "The  responsible clinician asks the Secretary of State for leave of up to 14 days.\n\n",
        "The responsible clinician asks the **Secretary of State** for leave of *up to* 14 days.",
    ],
)
def test_wrapping_white_space_and_emphasis_name_nothing(rewritten: str) -> None:
    assert compare(LIVE, library(leave_page(when=rewritten))).nothing


def test_a_link_to_another_place_is_a_change() -> None:
    elsewhere = LEAVE["who"].replace("recall#how", "leave#when")

    assert ids(compare(LIVE, library(leave_page(who=elsewhere)))) == {"leave#who": Change.CHANGED}


def test_the_texts_of_both_sides_are_told() -> None:
    [change] = compare(LIVE, library(recall_page(how="Nobody signs."))).changed

    assert (change.title, change.page, change.page_title) == ("How", "recall", "Recall")
    assert change.before_text == RECALL["how"]
    assert change.after_text == "Nobody signs."
    assert not change.follows


def test_a_change_is_followed_through_every_kind_of_requirement() -> None:
    impact = compare(LIVE, library(recall_page(how="Nobody signs.")))

    assert [(each.quiz, each.id) for each in impact.suspect_questions] == [
        ("leave-basics", "both"),
        ("recall-basics", "signing"),
    ]
    assert [each.slug for each in impact.quizzes] == ["leave-basics", "recall-basics"]
    assert [
        (programme.slug, requirement.id)
        for programme in impact.programmes
        for requirement in programme.requirements
    ] == [
        ("induction", "pass-leave"),
        ("induction", "draft"),
        ("oversight", "read-recall"),
        ("oversight", "pass-recall"),
    ]
    assert [each.minutes for each in impact.programmes] == [75, 13]
    assert impact.roles == ("caseworker", "manager")
    assert impact.audience == ("manager",)
    assert [each.slug for each in impact.groups] == ["charities", "police"]


def test_a_question_that_cites_more_than_one_changed_section_is_named_once() -> None:
    impact = compare(LIVE, library(leave_page(when="Never.", who="Nobody.")))

    both = impact.suspect_questions[2]
    assert [each.id for each in impact.suspect_questions] == ["asking", "deciding", "both"]
    assert both.sections == ("leave#when", "leave#who")


def test_a_question_that_was_compared_with_the_new_words_says_so() -> None:
    after = library(leave_page(when="Never."))
    never = after.section_versions()["leave#when"]
    quiz = after.quizzes["leave-basics"]
    stamped = make_question("asking", cites=[Citation("leave#when", never)])
    quiz = replace(quiz, questions=(stamped, *quiz.questions[1:]))

    impact = compare(LIVE, replace(after, quizzes={**after.quizzes, quiz.slug: quiz}))

    assert [(each.id, each.checked_again) for each in impact.suspect_questions] == [
        ("asking", True),
        ("both", False),
    ]


def test_a_stamp_that_is_right_in_part_is_not_enough() -> None:
    after = library(leave_page(when="Never.", who="Nobody."))
    now = after.section_versions()
    half = make_question(
        "both", cites=[Citation("leave#when", now["leave#when"]), LIVE_SECTIONS["leave#who"]]
    )
    quiz = replace(after.quizzes["leave-basics"], questions=(half,))

    impact = compare(LIVE, replace(after, quizzes={quiz.slug: quiz}, programmes={}))

    assert not impact.suspect_questions[0].checked_again


def test_an_added_section_concerns_readers_and_no_question() -> None:
    impact = compare(LIVE, library(leave_page(where="In a hospital.")))

    [change] = impact.changed
    assert (change.id, change.change) == ("leave#where", Change.ADDED)
    assert (change.before_text, change.after_text) == (None, "In a hospital.")
    assert not change.follows
    assert impact.suspect_questions == ()
    assert impact.quizzes == ()
    [programme] = impact.programmes
    assert [(each.id, each.sections) for each in programme.requirements] == [
        ("read-leave", ("leave#where",))
    ]
    assert [each.slug for each in impact.groups] == ["charities", "hospitals"]


def test_an_added_section_that_an_observed_task_cites_from_now_on_asks_nobody_to_repeat_it() -> (
    None
):
    after = library(leave_page(where="In a hospital."))
    task = make_requirement(RequirementKind.OBSERVED_TASK, cites=["leave#where"])
    after = replace(after, programmes={"tasks": make_programme("tasks", [task])})

    assert compare(LIVE, after).programmes == ()


def test_a_removed_section_is_told_to_groups_and_asks_nobody_to_learn_again() -> None:
    before = library(leave_page(where="In a hospital."))

    impact = compare(before, LIVE)

    [change] = impact.changed
    assert (change.id, change.change) == ("leave#where", Change.REMOVED)
    assert (change.before_text, change.after_text) == ("In a hospital.", None)
    assert (change.title, change.page_title) == ("Where", "Leave")
    assert impact.programmes == ()
    assert impact.roles == ()
    assert impact.audience == ("caseworker",)
    assert [each.slug for each in impact.groups] == ["charities", "hospitals"]
