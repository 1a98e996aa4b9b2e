"""Where somebody stands on one requirement, as on a date: derived, never stored."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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


class Status(StrEnum):
    """The words for where somebody stands."""

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
    """One thing that happened. `versions` are the sections it rests on, as they then were."""

    kind: EventKind
    at: datetime
    on: date
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PublishedVersion:
    """One version of a section as it went live, oldest first in a history."""

    version: str
    meaning: Meaning
    published_at: datetime


@dataclass(frozen=True)
class Standing:
    """Where somebody stands. Dates are None where they do not apply.

    `valid_to` is the last valid day. `changed` names the sections that changed
    materially since.
    """

    status: Status
    due_on: date
    done_on: date | None = None
    valid_to: date | None = None
    changed: tuple[str, ...] = ()
