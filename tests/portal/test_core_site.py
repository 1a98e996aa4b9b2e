"""The published guidance is served as it was built: to everybody, or to whoever is signed in."""

from collections.abc import Callable

import pytest

from portal.models import Role
from portal.settings import Settings
from tests.builders.browser import PortalClient
from tests.builders.site_trees import FILES, HASH, publish_site

SignIn = Callable[..., PortalClient]


@pytest.fixture(autouse=True)
def _published(settings: Settings) -> None:
    publish_site(settings.site_dir)


def test_anybody_reads_the_public_front_page(client: PortalClient) -> None:
    response = client.get("/guidance/")

    assert response.text == FILES["public/index.html"]
    assert response.content_type == "text/html; charset=utf-8"


def test_anybody_reads_a_public_page(client: PortalClient) -> None:
    assert client.get("/guidance/leave/").text == FILES["public/leave/index.html"]


def test_an_address_without_its_slash_leads_to_the_page(client: PortalClient) -> None:
    response = client.get("/guidance/leave?from=mail")

    assert response.location == "/guidance/leave/?from=mail"


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(client: PortalClient) -> None:
    response = client.get("/staff/leave/?a=b")

    assert response.location == "/sign-in?next=%2Fstaff%2Fleave%2F%3Fa%3Db"


def test_somebody_who_is_signed_in_reads_the_staff_tree(sign_in: SignIn) -> None:
    assert sign_in(Role.LEARNER).get("/staff/leave/").text == FILES["staff/leave/index.html"]


def test_a_page_that_is_not_there_gets_the_page_of_its_tree(client: PortalClient) -> None:
    response = client.get("/guidance/no-such/")

    assert response.status_code == 404
    assert response.text == FILES["public/404.html"]


@pytest.mark.parametrize(
    "path",
    [
        "../staff/index.html",
        "%2e%2e/staff/index.html",
        "..%2fstaff%2findex.html",
        "leave/../../staff/index.html",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "..\\staff\\index.html",
        "../csp.json",
        "assets/",
    ],
)
def test_nothing_outside_a_tree_can_be_had_through_it(client: PortalClient, path: str) -> None:
    response = client.get(f"/guidance/{path}", follow_redirects=True)

    assert response.status_code in {400, 404}
    assert "staff front" not in response.text
    assert "root:" not in response.text


def test_the_policy_of_a_tree_names_its_inline_scripts(client: PortalClient) -> None:
    policy = client.get("/guidance/").headers["Content-Security-Policy"]

    assert f"script-src 'self' '{HASH}';" in policy
    assert "unsafe" not in policy


def test_a_public_page_may_be_kept_for_some_minutes(client: PortalClient) -> None:
    assert client.get("/guidance/").headers["Cache-Control"] == "public, max-age=300"


def test_a_public_page_that_is_already_there_is_not_sent_again(client: PortalClient) -> None:
    tag = client.get("/guidance/").headers["ETag"]

    response = client.get("/guidance/", headers={"If-None-Match": tag})

    assert response.status_code == 304
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_a_page_for_staff_is_kept_nowhere(sign_in: SignIn) -> None:
    assert sign_in(Role.LEARNER).get("/staff/").headers["Cache-Control"] == "no-store"


def test_a_page_that_is_not_there_is_kept_nowhere(client: PortalClient) -> None:
    assert client.get("/guidance/no-such/").headers["Cache-Control"] == "no-store"


def test_the_next_release_is_served_without_a_restart(
    client: PortalClient, settings: Settings
) -> None:
    client.get("/guidance/")

    publish_site(settings.site_dir, "0002-second", FILES | {"public/index.html": "<p>new</p>"})

    assert client.get("/guidance/").text == "<p>new</p>"


def test_the_root_sends_a_visitor_to_the_guidance(client: PortalClient) -> None:
    assert client.get("/").location == "/guidance/"


def test_the_root_sends_a_learner_to_their_training(sign_in: SignIn) -> None:
    assert sign_in(Role.LEARNER).get("/").location == "/training/"


def test_a_portal_without_a_site_says_how_to_build_one(
    client: PortalClient, settings: Settings
) -> None:
    settings.site_dir.unlink()

    response = client.get("/guidance/")

    assert response.status_code == 503
    assert "python -m site_builder build" in response.text
