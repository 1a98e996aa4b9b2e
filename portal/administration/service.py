"""What administrators do with accounts: add, allow, disable, help back in."""

import re
from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from portal.administration.queries import find_person_by_email, other_administrators
from portal.administration.refusals import NotDone, Refusal
from portal.audit import record
from portal.models import Person, Role, RoleGrant
from portal.sessions import end_sessions

# One address and nothing else: no names, no lists, no line ends.
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")


def same_address(email: str) -> str:
    """An e-mail address as it is stored and compared."""
    return email.strip().casefold()


def add_person(
    session: Session,
    *,
    name: str,
    email: str,
    roles: Collection[Role],
    password_hash: str,
    actor: Person | None,
    at: datetime,
) -> Person:
    """Add somebody, whose first password is to be changed at the first sign-in."""
    if find_person_by_email(session, same_address(email)):
        raise NotDone(Refusal.ADDRESS_TAKEN)
    person = Person(
        name=name,
        email=same_address(email),
        password_hash=password_hash,
        must_change_password=True,
        created_at=at,
    )
    session.add(person)
    session.flush()
    record(session, "person.added", actor=actor, subject=subject_of(person), at=at)
    for role in sorted(roles):
        _grant(session, person, role, actor, at)
    return person


def change_details(
    session: Session, person: Person, *, name: str, email: str, actor: Person, at: datetime
) -> None:
    """Put a name or an address right. The trail says which, not what it was."""
    address = same_address(email)
    if address != person.email and find_person_by_email(session, address):
        raise NotDone(Refusal.ADDRESS_TAKEN)
    changed = [
        word
        for word, before, after in (("name", person.name, name), ("email", person.email, address))
        if before != after
    ]
    if not changed:
        return
    person.name, person.email = name, address
    detail = ", ".join(changed)
    subject = subject_of(person)
    record(session, "person.changed", actor=actor, subject=subject, detail=detail, at=at)


def set_roles(
    session: Session, person: Person, roles: Collection[Role], *, actor: Person, at: datetime
) -> bool:
    """Let somebody hold exactly these roles. Whether anything changed.

    Whoever's roles change is signed out, so that no session outlives the rights
    with which it began. The last administrator stays one.
    """
    wanted, held = frozenset(roles), person.roles
    if Role.ADMINISTRATOR in held - wanted:
        _keep_an_administrator(session, person)
    for role in sorted(wanted - held):
        _grant(session, person, role, actor, at)
    for grant in [g for g in person.role_grants if g.revoked_at is None and g.role not in wanted]:
        grant.revoked_at = at
        detail = str(grant.role)
        subject = subject_of(person)
        record(session, "role.revoked", actor=actor, subject=subject, detail=detail, at=at)
    if wanted == held:
        return False
    end_sessions(session, person)
    return True


def _grant(
    session: Session, person: Person, role: Role, actor: Person | None, at: datetime
) -> None:
    person.role_grants.append(RoleGrant(role=role, granted_at=at))
    subject = subject_of(person)
    record(session, "role.granted", actor=actor, subject=subject, detail=str(role), at=at)


def _keep_an_administrator(session: Session, person: Person) -> None:
    if not other_administrators(session, person):
        raise NotDone(Refusal.LAST_ADMINISTRATOR)


def disable(session: Session, person: Person, *, actor: Person, at: datetime) -> None:
    """Shut somebody out from this moment. What they did stays on record."""
    if person.id == actor.id:
        raise NotDone(Refusal.OWN_ACCOUNT)
    if Role.ADMINISTRATOR in person.roles:
        _keep_an_administrator(session, person)
    person.active = False
    end_sessions(session, person)
    record(session, "person.disabled", actor=actor, subject=subject_of(person), at=at)


def enable(session: Session, person: Person, *, actor: Person, at: datetime) -> None:
    """Let somebody sign in again, with the password and the roles that they had."""
    person.active = True
    record(session, "person.enabled", actor=actor, subject=subject_of(person), at=at)


def reset_password(
    session: Session, person: Person, password_hash: str, *, actor: Person, at: datetime
) -> None:
    """Give somebody a password to change at once. One-time codes are still asked for."""
    _refuse_own(person, actor)
    person.password_hash = password_hash
    person.must_change_password = True
    end_sessions(session, person)
    record(session, "password.reset", actor=actor, subject=subject_of(person), at=at)


def reset_codes(session: Session, person: Person, *, actor: Person | None, at: datetime) -> None:
    """Forget somebody's one-time codes, since their device is lost."""
    _refuse_own(person, actor)
    person.totp_secret = person.totp_last_step = None
    end_sessions(session, person)
    record(session, "codes.reset", actor=actor, subject=subject_of(person), at=at)


def _refuse_own(person: Person, actor: Person | None) -> None:
    # The account's own page asks for the password first, so that an open session is not enough.
    if actor is not None and actor.id == person.id:
        raise NotDone(Refusal.OWN_SECRETS)


def sign_out_everywhere(session: Session, person: Person, *, actor: Person, at: datetime) -> None:
    """End every session of somebody."""
    end_sessions(session, person)
    record(session, "session.all-ended", actor=actor, subject=subject_of(person), at=at)


def subject_of(person: Person) -> str:
    """How the trail names somebody."""
    return f"person:{person.public_id}"
