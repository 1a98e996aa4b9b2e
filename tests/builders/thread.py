"""A small library with the whole thread in it: pages, questions, requirements, groups."""

from domain.library import Library
from domain.pages import Page
from domain.programmes import RequirementKind
from domain.quizzes import Quiz
from domain.stakeholders import Group
from tests.builders.domain import (
    make_library,
    make_page,
    make_programme,
    make_question,
    make_quiz,
    make_requirement,
)

LEAVE = {
    "when": "The responsible clinician asks the Secretary of State\nfor leave of up to 14 days.",
    "who": "A caseworker decides within 20 days. See [recall](page:recall#how).",
}
RECALL = {"how": "A warrant is signed by day or by night."}
GROUPS = (
    Group("hospitals", "Hospitals", ("leave", "transfer")),
    Group("charities", "Charities", ("leave", "recall")),
    Group("police", "Police forces", ("recall",)),
    Group("courts", "Courts", ("transfer",)),
)


def leave_page(**changes: str) -> Page:
    """The page on leave, with other words in some of its sections."""
    return make_page("leave", {**LEAVE, **changes}, topics=("leave",), audience=("caseworker",))


def recall_page(**changes: str) -> Page:
    """The page on recall, with other words in some of its sections."""
    return make_page("recall", {**RECALL, **changes}, topics=("recall",), audience=("manager",))


LIVE_SECTIONS = {each.id: each for page in (leave_page(), recall_page()) for each in page.sections}


def quizzes() -> tuple[Quiz, ...]:
    """Two quizzes, whose questions were all checked against the live words."""
    when, who, how = (LIVE_SECTIONS[each] for each in ("leave#when", "leave#who", "recall#how"))
    return (
        make_quiz(
            "leave-basics",
            questions=[
                make_question("asking", cites=[when]),
                make_question("deciding", cites=[who]),
                make_question("both", cites=[who, when, how]),
            ],
        ),
        make_quiz("recall-basics", questions=[make_question("signing", cites=[how])]),
    )


def library(*pages: Page, groups: tuple[Group, ...] = GROUPS) -> Library:
    """The pages on leave and recall, unless others are given, and all that rests on them."""
    given_pages = {page.slug: page for page in (leave_page(), recall_page(), *pages)}
    caseworker = [
        make_requirement(RequirementKind.READING, "read-leave", subject="leave", minutes=12),
        make_requirement(RequirementKind.QUIZ, "pass-leave", subject="leave-basics", minutes=15),
        make_requirement(
            RequirementKind.OBSERVED_TASK, "draft", minutes=60, cites=["leave#who", "recall#how"]
        ),
    ]
    manager = [
        make_requirement(RequirementKind.READING, "read-recall", subject="recall", minutes=8),
        make_requirement(RequirementKind.QUIZ, "pass-recall", subject="recall-basics", minutes=5),
    ]
    return make_library(
        pages=given_pages.values(),
        quizzes=quizzes(),
        programmes=[
            make_programme("oversight", manager, role="manager"),
            make_programme("induction", caseworker, role="caseworker"),
        ],
        groups=groups,
    )


LIVE = library()
