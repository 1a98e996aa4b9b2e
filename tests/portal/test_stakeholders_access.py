"""Who may see the register, and who may score."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.models import Role
from tests.builders.browser import PortalClient
from tests.builders.register import enter, score, use_engagement

SignIn = Callable[..., PortalClient]

PAGES = ("/stakeholders/", "/stakeholders/matrix", "/stakeholders/upper-tribunal")
DOWNLOADS = ("/stakeholders/register.csv", "/stakeholders/shareable.csv")
OFFICERS_ONLY = ("/stakeholders/add", "/stakeholders/upper-tribunal/assess")


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MENTOR, Role.MANAGER, Role.EDITOR])
@pytest.mark.parametrize("path", [*PAGES, *DOWNLOADS, *OFFICERS_ONLY])
def test_the_register_is_closed_to_everybody_else(
    app: Flask, sign_in: SignIn, database: Session, role: Role, path: str
) -> None:
    use_engagement(app)
    score(database, enter(database))

    answer = sign_in(role).get(path)

    assert answer.status_code == 403
    assert "Upper Tribunal" not in answer.text


@pytest.mark.parametrize("path", [*PAGES, *DOWNLOADS, *OFFICERS_ONLY])
def test_the_register_is_closed_to_whoever_is_not_signed_in(
    client: PortalClient, path: str
) -> None:
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("path", [*PAGES, *DOWNLOADS])
def test_an_administrator_may_read_the_register(
    app: Flask, sign_in: SignIn, database: Session, path: str
) -> None:
    use_engagement(app)
    enter(database)

    assert sign_in(Role.ADMINISTRATOR).get(path).status_code == 200


@pytest.mark.parametrize("path", OFFICERS_ONLY)
def test_an_administrator_scores_nobody(
    app: Flask, sign_in: SignIn, database: Session, path: str
) -> None:
    use_engagement(app)
    enter(database)
    administrator = sign_in(Role.ADMINISTRATOR)

    assert administrator.get(path).status_code == 403
    assert administrator.post(path).status_code == 403
    assert "/assess" not in administrator.get("/stakeholders/upper-tribunal").text
