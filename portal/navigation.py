"""The service navigation and the footer: only what the person at the screen may use."""

from typing import Any

from flask import current_app, request
from flask_babel import gettext as _

from portal.access import Rule, access_of, allows
from portal.current import find_current_person


def navigation() -> list[dict[str, Any]]:
    """The entries of the service navigation, the one in hand marked."""
    person = find_current_person()
    return [
        {"href": href, "text": text, "active": request.path.startswith(href)}
        for href, text in _entries()
        if allows(_rule_of(href), person)
    ]


def footer_links() -> list[dict[str, str]]:
    """What stands at the foot of every page."""
    return [
        {"href": "/guidance/accessibility/", "text": _("Accessibility")},
        {"href": "/guidance/privacy/", "text": _("Privacy")},
        {"href": "/guidance/what-we-hold/", "text": _("What we hold about you")},
        {"href": "/guidance/contact/", "text": _("Contact")},
    ]


def _entries() -> list[tuple[str, str]]:
    return [
        ("/staff/" if find_current_person() else "/guidance/", _("Guidance")),
        ("/training/", _("My training")),
        ("/sign-offs/", _("Sign-offs")),
        ("/team/", _("My team")),
        ("/stakeholders/", _("Stakeholders")),
        ("/publishing/", _("Publishing")),
        ("/administration/", _("Administration")),
    ]


def _rule_of(href: str) -> Rule:
    """Who may look at an address of ours: what its view declares."""
    endpoint, _values = current_app.url_map.bind("").match(href, method="GET")
    return access_of(current_app, endpoint).rule("GET")
