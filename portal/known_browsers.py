"""Browsers in which somebody signed in before: they go by a count of their own.

A signed cookie names the account and a random number. It proves nothing but
that, and lets nobody in: it keeps a stranger's guesses from delaying the owner.
"""

import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

COOKIE_DAYS = 180


@dataclass(frozen=True)
class KnownBrowser:
    """The account (its public id) and the number that the browser was given for it."""

    person: str
    number: str


def name_browser(person: str) -> KnownBrowser:
    """A new number for a browser in which this person has just signed in."""
    return KnownBrowser(person, secrets.token_urlsafe(12))


def write(key: str, browser: KnownBrowser) -> str:
    """The text of the cookie."""
    return _signer(key).dumps([browser.person, browser.number])


def read(key: str, text: str) -> KnownBrowser | None:
    """What a cookie says, or None where it was not written here."""
    try:
        person, number = _signer(key).loads(text)
    except (BadSignature, ValueError):
        return None
    return KnownBrowser(person, number)


def _signer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="known browser")
