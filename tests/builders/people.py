"""People for tests, named after what they may do."""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy.orm import Session

from portal.models import Person, Role, RoleGrant

JOINED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_numbers = count(1)


def add_person(database: Session, *roles: Role, name: str = "", active: bool = True) -> Person:
    """Store somebody who holds these roles, with a name and an address nobody else has."""
    number = next(_numbers)
    word = roles[0].value if roles else "person"
    person = Person(
        name=name or f"{word} {number}".capitalize(),
        email=f"{word}-{number}@portal.example",
        # No password has this hash: tests that sign in by password set one.
        password_hash="!",
        created_at=JOINED_AT,
        active=active,
        role_grants=[RoleGrant(role=role, granted_at=JOINED_AT) for role in roles],
    )
    database.add(person)
    database.commit()
    return person
