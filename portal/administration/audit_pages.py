"""The audit trail: what was done, by whom and when, and whether it was altered since."""

from collections.abc import Iterator

from flask import Blueprint, redirect, request, url_for
from flask import render_template as page
from flask.typing import ResponseReturnValue

from portal.access import access
from portal.administration import trail
from portal.administration.chain import check_detail, run_check
from portal.administration.forms import TrailForm, query_of
from portal.administration.trail import Asked
from portal.administration.words import action_words
from portal.audit import record
from portal.clock import now
from portal.current import current_person, current_settings
from portal.database import reading_unit
from portal.exports import Cell, csv_response
from portal.extensions import db
from portal.models import Role

bp = Blueprint("audit", __name__)

_PART = 500
_HEAD = (
    "When (UTC)",
    "Who",
    "Email",
    "Action",
    "In words",
    "Subject",
    "Detail",
    "Request",
    "Reason",
)


@bp.get("/audit")
@access(GET=Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """The trail, newest first, with the state of the chain."""
    form = TrailForm()
    if request.args:
        form.validate()
    found = trail.trail_page(
        db.session,
        form.asked,
        before=_place("before"),
        after=_place("after"),
    )
    return page(
        "administration/audit.html",
        form=form,
        found=found,
        people=trail.people_named(db.session, found.events),
        reasons=trail.reasons_for(db.session, found.events),
        query=query_of(form.asked),
        check=trail.last_check(db.session),
    )


def _place(name: str) -> int:
    """Where in the trail the address says to go on; 0 where it says nothing that could be."""
    word = request.args.get(name, "")
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0


@bp.get("/audit.csv")
@access(GET=Role.ADMINISTRATOR, records=True)
def download() -> ResponseReturnValue:
    """The same events as a spreadsheet: all of them up to this moment."""
    form = TrailForm()
    if not form.validate():
        # Not more than was asked for: the page says what makes no sense.
        return index()
    asked = form.asked
    number, newest = trail.measure(db.session, asked)
    record(
        db.session,
        "audit.exported",
        actor=current_person(),
        detail=f"{number} rows{_filter_words(asked)}",
        at=now(),
    )
    db.session.commit()
    return csv_response("audit-trail.csv", _HEAD, _rows(asked, newest))


def _filter_words(asked: Asked) -> str:
    """Which filters were set. Of those that somebody typed into only the name is kept."""
    words = [f"action {asked.action}"] if asked.action else []
    words += [name for name, text in (("who", asked.who), ("about", asked.about)) if text]
    words += [f"from {asked.since.isoformat()}"] if asked.since else []
    words += [f"to {asked.until.isoformat()}"] if asked.until else []
    return f", by {', '.join(words)}" if words else ""


def _rows(asked: Asked, newest: int) -> Iterator[tuple[Cell, ...]]:
    before = newest + 1
    while True:
        with reading_unit(db.sessionmaker) as session:
            events = trail.export_part(session, asked, before, _PART)
            reasons = trail.reasons_for(session, events)
            rows = [
                (
                    event.happened_at,
                    event.actor.name if event.actor else None,
                    event.actor.email if event.actor else None,
                    event.action,
                    action_words(event.action),
                    event.subject,
                    event.detail,
                    event.request_id,
                    reasons.get(event.id),
                )
                for event in events
            ]
            before = events[-1].id if events else 0
        if not rows:
            return
        yield from rows


@bp.route("/audit/chain", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def chain() -> ResponseReturnValue:
    """How the trail is protected, what the last check found, and a button for another."""
    if request.method != "POST":
        return page("administration/chain.html", check=trail.last_check(db.session))
    actor = current_person()
    # A long check must not keep anybody from writing.
    db.session.commit()
    found = run_check(db.sessionmaker, current_settings())
    record(db.session, trail.CHECKED, actor=actor, detail=check_detail(found), at=now())
    db.session.commit()
    return redirect(url_for("administration.audit.chain"), 303)
