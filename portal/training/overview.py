"""The learner's page: what is to do next, then, again, and what is done. No disk, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.library import Library
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
    questions: int = 0


@dataclass(frozen=True)
class Changed:
    """A duty that was met before its guidance changed, and the sections that did."""

    duty: Duty
    sections: tuple[tuple[Page, Section], ...]
    minutes: int


@dataclass(frozen=True)
class Overview:
    """Everything on the page, each list in the order in which it is shown."""

    programmes: tuple[Progress, ...]
    following: Item | None
    then: tuple[Item, ...]
    waiting: tuple[Item, ...]
    changed: tuple[Changed, ...]
    done: tuple[Item, ...]


def overview(library: Library, duties: Sequence[Duty], today: date) -> Overview:
    """Sort what somebody has to know into what the page says of it."""
    items = [item(library, duty, today) for duty in duties]
    to_do = sorted((i for i in items if _status(i) in TO_DO), key=lambda i: _urgency(i, today))
    return Overview(
        programmes=_progress(duties),
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
        duty, by, working_days_between(today, by, library.bank_holidays), _size(library, duty)
    )


def changed(library: Library, duty: Duty) -> Changed:
    """Which sections changed since the duty was met, and how long they take to read."""
    found = [library.find_section(section) for section in duty.standing.changed]
    sections = tuple((library.pages[each.page], each) for each in found if each)
    words = sum(len(section.body.split()) for _, section in sections)
    return Changed(duty, sections, max(1, -(-words // _WORDS_A_MINUTE)))


def _size(library: Library, duty: Duty) -> int:
    if duty.requirement.kind is not RequirementKind.QUIZ:
        return 0
    return len(library.quizzes[duty.requirement.subject].questions)


def _status(item: Item) -> Status:
    return item.duty.standing.status


def _urgency(item: Item, today: date) -> tuple[bool, date, int]:
    """What is late comes first, then what comes soonest; a renewal after a first time that day."""
    return (item.by >= today, item.by, _status(item) is Status.EXPIRING)


def _progress(duties: Sequence[Duty]) -> tuple[Progress, ...]:
    asked: dict[int, list[Duty]] = {}
    for duty in duties:
        if duty.standing.status is not Status.NOT_REQUIRED:
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
