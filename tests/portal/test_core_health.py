"""Whoever watches over the portal learns whether it is up."""

from tests.builders.browser import PortalClient


def test_a_running_portal_says_that_it_is_up(client: PortalClient) -> None:
    assert client.get("/healthz").text == "ok\n"


def test_a_portal_with_its_database_says_that_it_is_ready(client: PortalClient) -> None:
    assert client.get("/readyz").text == "ready\n"
