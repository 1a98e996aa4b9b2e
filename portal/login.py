"""From the cookie of a request to the person who makes it."""

from flask import Request, g

from portal.clock import now
from portal.current import current_settings
from portal.extensions import db, login_manager
from portal.models import Person
from portal.sessions import find_session


def cookie_name() -> str:
    """The name of the session cookie. Browsers keep the prefix to https alone."""
    return "__Host-session" if current_settings().https else "session"


@login_manager.request_loader  # type: ignore[untyped-decorator] # Flask-Login carries no types
def load_person(request: Request) -> Person | None:
    """Whoever signed in with the session that the cookie names, read on every request."""
    token = request.cookies.get(cookie_name(), "")
    found = find_session(db.session, token, now()) if token else None
    if found is None or not found.complete:
        return None
    person = db.session.get(Person, found.person_id)
    if person is None or not person.active:
        return None
    g.login_session = found
    return person
