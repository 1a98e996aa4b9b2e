"""What error pages say: what happened, whether anything was saved, what to do."""

from dataclasses import dataclass

from flask import current_app, request
from flask_babel import gettext as _

from portal.access import access_of
from portal.filters import role_word
from portal.models import Role
from portal.outcome import Outcome


@dataclass(frozen=True)
class Words:
    """A title and a few sentences."""

    title: str
    sentences: tuple[str, ...]


def refused(code: int) -> Words:
    """What to say to a request that was turned down with this HTTP status."""
    # An address that does not take the method is no page for whoever asks.
    makers = {401: _signed_out, 403: _no_access, 404: _not_found, 405: _not_found}
    return (makers | {413: _too_much, 429: _too_often}).get(code, _not_understood)()


def _not_understood() -> Words:
    return Words(_("We did not understand that"), (_nothing(), _("Go back and try again.")))


def _signed_out() -> Words:
    reason = _("This happens after some time without use. Sign in to go on.")
    return Words(_("You have been signed out"), (_nothing(), reason))


def _no_access() -> Words:
    return Words(_("You do not have access to this page"), (_who_gives(), _nothing()))


def _not_found() -> Words:
    check = _("If you typed the address, check that it is right.")
    return Words(_("Page not found"), (check, _nothing()))


def _too_much() -> Words:
    return Words(_("That is too much at once"), (_nothing(), _("Send less text, in parts.")))


def _too_often() -> Words:
    return Words(_("Too many tries"), (_nothing(), _("Wait a few minutes, then try again.")))


def form_expired() -> Words:
    """The form has no token, or one of another session."""
    reason = _("You were signed out, or signed in again, after you opened the form.")
    return Words(_("This form is out of date"), (reason, _nothing(), _("Open the form again.")))


def unavailable(outcome: Outcome) -> Words:
    """The database could not be used."""
    return Words(
        _("Sorry, there is a problem with storing records"),
        (_outcome(outcome), _("Try again in a minute.")),
    )


def failed(outcome: Outcome) -> Words:
    """A fault of ours."""
    tell = _("If it happens again, tell an administrator the request number.")
    return Words(_("Sorry, something went wrong"), (_outcome(outcome), tell))


def _outcome(outcome: Outcome) -> str:
    if request.method in {"GET", "HEAD"}:
        return _("This page could not be shown. Nothing that was saved before is lost.")
    if outcome is Outcome.SAVED:
        return _("What you sent was saved. Only the page after it could not be shown.")
    if outcome is Outcome.UNKNOWN:
        return _("We cannot tell whether what you sent was saved. Look before you send it again.")
    return _nothing()


def _nothing() -> str:
    return _("Nothing was saved.") if request.method == "POST" else ""


def _who_gives() -> str:
    rule = access_of(current_app, request.endpoint or "").rule(request.method)
    roles = rule if isinstance(rule, tuple) else (rule,)
    words = [role_word(role) for role in roles if isinstance(role, Role)]
    if not words:
        return _("An administrator can give you access.")
    listed = _(" or ").join(words)
    return (
        _("It is for people with the role: %(roles)s.", roles=listed)
        + " "
        + _("An administrator can give you a role.")
    )
