"""A small library in memory, and what a portal holds about learning it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy.orm import Session

from domain.library import Library
from domain.pages import Kind, Page, Section, Visibility
from domain.programmes import Programme, Requirement, RequirementKind
from domain.quizzes import Citation, Option, Question, QuestionKind, Quiz
from domain.stakeholders import Engagement, Scheme
from domain.standing import EventKind, Meaning
from portal.current import LIBRARY
from portal.models import Enrolment, Person, Publication, PublishedSection, Role
from portal.records import record_event
from tests.builders.people import add_person

STARTS_ON = date(2026, 11, 16)  # a Monday, a week before the clock of the tests
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})


def make_section(page: str, anchor: str, body: str = "Some words.", version: str = "v1") -> Section:
    """One section, titled after its anchor."""
    return Section(page, anchor, anchor.replace("-", " ").capitalize(), 2, body, version, 1)


def make_page(slug: str = "leave", anchors: tuple[str, ...] = ("who-decides", "time")) -> Page:
    """A staff page with these sections."""
    return Page(
        slug=slug,
        path=f"content/guidance/{slug}.md",
        title=slug.replace("-", " ").capitalize(),
        summary="One sentence.",
        kind=Kind.GUIDANCE,
        owner="caseworker",
        audience=("caseworker",),
        visibility=Visibility.STAFF,
        issued_on=date(2026, 1, 5),
        review_on=date(2027, 1, 5),
        topics=("leave",),
        legislation=(),
        intro="Before the first heading.",
        sections=tuple(make_section(slug, anchor) for anchor in anchors),
        version="page-v1",
    )


def make_question(
    number: int, kind: QuestionKind = QuestionKind.SINGLE, right: str = "a"
) -> Question:
    """Question `q1`, `q2`, …: option a is right (a and b where several are), the others not."""
    letters = "abcd"
    return Question(
        id=f"q{number}",
        kind=kind,
        text=f"What is number {number}?",
        options=tuple(
            Option(
                letter,
                f"Answer {letter} to {number}",
                letter in right,
                "" if letter in right else f"Feedback on {letter} of {number}",
            )
            for letter in letters
        ),
        cites=(Citation("leave#who-decides", "v1"),),
        explanation=f"Explanation of {number}",
        version=f"question-{number}-v1",
    )


def make_quiz(slug: str = "leave-basics", pass_mark: int = 60) -> Quiz:
    """Three questions, of which the third has two right options."""
    return Quiz(
        slug=slug,
        path=f"quizzes/{slug}.yaml",
        title="Leave basics",
        summary="What leave is.",
        owner="caseworker",
        topics=("leave",),
        visibility=Visibility.STAFF,
        pass_mark=pass_mark,
        minutes=5,
        questions=(
            make_question(1),
            make_question(2),
            make_question(3, QuestionKind.MULTIPLE, "ab"),
        ),
        version="quiz-v1",
    )


def make_programme(slug: str = "induction") -> Programme:
    """A reading, a quiz and an observed task, due after 5, 10 and 20 working days."""
    return Programme(
        slug=slug,
        path=f"content/programmes/{slug}.yaml",
        title=f"Caseworker {slug}",
        summary="What a caseworker must know.",
        owner="caseworker",
        role="caseworker",
        requirements=(
            Requirement("read", RequirementKind.READING, "Read about leave", "leave", 12, 5),
            Requirement("quiz", RequirementKind.QUIZ, "Leave quiz", "leave-basics", 5, 10, 12),
            Requirement(
                "draft",
                RequirementKind.OBSERVED_TASK,
                "Draft a leave decision",
                "",
                60,
                20,
                what_good_looks_like=("It cites the section.", "It is plain."),
                cites=("leave#who-decides",),
            ),
        ),
        version="programme-v1",
    )


def make_library(*programmes: Programme, quiz: Quiz | None = None) -> Library:
    """One page, one quiz, and these programmes (by default the one of `make_programme`)."""
    page, quiz = make_page(), quiz or make_quiz()
    return Library(
        pages={page.slug: page},
        references={},
        quizzes={quiz.slug: quiz},
        programmes={each.slug: each for each in programmes or (make_programme(),)},
        engagement=Engagement(Scheme("1", ()), (), (), (), ()),
        roles={"caseworker": "Caseworker"},
        topics={"leave": "Leave"},
        bank_holidays=CHRISTMAS,
        version="library-v1",
    )


def reworded(library: Library, anchor: str, version: str = "v2") -> Library:
    """The library with one section of the page `leave` in other words."""
    page = library.pages["leave"]
    sections = tuple(
        replace(each, version=version, body="Other words.") if each.anchor == anchor else each
        for each in page.sections
    )
    changed = replace(page, sections=sections, version=f"page-{version}")
    return replace(library, pages={**library.pages, "leave": changed})


def use_library(app: Flask, library: Library) -> Library:
    """Let the portal go by this library."""
    app.extensions[LIBRARY] = lambda: library
    return library


def enrol(
    database: Session,
    person: Person | None = None,
    programme: str = "induction",
    starts_on: date = STARTS_ON,
    ends_on: date | None = None,
) -> Enrolment:
    """Put somebody (by default a new learner) on a programme."""
    enrolment = Enrolment(
        person=person or add_person(database, Role.LEARNER),
        programme=programme,
        starts_on=starts_on,
        ends_on=ends_on,
        created_at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
    )
    database.add(enrolment)
    database.commit()
    return enrolment


def publish(
    database: Session,
    library: Library,
    meaning: Meaning,
    at: datetime,
    *anchors: str,
) -> None:
    """Publish sections of the page `leave` (all, by default) as they are in the library."""
    sections = [s for s in library.pages["leave"].sections if not anchors or s.anchor in anchors]
    database.add(
        Publication(
            library_version=library.version,
            published_at=at,
            sections=[
                PublishedSection(
                    section=each.id,
                    version=each.version,
                    title=each.title,
                    body=each.body,
                    meaning=meaning.value,
                    reason="Reworded",
                )
                for each in sections
            ],
        )
    )
    database.commit()


def did(
    database: Session,
    library: Library,
    enrolment: Enrolment,
    requirement_id: str,
    kind: EventKind,
    at: datetime,
    actor: Person | None = None,
    note: str = "",
) -> str:
    """Store that something was done about a requirement; gives the public id of the entry."""
    event = record_event(
        database,
        library,
        enrolment,
        library.programmes[enrolment.programme].requirement(requirement_id),
        kind,
        actor=actor or enrolment.person,
        at=at,
        note=note,
    )
    database.commit()
    return event.public_id
