"""From the cookie of a request to the person who makes it, and from the person to the cookie."""

from contextlib import suppress

from flask import Request, Response, current_app, g, request, session
from sqlalchemy.exc import OperationalError

from portal import known_browsers
from portal.access import PUBLIC, access_of
from portal.clock import now
from portal.current import current_settings
from portal.database import reading_unit, writing_unit
from portal.extensions import db, login_manager
from portal.known_browsers import KnownBrowser
from portal.models import LoginSession, Person
from portal.sessions import find_session, is_to_be_noted, note_use


def cookie_name(name: str = "session") -> str:
    """The name of a cookie of ours. Browsers keep the prefix to https and to this host alone."""
    return f"__Host-{name}" if current_settings().https else name


@login_manager.request_loader  # type: ignore[untyped-decorator] # Flask-Login carries no types
def load_person(_request: Request) -> Person | None:
    """Whoever signed in with the session that the cookie names, read on every request."""
    found = _find_login()
    if found is None or not found.complete:
        return None
    g.login_session = found
    return db.session.get(Person, found.person_id)


def current_login() -> LoginSession:
    """The session in hand. Only where somebody is signed in."""
    found: LoginSession = g.login_session
    return found


def find_half_way() -> tuple[LoginSession, Person] | None:
    """Whoever gave a right password in this browser and still owes a one-time code."""
    found = _find_login()
    if found is None or found.complete:
        return None
    return found, db.session.get_one(Person, found.person_id)


def current_token() -> str:
    """What the cookie of the session in hand says; empty without one."""
    return request.cookies.get(cookie_name(), "")


def _find_login() -> LoginSession | None:
    token = current_token()
    return find_session(db.session, token, now()) if token else None


def note_presence() -> None:
    """Put off the idle end of the session in hand. Runs before every view.

    In units of work of its own, begun and ended before the request's: a page
    that only reads stays a reader. Pages for everybody are no sign of presence.
    """
    token = current_token()
    if not token or request.endpoint is None or _is_for_everybody():
        return
    with reading_unit(db.sessionmaker) as reading:
        found = find_session(reading, token, now())
    if found is None or not is_to_be_noted(found, now()):
        return
    # A database that cannot be written to can still be read: the page must come.
    with suppress(OperationalError), writing_unit(db.sessionmaker) as writing:
        note_use(writing, found.id, now())


def _is_for_everybody() -> bool:
    endpoint = request.endpoint or ""
    return access_of(current_app, endpoint).rules.get(request.method) is PUBLIC


def let_in(response: Response, token: str) -> Response:
    """Give the browser its session, and new form tokens with it."""
    session.clear()
    _set_cookie(response, cookie_name(), token)
    return response


def let_out(response: Response) -> Response:
    """Take the session from the browser, with what it kept of our pages."""
    session.clear()
    response.delete_cookie(
        cookie_name(), path="/", secure=current_settings().https, httponly=True, samesite="Lax"
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def find_known_browser() -> KnownBrowser | None:
    """What this browser says about who signed in here before."""
    text = request.cookies.get(cookie_name("known"), "")
    return known_browsers.read(current_settings().secret_key, text) if text else None


def remember_browser(response: Response, person: Person) -> Response:
    """Let the browser show later that this person signed in here."""
    named = known_browsers.name_browser(person.public_id)
    text = known_browsers.write(current_settings().secret_key, named)
    _set_cookie(response, cookie_name("known"), text, days=known_browsers.COOKIE_DAYS)
    return response


def _set_cookie(response: Response, name: str, text: str, days: int | None = None) -> None:
    response.set_cookie(
        name,
        text,
        max_age=days * 86400 if days else None,
        path="/",
        secure=current_settings().https,
        httponly=True,
        samesite="Lax",
    )
