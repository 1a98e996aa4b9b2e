"""Where somebody stands on one requirement, as on a date: derived, never stored.

Everything is a function of what happened, of the rules of the requirement and
of what was published, on or before the day that is asked about. What comes
after that day never matters, nor does the order in which events are given.
`docs/decisions/0004-dates-of-standing.md` says why the dates are as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.programmes import Requirement, RequirementKind
from domain.working_days import DAY, add_working_days, last_valid_day

LONDON = ZoneInfo("Europe/London")


class EventKind(StrEnum):
    """What happened about a requirement."""

    STARTED = "started"
    READ = "read"
    PASSED = "passed"
    FAILED = "failed"
    ASKED_FOR_SIGN_OFF = "asked-for-sign-off"
    SIGNED_OFF = "signed-off"
    NOT_YET = "not-yet"
    EXEMPTED = "exempted"
    REVOKED = "revoked"


COMPLETES = {
    RequirementKind.READING: EventKind.READ,
    RequirementKind.QUIZ: EventKind.PASSED,
    RequirementKind.OBSERVED_TASK: EventKind.SIGNED_OFF,
}


class Status(StrEnum):
    """The words for where somebody stands: the first of these that is true.

    - *not required*: before the start date, or from the day on which the
      enrolment ends;
    - *exempt*: exempted, and that was not revoked;
    - *awaiting sign-off*: asked for and not answered, by somebody who has not
      done it, or whose completion is expired or outdated. It comes before
      *overdue* because the next step is the mentor's;
    - never done: *overdue* when the due date has passed, else *in progress*
      when anything was started, read in part, failed or tried, else *not yet
      due*, up to and including the due date;
    - done: *expired* when the last valid day has passed, else *outdated* when
      a section changed materially since, else *expiring* in the window before
      the last valid day, else *current*. Expired comes first, because whoever
      renews learns the new words too, and not the other way round.
    """

    NOT_YET_DUE = "not-yet-due"
    IN_PROGRESS = "in-progress"
    AWAITING_SIGN_OFF = "awaiting-sign-off"
    CURRENT = "current"
    EXPIRING = "expiring"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    OUTDATED = "outdated"
    EXEMPT = "exempt"
    NOT_REQUIRED = "not-required"


class Meaning(StrEnum):
    """What a published change means for those who knew the words before."""

    FIRST = "first"
    NO_CHANGE = "no-change"
    MINOR = "minor"
    MATERIAL = "material"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    `at` is the instant at which it was recorded, `on` the day for which it
    counts. `versions` are the sections it rests on, as they then were. An event
    with `replaces` corrects the one with that id, which then counts no more.
    """

    kind: EventKind
    at: datetime
    on: date
    versions: tuple[tuple[str, str], ...] = ()
    id: int | None = None
    replaces: int | None = None


@dataclass(frozen=True)
class PublishedVersion:
    """One version of a section as it went live, oldest first in a history."""

    version: str
    meaning: Meaning
    published_at: datetime


# The versions of each section that went live, by its id.
Histories = Mapping[str, Sequence[PublishedVersion]]


@dataclass(frozen=True)
class Standing:
    """Where somebody stands. Dates are None where they do not apply.

    `valid_to` is the last valid day. `changed` names the sections that changed
    materially since. `asked_on` is the day of a request that nobody answered.
    """

    status: Status
    due_on: date
    done_on: date | None = None
    valid_to: date | None = None
    changed: tuple[str, ...] = ()
    asked_on: date | None = None


def standing(
    requirement: Requirement,
    starts_on: date,
    events: Sequence[Event],
    histories: Histories,
    holidays: frozenset[date],
    on: date,
    ends_on: date | None = None,
) -> Standing:
    """Where somebody stands as on a day; `Status` says how it is decided.

    `starts_on` is the first day of the enrolment, `ends_on` the first on which
    it is over. What was done before counts; a revocation moves no due date.
    """
    due_on = add_working_days(starts_on, requirement.due_after_working_days, holidays)
    if on < starts_on or (ends_on is not None and on >= ends_on):
        return Standing(Status.NOT_REQUIRED, due_on)
    happened = [event for event in events if event.on <= on]
    counting = counting_events(happened)
    if any(event.kind is EventKind.EXEMPTED for event in counting):
        return Standing(Status.EXEMPT, due_on)
    asked_on = _asked_on(happened, counting)
    done = [event for event in counting if event.kind is COMPLETES[requirement.kind]]
    if not done:
        return Standing(_undone(bool(counting), asked_on, due_on, on), due_on, asked_on=asked_on)
    valid_to = valid_to_of(requirement, [event.on for event in done])
    latest = max(done, key=lambda event: (event.on, _order(event)))
    changed = changed_materially(requirement, latest, histories, on)
    status = _done(requirement, valid_to, changed, asked_on, on)
    return Standing(status, due_on, latest.on, valid_to, changed, asked_on)


def _undone(begun: bool, asked_on: date | None, due_on: date, on: date) -> Status:
    if asked_on is not None:
        return Status.AWAITING_SIGN_OFF
    if on > due_on:
        return Status.OVERDUE
    return Status.IN_PROGRESS if begun else Status.NOT_YET_DUE


def _done(
    requirement: Requirement,
    valid_to: date | None,
    changed: tuple[str, ...],
    asked_on: date | None,
    on: date,
) -> Status:
    expired = valid_to is not None and on > valid_to
    if asked_on is not None and (expired or changed):
        return Status.AWAITING_SIGN_OFF
    if expired:
        return Status.EXPIRED
    if changed:
        return Status.OUTDATED
    if valid_to is not None and on >= window_opens_on(requirement, valid_to):
        return Status.EXPIRING
    return Status.CURRENT


def counting_events(happened: Sequence[Event]) -> tuple[Event, ...]:
    """Those events that count still, in the order in which they were recorded.

    An event that a later one `replaces` does not count. A revocation that
    replaces none in particular cancels everything recorded before it. What is
    cancelled cancels nothing: to replace a revocation is to take it back.
    """
    counting: list[Event] = []
    replaced: set[int | None] = set()
    for event in sorted(happened, key=_order, reverse=True):
        if event.id is not None and event.id in replaced:
            continue
        replaced.add(event.replaces)
        if event.kind is not EventKind.REVOKED:
            counting.append(event)
        elif event.replaces is None:
            break
    return tuple(reversed(counting))


def _order(event: Event) -> tuple[datetime, int, int, date, tuple[tuple[str, str], ...]]:
    # Of one instant, the later id is the later event; where there are no ids a
    # revocation comes last, because a wrong "current" does more harm than a wrong "overdue".
    place = list(EventKind).index(event.kind)
    return event.at, event.id or 0, place, event.on, event.versions


def _asked_on(happened: Sequence[Event], counting: Sequence[Event]) -> date | None:
    # An answer stays an answer when it is revoked: the mentor has looked, so one asks again.
    answers = {EventKind.SIGNED_OFF, EventKind.NOT_YET}
    asked = [event for event in counting if event.kind is EventKind.ASKED_FOR_SIGN_OFF]
    answered = [_order(event) for event in happened if event.kind in answers]
    open_ones = [event for event in asked if all(_order(event) > each for each in answered)]
    return open_ones[-1].on if open_ones else None


def valid_to_of(requirement: Requirement, done_on: Sequence[date]) -> date | None:
    """The last valid day that follows from all days of completion, or None for good.

    The first completion and a late one count from their own day. A renewal in
    the window counts from the end of what it renews, so nobody loses days by
    being early. One before the window leaves the last valid day where it is.
    """
    months = requirement.valid_for_months
    if months is None:
        return None
    valid_to: date | None = None
    for day in sorted(set(done_on)):
        if valid_to is None or day > valid_to:
            valid_to = last_valid_day(day, months)
        elif day >= window_opens_on(requirement, valid_to):
            valid_to = last_valid_day(valid_to + DAY, months)
    return valid_to


def window_opens_on(requirement: Requirement, valid_to: date) -> date:
    """The first day on which a completion is expiring and may be renewed."""
    return valid_to - requirement.expiring_within_days * DAY


def changed_materially(
    requirement: Requirement, completion: Event, histories: Histories, on: date
) -> tuple[str, ...]:
    """The ids of the sections that changed materially since a completion, sorted.

    These are sections that the completion names, that the requirement cites, or
    that stand on the page to be read. What counts is what was published after
    the version held; where that version never went live, or none is named, what
    was published after the completion was recorded.
    """
    held = dict(completion.versions)
    sections = {*held, *requirement.cites}
    if requirement.kind is RequirementKind.READING:
        page = f"{requirement.subject}#"
        sections.update(section for section in histories if section.startswith(page))
    return tuple(
        section
        for section in sorted(sections)
        if _changed(live_versions(histories.get(section, ()), on), held.get(section), completion.at)
    )


def _changed(live: Sequence[PublishedVersion], held: str | None, at: datetime) -> bool:
    if not live or live[-1].meaning is Meaning.WITHDRAWN:
        # Nothing to learn again.
        return False
    # The last place: whoever holds words that were brought back is up to date.
    places = [place for place, each in enumerate(live) if each.version == held]
    later = live[places[-1] + 1 :] if places else [e for e in live if e.published_at > at]
    # A section that was held, went and came back in other words begins a new history.
    telling = {Meaning.MATERIAL} if held is None else {Meaning.MATERIAL, Meaning.FIRST}
    return any(each.meaning in telling for each in later)


def live_versions(history: Sequence[PublishedVersion], on: date) -> list[PublishedVersion]:
    """What of a history was published on or before a day, oldest first."""
    published = [each for each in history if london_day(each.published_at) <= on]
    return sorted(published, key=lambda each: each.published_at)


def london_day(instant: datetime) -> date:
    """The day in London at an instant. In summer it begins at 23:00 UTC."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(LONDON).date()
