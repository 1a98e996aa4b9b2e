"""GOV.UK components for templates and fields: `govuk("button", {...})` gives safe HTML."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

_PACKAGE = "govuk_frontend_jinja"


def govuk(component: str, params: dict[str, Any]) -> Markup:
    """The HTML of one component of GOV.UK Frontend, named as its folder is.

    Give visible words as `text`, which is escaped; `html` is for what another
    component made.
    """
    macro = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    template = _environment().get_template(f"{_PACKAGE}/components/{component}/macro.html")
    return Markup(getattr(template.module, macro)(params))  # noqa: S704 (a macro that escapes)


@cache
def _environment() -> Environment:
    # Its own, since the macros lean on undefined names, which our templates may not.
    loader = PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)})
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
