"""In every test of the portal: nothing is changed without an event in the trail, in one unit."""

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction, sessionmaker

from portal.models import AuditEvent, ChainEntry, ChainHead, LoginFailure, LoginSession

# Presence, counts of guesses, and the chain itself are no change that anybody made.
_OF_THE_PORTAL = (LoginSession, LoginFailure, ChainEntry, ChainHead)
_KINDS = "kinds-changed"


def ask_for_a_trail(factory: sessionmaker[Session]) -> None:
    """Let every unit of work fail that changes something and says nothing of it."""
    event.listen(factory, "after_flush", _note)
    event.listen(factory, "after_commit", _check)
    event.listen(factory, "after_rollback", lambda session: session.info.pop(_KINDS, None))


def _note(session: Session, context: UOWTransaction) -> None:
    rows = (*session.new, *(row for row in session.dirty if session.is_modified(row)))
    kinds = {type(row) for row in (*rows, *session.deleted)} - set(_OF_THE_PORTAL)
    session.info.setdefault(_KINDS, set()).update(kinds)


def _check(session: Session) -> None:
    kinds = session.info.pop(_KINDS, set())
    named = ", ".join(sorted(kind.__name__ for kind in kinds))
    assert not kinds or AuditEvent in kinds, f"changed without an event in the trail: {named}"
