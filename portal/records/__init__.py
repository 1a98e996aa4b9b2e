"""Training records: the one door by which they are written, and where people stand by them."""

from portal.records.standings import Duty, running_on, standings_of
from portal.records.writing import (
    NotAllowed,
    Versions,
    record_event,
    sections_behind,
    versions_now,
)

__all__ = [
    "Duty",
    "NotAllowed",
    "Versions",
    "record_event",
    "running_on",
    "sections_behind",
    "standings_of",
    "versions_now",
]
