"""What every template may use without being given it."""

from typing import Any

from flask import Flask, g
from flask_babel import get_locale
from markupsafe import Markup

from portal import guidance
from portal.assets import static
from portal.components import govuk
from portal.current import current_settings, find_current_person
from portal.fields import carried, error_list
from portal.filters import register_filters
from portal.navigation import footer_links, navigation
from portal.text import PRODUCT


def register_page_tools(app: Flask) -> None:
    """Give the templates of an application their filters, functions and common values."""
    register_filters(app)
    for each in guidance.FILTERS:
        app.add_template_filter(each)
    app.jinja_env.globals.update(
        govuk=govuk,
        static=static,
        error_list=error_list,
        carried=carried,
        navigation=navigation,
        footer_links=footer_links,
        cell_of=cell_of,
    )
    app.context_processor(common_values)


def common_values() -> dict[str, Any]:
    """What changes from request to request. A bare page reads nothing from the database."""
    bare = bool(g.get("bare", False))
    return {
        "bare": bare,
        "person": None if bare else find_current_person(),
        "settings": current_settings(),
        "product": PRODUCT,
        "language": getattr(get_locale(), "language", "en"),
    }


def cell_of(value: object) -> dict[str, str]:
    """A table cell: what a component made stays as it is, everything else is escaped text."""
    return {"html": value} if isinstance(value, Markup) else {"text": str(value)}
