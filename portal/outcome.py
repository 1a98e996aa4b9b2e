"""What became of the work of a request: nothing saved, saved, or no telling."""

from enum import Enum

from flask import g, has_request_context
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

# Where SQLite says so, a commit was certainly undone.
_UNDONE = ("locked", "busy", "full", "readonly", "read-only")


class Outcome(Enum):
    """How far the unit of work of a request came."""

    NOTHING_SAVED = "nothing saved"
    UNKNOWN = "unknown"
    SAVED = "saved"


def watch_outcome(factory: sessionmaker[Session]) -> None:
    """Keep note of the commits of a request's own session. Bound after everything else."""
    event.listen(factory, "before_commit", lambda session: _note(session, Outcome.UNKNOWN))
    event.listen(factory, "after_commit", lambda session: _note(session, Outcome.SAVED))


def outcome_after(error: BaseException) -> Outcome:
    """What can be said about the work of the request after this error."""
    outcome: Outcome = g.get("outcome", Outcome.NOTHING_SAVED)
    if outcome is not Outcome.UNKNOWN:
        return outcome
    certain = isinstance(error, DBAPIError) and any(word in str(error.orig) for word in _UNDONE)
    return Outcome.NOTHING_SAVED if certain else Outcome.UNKNOWN


def _note(session: Session, outcome: Outcome) -> None:
    if has_request_context() and session is g.get("_sqlalchemy_sessions", {}).get("default"):
        g.outcome = outcome
