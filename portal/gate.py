"""What every request passes before its view: a number, a look at its text, the right to make it."""

from flask import Flask, abort, current_app, request

from portal.access import PUBLIC, access_of, allows
from portal.audit import record
from portal.clock import now
from portal.current import find_current_person
from portal.database import writing_unit
from portal.extensions import db
from portal.login import note_presence
from portal.models import Person
from portal.request_id import begin_request


def number_request() -> None:
    """Give the request its number, before anything can go wrong."""
    begin_request()


def refuse_odd_text() -> None:
    """Refuse a NUL, which no browser sends and PostgreSQL cannot store."""
    texts = [request.path, *request.args.keys(), *request.args.values()]
    # Reading the form is what finds out that it is too large.
    fields = list(request.form.items(multi=True))
    if len(fields) > current_app.config["MAX_FORM_PARTS"]:
        abort(413)
    texts += [text for field in fields for text in field]
    if any("\0" in text for text in texts):
        abort(400)


def ask_who() -> None:
    """Turn away whoever may not make this request."""
    if request.endpoint is None:
        return
    rule = access_of(current_app, request.endpoint).rule(request.method)
    if rule is PUBLIC:
        return
    person = find_current_person()
    if person is None:
        abort(401)
    if not allows(rule, person):
        _record_refusal(person)
        abort(403)


def register_gate(app: Flask) -> None:
    """Put every request through the gate, in this order; the form's token comes between."""
    app.before_request_funcs.setdefault(None, []).insert(0, number_request)
    app.before_request(refuse_odd_text)
    app.before_request(note_presence)
    app.before_request(ask_who)


def _record_refusal(person: Person) -> None:
    person_id, endpoint = person.id, str(request.endpoint)
    # The refusal is stored whatever becomes of the request, so in a unit of its own.
    db.session.rollback()
    with writing_unit(db.sessionmaker) as session:
        actor = session.get(Person, person_id)
        detail = f"{request.method} {endpoint}"
        record(session, "access.refused", actor=actor, subject=endpoint, detail=detail, at=now())
