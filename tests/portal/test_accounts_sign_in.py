"""Signing in and out: who gets in, who does not, and what neither of them learns."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import AuditEvent, LoginFailure, LoginSession, Person, Role
from portal.passwords import Passwords
from tests.builders.browser import PortalClient
from tests.builders.people import add_person

PASSWORD = "my dog eats odd socks"
SESSION = "__Host-session"


def someone(database: Session, *roles: Role, active: bool = True) -> Person:
    """Somebody who can sign in with PASSWORD."""
    person = add_person(database, *roles, active=active)
    person.password_hash = Passwords(cheap=True).hash(PASSWORD)
    database.commit()
    return person


def enter(client: PortalClient, email: str, password: str = PASSWORD, where: str = "") -> object:
    return client.post(f"/sign-in{where}", data={"email": email, "password": password})


def test_a_right_password_leads_home(client: PortalClient, database: Session) -> None:
    person = someone(database, Role.LEARNER)
    response = client.post("/sign-in", data={"email": person.email, "password": PASSWORD})
    assert response.status_code == 303
    assert response.location == "/training/"
