"""The confidentiality guard of the portal: what may stand here, and the record of what it said."""

import re
from collections import Counter
from collections.abc import Sequence

from flask import Flask, request

from domain.confidentiality import RULES_VERSION, Finding, compile_shape, scan
from portal.audit import record
from portal.clock import now, today
from portal.current import current_library, find_current_person
from portal.database import writing_unit
from portal.extensions import db
from portal.fields import GUARD, Verdict
from portal.models import GuardReason, Person


class PortalGuard:
    """The guard as the fields ask for it. `own` is how references of the section look."""

    def __init__(self, own: re.Pattern[str] | None) -> None:
        self._own = own

    def look(self, text: str) -> tuple[Finding, ...]:
        """Everything found in a text, less what the authored list allows today."""
        return scan(text, current_library().allow_list(today()), on=today(), own=self._own)

    def note_refused(self, verdicts: Sequence[Verdict]) -> None:
        """Record refusals in a unit of work of their own, since the request ends without one."""
        person = find_current_person()
        person_id = person.id if person else None
        db.session.rollback()
        with writing_unit(db.sessionmaker) as session:
            actor = session.get(Person, person_id) if person_id else None
            for each in verdicts:
                action = "guard.blocked" if _is_blocked(each) else "guard.warned"
                detail = f"{_codes(each)}; not saved; rules {RULES_VERSION}"
                record(session, action, actor=actor, subject=_place(each), detail=detail, at=now())

    def note_kept(self, verdicts: Sequence[Verdict]) -> None:
        """Record reasons in the request's own unit of work, with the texts that they are for."""
        for each in verdicts:
            event = record(
                db.session,
                "guard.warned",
                actor=find_current_person(),
                subject=_place(each),
                detail=f"{_codes(each)}; kept for a reason; rules {RULES_VERSION}",
                at=now(),
            )
            db.session.add(GuardReason(event=event, reason=each.reason))


def register_guard(app: Flask, reference_shape: str) -> None:
    """Let the fields of an application find its guard."""
    own = compile_shape(reference_shape) if reference_shape else None
    app.extensions[GUARD] = PortalGuard(own)


def _place(verdict: Verdict) -> str:
    """Which field of which page, in words that nobody typed."""
    return f"{request.endpoint} {verdict.field}"[:200]


def _is_blocked(verdict: Verdict) -> bool:
    return any(each.severity == "block" for each in verdict.findings)


def _codes(verdict: Verdict) -> str:
    """The kinds of what was found, and how often: never where, and never what."""
    counted = Counter(f"{each.code} {each.severity}" for each in verdict.findings)
    return ", ".join(f"{told} ×{count}" for told, count in sorted(counted.items()))
