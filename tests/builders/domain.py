"""Builders of what authors write and people do. Each names only what matters to a test."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time

from domain.library import Library
from domain.markup import version_of, words
from domain.pages import Kind, Page, Section, Visibility
from domain.programmes import Programme, Requirement, RequirementKind
from domain.quizzes import Citation, Option, Question, QuestionKind, Quiz
from domain.stakeholders import Engagement, Group, Scheme
from domain.standing import Event, EventKind, Meaning, PublishedVersion

ISSUED_ON = date(2026, 1, 5)
REVIEW_ON = date(2027, 1, 5)


def make_section(
    section_id: str = "leave#when",
    body: str = "The responsible clinician asks.",
    *,
    title: str = "",
    level: int = 2,
    below: Sequence[Section] = (),
) -> Section:
    """A section whose version follows from its words and from those of the sections below it."""
    page, _, anchor = section_id.partition("#")
    title = title or anchor.capitalize()
    covered = [*words(title), *words(body), *(section.version for section in below)]
    return Section(page, anchor, title, level, body, version_of(covered), line=1)


def make_page(
    slug: str = "leave",
    texts: Mapping[str, str] | None = None,
    *,
    sections: Sequence[Section] = (),
    title: str = "",
    summary: str = "What it is.",
    intro: str = "",
    topics: Iterable[str] = (),
    audience: Iterable[str] = ("caseworker",),
    visibility: Visibility = Visibility.PUBLIC,
) -> Page:
    """A page with a section for each anchor and text, or with the sections given."""
    made = tuple(make_section(f"{slug}#{anchor}", text) for anchor, text in (texts or {}).items())
    parts = (*sections, *made)
    return Page(
        slug=slug,
        path=f"content/guidance/{slug}.md",
        title=title or slug.capitalize(),
        summary=summary,
        kind=Kind.GUIDANCE,
        owner="head-of-casework",
        audience=tuple(audience),
        visibility=visibility,
        issued_on=ISSUED_ON,
        review_on=REVIEW_ON,
        topics=tuple(topics),
        legislation=(),
        intro=intro,
        sections=parts,
        version=version_of([title, summary, intro, *(section.version for section in parts)]),
    )


def make_question(
    question_id: str = "q1",
    *,
    correct: Iterable[str] = ("a",),
    options: int = 3,
    cites: Iterable[Section | Citation] = (),
) -> Question:
    """A question with options a, b, c …; cited sections are stamped as they are."""
    right = frozenset(correct)
    ids = [chr(ord("a") + place) for place in range(options)]
    return Question(
        id=question_id,
        kind=QuestionKind.SINGLE if len(right) == 1 else QuestionKind.MULTIPLE,
        text=f"What of {question_id}?",
        options=tuple(Option(each, f"Option {each}", each in right, "Because.") for each in ids),
        cites=tuple(_cite(each) for each in cites),
        explanation="That is so.",
        version=version_of([question_id, *ids, *sorted(right)]),
    )


def _cite(cited: Section | Citation) -> Citation:
    return cited if isinstance(cited, Citation) else Citation(cited.id, cited.version)


def make_quiz(
    slug: str = "leave-basics",
    *,
    questions: int | Sequence[Question] = 3,
    pass_mark: int = 80,
    title: str = "",
) -> Quiz:
    """A quiz of so many questions q1, q2, q3 … with the right option a, or of those given."""
    if isinstance(questions, int):
        questions = [make_question(f"q{number}") for number in range(1, questions + 1)]
    return Quiz(
        slug=slug,
        path=f"quizzes/{slug}.yaml",
        title=title or slug.capitalize(),
        summary="What you know.",
        owner="head-of-casework",
        topics=(),
        visibility=Visibility.STAFF,
        pass_mark=pass_mark,
        minutes=10,
        questions=tuple(questions),
        version=version_of([slug, str(pass_mark), *(each.version for each in questions)]),
    )


def answers(quiz: Quiz, *, right: int) -> dict[str, frozenset[str]]:
    """Answers to every question, of which the first so many are right."""
    given = {question.id: question.correct for question in quiz.questions[:right]}
    for question in quiz.questions[right:]:
        wrong = {option.id for option in question.options} - question.correct
        given[question.id] = frozenset({min(wrong)})
    return given


def make_requirement(
    kind: RequirementKind = RequirementKind.QUIZ,
    requirement_id: str = "",
    *,
    subject: str = "leave-basics",
    minutes: int = 10,
    due_after_working_days: int = 10,
    valid_for_months: int | None = None,
    expiring_within_days: int = 30,
    cites: Iterable[str] = (),
) -> Requirement:
    """One duty; an observed task has no subject."""
    return Requirement(
        id=requirement_id or f"the-{kind}",
        kind=kind,
        title=f"The {kind}",
        subject="" if kind is RequirementKind.OBSERVED_TASK else subject,
        minutes=minutes,
        due_after_working_days=due_after_working_days,
        valid_for_months=valid_for_months,
        expiring_within_days=expiring_within_days,
        cites=tuple(cites),
    )


def make_programme(
    slug: str = "induction",
    requirements: Sequence[Requirement] = (),
    *,
    role: str = "caseworker",
) -> Programme:
    """A programme for a role."""
    return Programme(
        slug=slug,
        path=f"content/programmes/{slug}.yaml",
        title=slug.capitalize(),
        summary="What you must know.",
        owner="head-of-casework",
        role=role,
        requirements=tuple(requirements),
        version=version_of([slug, role, *(each.id for each in requirements)]),
    )


def make_library(
    *,
    pages: Iterable[Page] = (),
    quizzes: Iterable[Quiz] = (),
    programmes: Iterable[Programme] = (),
    groups: Iterable[Group] = (),
    bank_holidays: Iterable[date] = (),
) -> Library:
    """A library of these parts. Its version follows from theirs."""
    pages, quizzes, programmes = tuple(pages), tuple(quizzes), tuple(programmes)
    versions = [page.version for page in pages]
    versions += [quiz.version for quiz in quizzes]
    versions += [programme.version for programme in programmes]
    return Library(
        pages={page.slug: page for page in pages},
        references={},
        quizzes={quiz.slug: quiz for quiz in quizzes},
        programmes={programme.slug: programme for programme in programmes},
        engagement=Engagement(Scheme("1", ()), (), (), tuple(groups), ()),
        roles={programme.role: programme.role.capitalize() for programme in programmes},
        topics={topic: topic.capitalize() for page in pages for topic in page.topics},
        bank_holidays=frozenset(bank_holidays),
        version=version_of(versions),
    )


def make_event(
    kind: EventKind,
    on: date,
    *,
    at: datetime | None = None,
    versions: Mapping[str, str] | None = None,
    event_id: int | None = None,
    replaces: int | None = None,
) -> Event:
    """Something that happened on a day, recorded at noon of it unless said otherwise."""
    held = tuple(sorted((versions or {}).items()))
    return Event(kind, at or noon(on), on, held, event_id, replaces)


def published(version: str, meaning: Meaning, on: date) -> PublishedVersion:
    """A version that went live at noon of a day."""
    return PublishedVersion(version, meaning, noon(on))


def noon(on: date) -> datetime:
    """Noon of a day in UTC, which is the same day in London."""
    return datetime.combine(on, time(12), UTC)
