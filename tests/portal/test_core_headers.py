"""Every answer carries the headers that keep browsers from doing harm."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from portal.app import create_app
from portal.models import Role
from portal.settings import Settings
from tests.builders.browser import PortalClient
from tests.builders.probe import probe
from tests.builders.site_trees import publish_site

SignIn = Callable[..., PortalClient]
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
PAGES = ("/", "/guidance/", "/sign-in", "/no-such-page", "/static/portal.css", "/probe/fail")


@pytest.fixture
def app(app: Flask, settings: Settings) -> Flask:
    """The portal with its site, and with a page that fails."""
    app.register_blueprint(probe)
    publish_site(settings.site_dir)
    return app


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_has_the_headers_errors_and_files_included(
    client: PortalClient, page: str
) -> None:
    headers = client.get(page).headers

    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert headers["Permissions-Policy"].startswith("camera=()")


@pytest.mark.parametrize("page", PAGES)
def test_the_policy_allows_nothing_but_our_own(client: PortalClient, page: str) -> None:
    policy = client.get(page).headers["Content-Security-Policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))

    assert parts["default-src"] == "'none'"
    assert parts["frame-ancestors"] == parts["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def test_whatever_is_for_somebody_is_kept_nowhere(sign_in: SignIn) -> None:
    assert sign_in(Role.LEARNER).get("/account").headers["Cache-Control"] == "no-store"


def test_pages_for_nobody_in_particular_are_kept_nowhere_either(client: PortalClient) -> None:
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_no_cookie_is_sent_in_the_clear_or_to_scripts(client: PortalClient) -> None:
    cookie = client.get("/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("__Host-form=")
    for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert word in cookie


def test_a_demonstration_over_http_does_not_promise_https(settings: Settings) -> None:
    plain = replace(settings, demonstration=True, site_url="http://portal.example")
    app = create_app(plain)
    app.test_client_class = PortalClient

    assert "Strict-Transport-Security" not in app.test_client().get("/sign-in").headers


def test_a_style_sheet_may_be_kept_for_good_under_its_version(client: PortalClient) -> None:
    page = client.get("/sign-in").text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]

    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/portal.css?v=old").headers["Cache-Control"]


@pytest.mark.parametrize("path", ["../app.py", "%2e%2e/app.py", "/etc/passwd", "nothing.css"])
def test_nothing_but_our_files_is_served_as_one(client: PortalClient, path: str) -> None:
    assert client.get(f"/static/{path}", follow_redirects=True).status_code == 404
