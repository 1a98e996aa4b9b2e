"""A database that is gone, broken or takes nothing: every page says so, and none is a fault."""

import pytest
from flask import Flask

from portal.extensions import db
from portal.models import Role
from portal.settings import Settings
from tests.builders.browser import PortalClient
from tests.builders.databases import shut_database
from tests.builders.world import World, one_of_each

Browsers = dict[Role | None, PortalClient]
LETTER = "A long answer, typed with care."


@pytest.fixture
def broken(app: Flask, settings: Settings, world: World, browsers: Browsers) -> None:
    """A file that is no database any more, or a server that takes nobody in."""
    with app.app_context():
        db.engine.dispose()
    if settings.sqlite_path is not None:
        settings.sqlite_path.write_bytes(b"This is no database. " * 1000)
    else:
        shut_database(settings.database_url)


@pytest.mark.usefixtures("broken")
def test_no_page_is_a_fault_while_the_database_is_broken(
    app: Flask, world: World, browsers: Browsers
) -> None:
    for address in one_of_each(app, world):
        for role in (None, Role.LEARNER):
            if address.method == "POST":
                answer = browsers[role].post(address.path, data={"note": LETTER})
            else:
                answer = browsers[role].get(address.path)
            assert answer.status_code in {200, 302, 303, 401, 404, 503}, (role, address)
            if answer.status_code == 503 and address.method == "POST":
                assert "Nothing was saved." in answer.text
                assert LETTER in answer.text


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("path", ["/no-such-page", "/guidance/no-such/", "/static/none.css"])
def test_a_page_that_is_not_there_is_not_found_without_a_database(
    browsers: Browsers, path: str
) -> None:
    for role in (None, Role.LEARNER):
        assert browsers[role].get(path).status_code in {404, 503}


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("path", ["/guidance/", "/static/portal.css", "/healthz"])
def test_what_needs_no_database_is_there_without_one(browsers: Browsers, path: str) -> None:
    for role in (None, Role.LEARNER):
        assert browsers[role].get(path).status_code == 200
