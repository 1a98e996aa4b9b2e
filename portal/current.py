"""What the request in hand is about: the person who makes it, and the library."""

from typing import cast

from flask import abort, current_app
from flask_login import current_user

from domain.library import Library
from portal.models import Person
from portal.settings import Settings

LIBRARY = "mhcs-library"
SETTINGS = "mhcs-settings"


def find_current_person() -> Person | None:
    """Whoever is signed in, if anybody is."""
    return cast(Person, current_user) if current_user.is_authenticated else None


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
