"""Whoever may make a request can, and nobody else: every request, every role."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.access import PUBLIC, SIGNED_IN, UndeclaredAccess, access, allows, check_every_route
from portal.models import Person, Role
from portal.settings import Settings
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.builders.routes import Request, requests_of
from tests.builders.site_trees import publish_site

SignIn = Callable[..., PortalClient]
MATRIX = Path(__file__).with_name("access_matrix.txt")


@pytest.fixture(autouse=True)
def _published(settings: Settings) -> None:
    publish_site(settings.site_dir)


def test_who_may_make_which_request_is_what_was_agreed(app: Flask) -> None:
    agreed = [line for line in MATRIX.read_text("utf-8").splitlines() if line[:1] not in {"", "#"}]

    # A change of who may do what is a change of this file, which somebody looks at.
    assert [str(each) for each in requests_of(app)] == agreed


def _is_turned_away(browser: PortalClient, asked: Request) -> bool:
    """Make a request. Nothing that it may answer is a fault of ours."""
    response = (browser.post if asked.method == "POST" else browser.get)(asked.address)
    assert response.status_code < 500, f"{asked} answered {response.status_code}"
    to_sign_in = response.status_code == 302 and "/sign-in?next=" in (response.location or "")
    return response.status_code in {401, 403} or to_sign_in


@pytest.mark.parametrize("role", list(Role))
def test_somebody_with_one_role_gets_what_is_for_it_and_nothing_else(
    app: Flask, sign_in: SignIn, database: Session, role: Role
) -> None:
    person = add_person(database, role)

    for asked in requests_of(app):
        # A session for each, since some requests end it.
        turned_away = _is_turned_away(sign_in(person=person), asked)
        assert turned_away is not allows(asked.rule, person), asked


def test_somebody_without_a_role_gets_what_is_for_everybody(
    app: Flask, sign_in: SignIn, database: Session
) -> None:
    person = add_person(database)

    for asked in requests_of(app):
        turned_away = _is_turned_away(sign_in(person=person), asked)
        assert turned_away is not (asked.rule in {PUBLIC, SIGNED_IN}), asked


def test_a_visitor_gets_what_is_public(app: Flask, client: PortalClient) -> None:
    for asked in requests_of(app):
        assert _is_turned_away(client, asked) is not (asked.rule is PUBLIC), asked


def test_a_role_that_was_taken_away_is_gone_with_the_next_request(
    sign_in: SignIn, database: Session, clock: Callable[[], object]
) -> None:
    person = add_person(database, Role.ADMINISTRATOR)
    browser = sign_in(person=person)
    assert browser.get("/administration/").status_code == 200

    person.role_grants[0].revoked_at = clock()  # type: ignore[assignment] # the clock gives times
    database.commit()

    assert browser.get("/administration/").status_code == 403


def test_a_look_at_the_headers_alone_needs_the_right_to_look(
    sign_in: SignIn, client: PortalClient
) -> None:
    assert client.head("/administration/").status_code == 302
    assert sign_in(Role.LEARNER).head("/administration/").status_code == 403


def _app_with(**rules: object) -> Flask:
    app = Flask("probe", static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False

    def view() -> str:
        return "shown"

    decorated = access(**rules)(view) if rules else view  # type: ignore[arg-type] # rules of tests
    app.add_url_rule("/page", view_func=decorated, methods=["GET", "POST"])
    return app


def test_the_portal_does_not_start_with_a_view_that_says_nothing() -> None:
    with pytest.raises(UndeclaredAccess, match="'view' does not say who may call it"):
        check_every_route(_app_with())


def test_the_portal_does_not_start_with_a_method_that_is_not_declared() -> None:
    with pytest.raises(UndeclaredAccess, match="POST /page does not say"):
        check_every_route(_app_with(GET=PUBLIC))


def test_the_portal_does_not_start_with_a_rule_for_what_is_not_answered() -> None:
    with pytest.raises(UndeclaredAccess, match="PUT, which it does not answer"):
        check_every_route(_app_with(GET=PUBLIC, POST=PUBLIC, PUT=PUBLIC))


def test_the_files_of_flask_itself_are_not_served() -> None:
    with pytest.raises(UndeclaredAccess, match="'static'"):
        check_every_route(Flask("probe"))


def test_an_empty_list_of_roles_lets_nobody_in(database: Session) -> None:
    person: Person = add_person(database, *Role)

    assert not allows((), person)


def test_the_navigation_shows_only_what_somebody_may_use(sign_in: SignIn) -> None:
    page = sign_in(Role.MENTOR).get("/sign-offs/").text

    assert 'href="/sign-offs/"' in page
    assert 'href="/administration/"' not in page
    assert 'href="/team/"' not in page
