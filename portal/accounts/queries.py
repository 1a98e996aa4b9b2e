"""Whose account it is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Person


def find_person_by_email(session: Session, email: str, *, lock: bool = False) -> Person | None:
    """The person with this address. With `lock`, other guesses at the account wait for this one."""
    asked = select(Person).where(Person.email == email)
    return session.scalar(asked.with_for_update(key_share=True) if lock else asked)


def get_person(session: Session, person_id: int, *, lock: bool = False) -> Person:
    """The person with this number, as the database has them now."""
    asked = select(Person).where(Person.id == person_id)
    fresh = asked.execution_options(populate_existing=True)
    return session.scalars(fresh.with_for_update(key_share=True) if lock else fresh).one()
