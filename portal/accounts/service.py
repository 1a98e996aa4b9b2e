"""Signing in and out, and what somebody does with their own account.

Judging a password takes time on purpose, and no other request may wait for it.
So whoever asks first *approaches*: the guess is counted and stored. Then the
password is judged with no transaction open, and the outcome is *settled*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts.queries import find_person_by_email, get_person
from portal.audit import record
from portal.known_browsers import KnownBrowser
from portal.models import LoginSession, Person
from portal.one_time_codes import accepted_step
from portal.sessions import (
    PRIVILEGED,
    end_one_session,
    end_sessions,
    end_this,
    start_session,
    sweep_sessions,
)
from portal.throttle import Count, Guess, Key, count, key, network, take_back, wait


@dataclass(frozen=True)
class Approach:
    """A counted guess that waits to be judged, or one that came too soon (`delay`).

    `stored` is the hash to judge it by; None where nobody can sign in with it.
    """

    delay: timedelta
    keys: tuple[Key, ...]
    guess: Guess | None = None
    person_id: int | None = None
    stored: str | None = None


@dataclass(frozen=True)
class CodeOutcome:
    """What became of a one-time code: right, wrong, or sent too soon (`delay`)."""

    right: bool
    delay: timedelta = timedelta(0)


def codes_are_required(person: Person, *, required: bool) -> bool:
    """Whether this person's roles ask for one-time codes, where the installation requires them."""
    return required and bool(person.roles & PRIVILEGED)


def must_set_up_codes(person: Person, *, required: bool) -> bool:
    """Whether this person may do nothing else before there are one-time codes."""
    return person.totp_secret is None and codes_are_required(person, required=required)


def same_address(email: str) -> str:
    """An e-mail address as it is stored and compared."""
    return email.strip().casefold()


def approach(
    session: Session, email: str, at: datetime, *, address: str | None, known: KnownBrowser | None
) -> Approach:
    """Somebody wants to sign in: count the guess, unless it comes too soon.

    The same happens, and takes as long, whether there is such an account or not.
    """
    person = find_person_by_email(session, same_address(email), lock=True)
    keys = _keys(same_address(email), network(address), known, person)
    if delay := wait(session, keys, at):
        return Approach(delay, keys)
    usable = person if person and person.active else None
    return Approach(
        timedelta(0),
        keys,
        count(session, keys, at),
        person_id=person.id if person else None,
        stored=usable.password_hash if usable else None,
    )


def _keys(
    email: str, where: str, known: KnownBrowser | None, person: Person | None
) -> tuple[Key, ...]:
    if known and person and known.person == person.public_id:
        return (key(Count.BROWSER, known.person, known.number),)
    return (
        key(Count.PAIR, email, where),
        key(Count.ACCOUNT, email),
        key(Count.ADDRESS, where),
    )


def approach_own(session: Session, person: Person, at: datetime) -> Approach:
    """Somebody who is signed in is asked for the password again."""
    own = get_person(session, person.id, lock=True)
    keys = (key(Count.OWNER, own.public_id),)
    if delay := wait(session, keys, at):
        return Approach(delay, keys)
    guess = count(session, keys, at)
    return Approach(timedelta(0), keys, guess, person_id=own.id, stored=own.password_hash)


def settle(
    session: Session,
    approached: Approach,
    right: bool,
    at: datetime,
    *,
    failure: str = "sign-in.failed",
) -> Person | None:
    """What the judgement of the password means: the person, or None and a mark in the trail.

    Disabled, or with another password by now: then it was wrong after all.
    """
    person = get_person(session, approached.person_id) if approached.person_id else None
    usable = person and person.active and person.password_hash == approached.stored
    if not (right and usable and person and approached.guess):
        subject = _subject(person) if person else ""
        record(session, failure, actor=None, subject=subject, at=at)
        return None
    take_back(session, approached.guess, _forgiven(approached.keys), at)
    return person


def _forgiven(keys: Sequence[Key]) -> tuple[Key, ...]:
    # Not the address: whoever has one account of their own could guess at others for ever.
    # Not the account: its owner's success says nothing of the guesses from elsewhere.
    return tuple(each for each in keys if each.count in {Count.PAIR, Count.BROWSER, Count.OWNER})


def begin_session(session: Session, person: Person, at: datetime, *, browser: str) -> str:
    """The password was right: a new session, half-way where a one-time code is still to come."""
    sweep_sessions(session, at)
    complete = person.totp_secret is None
    if complete:
        record(session, "sign-in.succeeded", actor=person, subject=_subject(person), at=at)
    return start_session(session, person, at, browser=browser, complete=complete)


def judge_code(session: Session, person: Person, typed: str, at: datetime) -> CodeOutcome:
    """Whether this one-time code of the person is right. A right one never is again."""
    own = get_person(session, person.id, lock=True)
    keys = (key(Count.OWNER, own.public_id),)
    if delay := wait(session, keys, at):
        return CodeOutcome(right=False, delay=delay)
    guess = count(session, keys, at)
    step = accepted_step(own.totp_secret or "", typed, own.totp_last_step, at)
    if step is None:
        record(session, "sign-in.code-failed", actor=None, subject=_subject(own), at=at)
        return CodeOutcome(right=False)
    own.totp_last_step = step
    take_back(session, guess, keys, at)
    return CodeOutcome(right=True)


def complete_session(session: Session, half: LoginSession, person: Person, at: datetime) -> str:
    """The code was right too: the half-way session gives way to a whole one, with a new token."""
    browser = half.browser
    end_this(session, half)
    record(session, "sign-in.succeeded", actor=person, subject=_subject(person), at=at)
    return start_session(session, person, at, browser=browser)


def sign_out(session: Session, person: Person, current: LoginSession, at: datetime) -> None:
    """End the session in hand."""
    end_this(session, current)
    record(session, "sign-out", actor=person, subject=_subject(person), at=at)


def change_password(
    session: Session, person: Person, new_hash: str, current: LoginSession, at: datetime
) -> str:
    """Set a new password. Every session ends, and this browser gets a new token."""
    browser = current.browser
    person.password_hash = new_hash
    person.must_change_password = False
    record(session, "password.changed", actor=person, subject=_subject(person), at=at)
    end_sessions(session, person)
    return start_session(session, person, at, browser=browser)


def set_up_codes(
    session: Session,
    person: Person,
    secret: str,
    typed: str,
    current: LoginSession,
    at: datetime,
) -> str | None:
    """Take this secret for the person's codes if the first code is right.

    Gives the token of a new session, and ends all others; None for a wrong code.
    """
    step = accepted_step(secret, typed, None, at)
    if step is None:
        return None
    browser = current.browser
    person.totp_secret, person.totp_last_step = secret, step
    record(session, "codes.set-up", actor=person, subject=_subject(person), at=at)
    end_sessions(session, person)
    return start_session(session, person, at, browser=browser)


def remove_codes(session: Session, person: Person, current: LoginSession, at: datetime) -> None:
    """Sign in without codes from now on. Other sessions end."""
    person.totp_secret = person.totp_last_step = None
    record(session, "codes.removed", actor=person, subject=_subject(person), at=at)
    end_sessions(session, person, but=current)


def end_other_session(session: Session, person: Person, public_id: str, at: datetime) -> bool:
    """End one of one's own sessions elsewhere. False where there is none with this id."""
    ended = end_one_session(session, person, public_id)
    if ended:
        record(session, "session.ended", actor=person, subject=_subject(person), at=at)
    return ended


def end_other_sessions(
    session: Session, person: Person, current: LoginSession, at: datetime
) -> None:
    """Sign out everywhere but here."""
    end_sessions(session, person, but=current)
    record(session, "session.others-ended", actor=person, subject=_subject(person), at=at)


def _subject(person: Person) -> str:
    return f"person:{person.public_id}"
