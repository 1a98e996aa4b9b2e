"""The words that stand on every page, and the languages that the portal speaks."""

from flask import has_request_context, request
from flask_babel import lazy_gettext as _l

PRODUCT = _l("MHCS Training and Engagement Portal")

# What a language calls itself. Welsh joins when its catalogue is complete; a test holds us to it.
LANGUAGES = {"en_GB": "English"}


def language() -> str:
    """The language of the page in hand: what the visitor chose, where there is a choice."""
    chosen = request.cookies.get("language", "") if has_request_context() else ""
    return chosen if chosen in LANGUAGES else "en_GB"
