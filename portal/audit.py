"""The audit trail: who did what, or was refused it, in the transaction that did it."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from portal.models import AuditEvent, Person
from portal.request_id import request_id

_ACTION = re.compile(r"[a-z][a-z-]*(\.[a-z][a-z-]*)*")


def record(
    session: Session,
    action: str,
    *,
    actor: Person | None,
    at: datetime,
    subject: str = "",
    detail: str = "",
) -> AuditEvent:
    """Add an event to the trail, to be stored with whatever it is about.

    `action` is words and dots (`quiz.submitted`), `subject` says which thing
    (a public id or a slug), `detail` what was decided. None of them ever holds
    text that somebody typed.
    """
    if not _ACTION.fullmatch(action):
        raise ValueError(f"'{action}' is not an action: write it as 'quiz.submitted'")
    event = AuditEvent(
        action=action,
        actor_id=actor.id if actor else None,
        subject=subject,
        detail=detail,
        happened_at=at,
        request_id=request_id(),
    )
    session.add(event)
    return event
