"""The learner's page: what is to do next, then, again, and what is done. No disk, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from domain.impact import Fate, difference
from domain.library import Library
from domain.markup import plain
from domain.pages import Page, Section
from domain.programmes import Programme, RequirementKind
from domain.standing import Status
from domain.working_days import working_days_between
from portal.records import Duty

DONE = frozenset({Status.CURRENT, Status.EXPIRING, Status.EXEMPT})
TO_DO = frozenset(
    {
        Status.OVERDUE,
        Status.EXPIRED,
        Status.NOT_YET_DUE,
        Status.IN_PROGRESS,
        Status.EXPIRING,
    }
)
_WORDS_A_MINUTE = 200

# The words of a section, by its id and version.
Texts: TypeAlias = Mapping[tuple[str, str], str]
NO_TEXTS: Texts = {}


@dataclass(frozen=True)
class Progress:
    """How far somebody is with one programme."""

    programme: Programme
    starts_on: date
    done: int
    asked: int


@dataclass(frozen=True)
class Item:
    """A duty with its day in working days from today (negative: gone by) and its size."""

    duty: Duty
    by: date
    working_days: int
    is_today: bool
    is_late: bool
    questions: int


@dataclass(frozen=True)
class ChangedSection:
    """A section that changed, with its words then and now where both are known."""

    page: Page
    section: Section
    words: tuple[tuple[Fate, str], ...]


@dataclass(frozen=True)
class Changed:
    """A duty that was met before its guidance changed, and the sections that did."""

    duty: Duty
    sections: tuple[ChangedSection, ...]
    minutes: int


@dataclass(frozen=True)
class Overview:
    """Everything on the page, each list in the order in which it is shown."""

    programmes: tuple[Progress, ...]
    upcoming: tuple[Progress, ...]
    following: Item | None
    then: tuple[Item, ...]
    waiting: tuple[Item, ...]
    changed: tuple[Changed, ...]
    done: tuple[Item, ...]


def overview(library: Library, duties: Sequence[Duty], today: date) -> Overview:
    """Sort what somebody has to know into what the page says of it."""
    items = [item(library, duty, today) for duty in duties]
    to_do = sorted((i for i in items if _status(i) in TO_DO), key=_urgency)
    programmes = _progress(duties)
    return Overview(
        programmes=tuple(each for each in programmes if each.starts_on <= today),
        upcoming=tuple(each for each in programmes if each.starts_on > today),
        following=to_do[0] if to_do else None,
        then=tuple(to_do[1:]),
        waiting=tuple(i for i in items if _status(i) is Status.AWAITING_SIGN_OFF),
        changed=tuple(changed(library, d) for d in duties if d.standing.status is Status.OUTDATED),
        done=tuple(i for i in items if _status(i) in DONE),
    )


def item(library: Library, duty: Duty, today: date) -> Item:
    """One duty with the day that matters: when it lapses if it was done, else when it is due."""
    by = duty.standing.valid_to or duty.standing.due_on
    return Item(
        duty=duty,
        by=by,
        working_days=working_days_between(today, by, library.bank_holidays),
        is_today=by == today,
        is_late=by < today,
        questions=_size(library, duty),
    )


def changed(library: Library, duty: Duty, texts: Texts = NO_TEXTS) -> Changed:
    """Which sections changed since the duty was met, and how long they take to read.

    `texts` has the words of a section in a version, by both.
    """
    held = dict(duty.rests_on)
    found = [library.find_section(section) for section in duty.standing.changed]
    sections = tuple(
        ChangedSection(
            library.pages[each.page],
            each,
            _difference(texts.get((each.id, held.get(each.id, ""))), each.body),
        )
        for each in found
        if each
    )
    words = sum(len(each.section.body.split()) for each in sections)
    return Changed(duty, sections, max(1, -(-words // _WORDS_A_MINUTE)))


def _difference(before: str | None, now: str) -> tuple[tuple[Fate, str], ...]:
    if before is None or plain(before) == plain(now):
        # Of a section whose sub-section changed, the words of its own may be as they were.
        return ()
    return difference(plain(before).split(), plain(now).split())


def _size(library: Library, duty: Duty) -> int:
    if duty.requirement.kind is not RequirementKind.QUIZ:
        return 0
    return library.quizzes[duty.requirement.subject].asks


def _status(item: Item) -> Status:
    return item.duty.standing.status


def _urgency(item: Item) -> tuple[date, bool]:
    """What is late the longest, then what comes soonest; of one day, a renewal last."""
    return (item.by, _status(item) is Status.EXPIRING)


def _progress(duties: Sequence[Duty]) -> tuple[Progress, ...]:
    """One a programme, in the order of the enrolments."""
    asked: dict[int, list[Duty]] = {}
    for duty in duties:
        asked.setdefault(duty.enrolment.id, []).append(duty)
    return tuple(
        Progress(
            each[0].programme,
            each[0].enrolment.starts_on,
            sum(duty.standing.status in DONE for duty in each),
            len(each),
        )
        for each in asked.values()
    )
