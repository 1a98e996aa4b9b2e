"""Where somebody goes after signing in: to the page that they asked for, or home."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal.access import PUBLIC, UndeclaredAccess, access_of
from portal.models import Role

# In this order, for whoever holds several roles.
_HOMES = {
    Role.LEARNER: "/training/",
    Role.MANAGER: "/team/",
    Role.ENGAGEMENT_OFFICER: "/stakeholders/",
    Role.EDITOR: "/publishing/",
    Role.MENTOR: "/sign-offs/",
    Role.ADMINISTRATOR: "/administration/",
}


def home_of(roles: frozenset[Role]) -> str:
    """The page that somebody with these roles starts from."""
    return next((page for role, page in _HOMES.items() if role in roles), "/account")


def safe_destination(app: Flask, asked: str) -> str | None:
    """A page of ours that the text names, or None.

    Nothing of the text is used as an address. The path must belong to a page of
    the portal that can be looked at and needs somebody to be signed in; the
    address is then built anew from that page's own rule.
    """
    try:
        parts = urlsplit(asked)
    except ValueError:
        return None
    if not _is_plain_path(asked) or parts.scheme or parts.netloc:
        return None
    pages = app.url_map.bind("", url_scheme="https")
    try:
        endpoint, values = pages.match(parts.path, method="GET")
        if access_of(app, endpoint).rule("GET") is PUBLIC:
            return None
    except (HTTPException, RequestRedirect, UndeclaredAccess, KeyError):
        return None
    page = pages.build(endpoint, values)
    query = urlencode(parse_qsl(parts.query))
    return f"{page}?{query}" if query else page


def _is_plain_path(text: str) -> bool:
    """One leading slash, and nothing that browsers read otherwise than we do."""
    if not text.startswith("/") or text.startswith("//"):
        return False
    return text.isascii() and text.isprintable() and not set(text) & set("\\ ")
