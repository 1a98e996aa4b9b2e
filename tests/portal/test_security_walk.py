"""One walk over all that the portal answers: tokens, methods, headers, looking without touching."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.access import access_of
from portal.models import Role
from tests.builders.browser import PortalClient
from tests.builders.contents import TRAIL, contents
from tests.builders.world import Address, World, one_of_each, whoever_may

Browsers = dict[Role | None, PortalClient]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
MAY_BE_KEPT = ("/guidance/", "/static/")


@pytest.fixture
def walk(app: Flask, world: World) -> list[Address]:
    """An address of every pattern and method, all of which lead somewhere."""
    return one_of_each(app, world)


def test_no_form_is_taken_without_its_token(
    walk: list[Address], browsers: Browsers, database: Session
) -> None:
    before = contents(database)
    posts = [each for each in walk if each.method == "POST"]

    for address in posts:
        browser = whoever_may(address, browsers)
        for token in ("", "made-up", browsers[Role.EDITOR].form_token() + "x"):
            answer = browser.post(address.path, data={"csrf_token": token}, token=False)
            assert answer.status_code == 400, address
            assert "This form is out of date" in answer.text
        assert browser.post(address.path, token=False).status_code == 400, address

    assert len(posts) > 20
    assert contents(database) == before


def test_a_form_from_another_site_is_taken_by_no_address(
    walk: list[Address], browsers: Browsers, database: Session
) -> None:
    before = contents(database)

    for address in (each for each in walk if each.method == "POST"):
        elsewhere = {"Referer": "https://evil.example/"}
        answer = whoever_may(address, browsers).post(address.path, headers=elsewhere)
        assert answer.status_code == 400, address

    assert contents(database) == before


def test_looking_changes_nothing_but_the_trail_where_it_says_so(
    app: Flask, walk: list[Address], browsers: Browsers, database: Session
) -> None:
    # As a form would have them: none of these may count in an address.
    acts = {"step": "publish", "decision": "saw", "question-1": "1", "csrf_token": "x"}
    pages = app.url_map.bind("portal.example")

    for address in (each for each in walk if each.method == "GET"):
        records = access_of(app, pages.match(address.path)[0]).records
        but = TRAIL if records else frozenset()
        before = contents(database, but=but)
        browser = whoever_may(address, browsers)
        assert browser.get(address.path, query_string=acts).status_code < 500
        assert browser.head(address.path).status_code < 500
        assert contents(database, but=but) == before, address


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_no_address_takes_another_method(
    walk: list[Address], browsers: Browsers, database: Session, method: str
) -> None:
    for address in walk:
        answer = browsers[Role.ADMINISTRATOR].open(address.path, method=method)
        assert answer.status_code in {400, 405}, address


def test_every_answer_carries_its_headers(walk: list[Address], browsers: Browsers) -> None:
    for address in walk:
        for browser in (browsers[None], whoever_may(address, browsers)):
            answer = browser.open(address.path, method=address.method)
            found = {name: answer.headers.get(name) for name in HEADERS}
            assert found == HEADERS, (address, answer.status_code)
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy
            assert "Server" not in answer.headers
            kept = answer.headers["Cache-Control"] != "no-store"
            assert not kept or address.path.startswith(MAY_BE_KEPT), address
