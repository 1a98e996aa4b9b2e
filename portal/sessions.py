"""Signed-in browsers: the cookie holds 256 random bits, the database only their hash.

A session ends by signing out, by being idle, by its age, with a change of
password or roles, and with the account. Then its row is gone: the cookie alone
opens nothing.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.models import LoginSession, Person, Role

IDLE = timedelta(minutes=30)
IDLE_FOR_ADMINISTRATORS = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
# Between a right password and a right one-time code.
HALF_WAY = timedelta(minutes=10)
FRESH = timedelta(minutes=10)
# How exactly it is known when somebody was last here: every page would be a write otherwise.
_NOTED_EVERY = timedelta(minutes=1)

# Those who decide about others, or see what others may not: they need a one-time code too.
PRIVILEGED = frozenset({Role.MANAGER, Role.EDITOR, Role.ENGAGEMENT_OFFICER, Role.ADMINISTRATOR})

_SYSTEMS = {
    "iphone": "iPhone",
    "ipad": "iPad",
    "android": "Android",
    "windows": "Windows",
    "cros": "ChromeOS",
    "mac os": "macOS",
    "linux": "Linux",
}
# In this order: most of them also claim to be one of those further down.
_BROWSERS = {
    "edg": "Edge",
    "opr/": "Opera",
    "firefox": "Firefox",
    "fxios": "Firefox",
    "chrome": "Chrome",
    "crios": "Chrome",
    "safari": "Safari",
}


def start_session(
    session: Session, person: Person, at: datetime, *, browser: str = "", complete: bool = True
) -> str:
    """Begin a session for somebody and give its token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            token_hash=_hash(token),
            person_id=person.id,
            started_at=at,
            seen_at=at,
            browser=browser,
            complete=complete,
        )
    )
    return token


def find_session(session: Session, token: str, at: datetime) -> LoginSession | None:
    """The live session with this token: not idle or alive for too long, its person not disabled."""
    found = session.execute(
        select(LoginSession, Person)
        .join(Person, Person.id == LoginSession.person_id)
        .where(LoginSession.token_hash == _hash(token), Person.active)
    ).one_or_none()
    if found is None or not _is_live(found[0], found[1].roles, at):
        return None
    return found[0]


def _is_live(found: LoginSession, roles: frozenset[Role], at: datetime) -> bool:
    if not found.complete:
        return at - found.started_at <= HALF_WAY
    idle = IDLE_FOR_ADMINISTRATORS if Role.ADMINISTRATOR in roles else IDLE
    return at - found.seen_at <= idle and at - found.started_at <= ABSOLUTE


def is_to_be_noted(found: LoginSession, at: datetime) -> bool:
    """Whether it is long enough ago that this session was last noted as in use."""
    return found.complete and at - found.seen_at >= _NOTED_EVERY


def note_use(session: Session, session_id: int, at: datetime) -> None:
    """Write down that somebody is using a session, which puts off its idle end."""
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(seen_at=at))


def is_fresh(found: LoginSession, at: datetime) -> bool:
    """Whether somebody signed in so lately that they need not show again who they are."""
    return at - found.started_at <= FRESH


def live_sessions(session: Session, person: Person, at: datetime) -> tuple[LoginSession, ...]:
    """Where somebody is signed in, latest first."""
    rows = session.scalars(
        select(LoginSession)
        .where(LoginSession.person_id == person.id, LoginSession.complete)
        .order_by(LoginSession.started_at.desc(), LoginSession.id.desc())
    )
    return tuple(row for row in rows if _is_live(row, person.roles, at))


def end_session(session: Session, token: str) -> None:
    """Forget the session with this token."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == _hash(token)))


def end_this(session: Session, found: LoginSession) -> None:
    """Forget one session. It may have gone already: somebody pressed twice."""
    session.execute(delete(LoginSession).where(LoginSession.id == found.id))


def end_sessions(session: Session, person: Person, *, but: LoginSession | None = None) -> None:
    """Sign somebody out everywhere, or everywhere but in one session."""
    ended = delete(LoginSession).where(LoginSession.person_id == person.id)
    session.execute(ended if but is None else ended.where(LoginSession.id != but.id))


def end_one_session(session: Session, person: Person, public_id: str) -> bool:
    """End one of somebody's own sessions. False where they have none with this id."""
    found = session.scalar(
        select(LoginSession).where(
            LoginSession.person_id == person.id, LoginSession.public_id == public_id
        )
    )
    if found is not None:
        end_this(session, found)
    return found is not None


def sweep_sessions(session: Session, at: datetime) -> None:
    """Delete what no token can open any more, whoever's it was."""
    session.execute(delete(LoginSession).where(LoginSession.started_at < at - ABSOLUTE))


def browser_words(user_agent: str) -> str:
    """A browser in words that its owner recognises, and nothing more: "Firefox, Windows"."""
    agent = user_agent.lower()
    browser = next((word for mark, word in _BROWSERS.items() if mark in agent), "")
    system = next((word for mark, word in _SYSTEMS.items() if mark in agent), "")
    return ", ".join(word for word in (browser, system) if word)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
