"""What somebody typed, given back on a page that could not take it."""

from flask import g, request
from werkzeug.exceptions import HTTPException

# Never given back: whatever opens something.
_SECRET = ("password", "code", "token", "secret")


def kept_fields() -> list[tuple[str, str]]:
    """Every field of the form that was sent, so that it can be sent again as it was.

    Empty where it may not be: without the token that proves where it came from,
    or with a password in it.
    """
    if not g.get("csrf_valid", False):
        return []
    fields = [(name, text) for name, text in _fields() if name != "csrf_token"]
    return [] if any(_is_secret(name) for name, _text in fields) else fields


def kept_texts() -> list[str]:
    """Whatever took trouble to type: text of more than a word, without secrets."""
    return [text for name, text in _fields() if " " in text.strip() and not _is_secret(name)]


def _fields() -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    try:
        return list(request.form.items(multi=True))
    except HTTPException:
        # The form itself was too large to read.
        return []


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET)
