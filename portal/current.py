"""What the request in hand is about: the person who makes it, and the library."""

from flask import abort, current_app
from flask_login import current_user

from domain.library import Library
from portal.models import Person
from portal.passwords import Passwords
from portal.settings import Settings

LIBRARY = "mhcs-library"
SETTINGS = "mhcs-settings"
PASSWORDS = "mhcs-passwords"


def find_current_person() -> Person | None:
    """Whoever is signed in, if anybody is."""
    # The person and not the proxy, which no relationship would take.
    found = current_user._get_current_object()
    return found if isinstance(found, Person) else None


def current_person() -> Person:
    """Whoever is signed in. Only for views that nobody else can reach."""
    person = find_current_person()
    if person is None:
        abort(401)
    return person


def current_library() -> Library:
    """Everything that was authored, as it was when the portal started."""
    library: Library = current_app.extensions[LIBRARY]()
    return library


def current_settings() -> Settings:
    """How this installation runs."""
    settings: Settings = current_app.extensions[SETTINGS]
    return settings


def current_passwords() -> Passwords:
    """How passwords are hashed and checked here."""
    passwords: Passwords = current_app.extensions[PASSWORDS]
    return passwords
