"""The service navigation and the footer: only what the person at the screen may use."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from portal.access import PUBLIC, Rule, allows
from portal.current import find_current_person
from portal.models import Role


def navigation() -> list[dict[str, Any]]:
    """The entries of the service navigation, the one in hand marked."""
    person = find_current_person()
    return [
        {"href": href, "text": text, "active": _within(href)}
        for href, text, rule in _entries()
        if allows(rule, person)
    ]


def footer_links() -> list[dict[str, str]]:
    """What stands at the foot of every page."""
    return [
        {"href": "/guidance/accessibility/", "text": _("Accessibility")},
        {"href": "/guidance/privacy/", "text": _("Privacy")},
        {"href": "/guidance/what-we-hold/", "text": _("What we hold about you")},
        {"href": "/guidance/contact/", "text": _("Contact")},
    ]


def _entries() -> list[tuple[str, str, Rule]]:
    guidance = "/staff/" if find_current_person() else "/guidance/"
    return [
        (guidance, _("Guidance"), PUBLIC),
        ("/training/", _("My training"), Role.LEARNER),
        ("/sign-offs/", _("Sign-offs"), Role.MENTOR),
        ("/team/", _("My team"), Role.MANAGER),
        ("/stakeholders/", _("Stakeholders"), (Role.ENGAGEMENT_OFFICER, Role.ADMINISTRATOR)),
        ("/publishing/", _("Publishing"), Role.EDITOR),
        ("/administration/", _("Administration"), Role.ADMINISTRATOR),
    ]


def _within(href: str) -> bool:
    return request.path.startswith(href)
