"""People who sign in by password, and what their authenticator app shows."""

from datetime import datetime

import pyotp
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.models import Person, Role
from portal.passwords import Passwords
from tests.builders.browser import PortalClient
from tests.builders.people import add_person

PASSWORD = "my dog eats odd socks"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
COOKIE = "__Host-session"


def with_password(
    database: Session, *roles: Role, active: bool = True, codes: bool = False
) -> Person:
    """Store somebody who signs in with PASSWORD, and with codes of SECRET if asked for."""
    person = add_person(database, *roles, active=active)
    person.password_hash = Passwords(cheap=True).hash(PASSWORD)
    person.totp_secret = SECRET if codes else None
    database.commit()
    return person


def enter(
    client: PortalClient,
    email: str,
    password: str = PASSWORD,
    *,
    next_: str = "",
    address: str = "",
) -> TestResponse:
    """Fill in the sign-in page, from an address if one is given."""
    environment = {"REMOTE_ADDR": address} if address else {}
    return client.post(
        "/sign-in",
        query_string={"next": next_} if next_ else {},
        data={"email": email, "password": password},
        environ_overrides=environment,
    )


def code_at(at: datetime, secret: str = SECRET) -> str:
    """What the app shows at this time."""
    return pyotp.TOTP(secret).at(at)


def token_of(client: PortalClient) -> str:
    """The session token that a browser holds; empty for none."""
    found = client.get_cookie(COOKIE, domain="portal.example")
    return found.value if found else ""
