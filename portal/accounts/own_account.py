"""The pages of somebody's own account: password, one-time codes, where they are signed in."""

from datetime import timedelta

from flask import Blueprint, abort, flash, make_response, redirect, url_for
from flask import render_template as page
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import one_time_codes
from portal.access import SIGNED_IN, access
from portal.accounts import service
from portal.accounts.forms import (
    ChangePasswordForm,
    CodeAndPasswordForm,
    CodeForm,
    PasswordAgainForm,
    delay_words,
    wrong_code,
)
from portal.clock import now
from portal.current import current_passwords, current_person, current_settings
from portal.destinations import home_of
from portal.extensions import db
from portal.fields import Form
from portal.login import current_login, let_in
from portal.sessions import is_fresh, live_sessions
from portal.text import PRODUCT

bp = Blueprint("own", __name__)

_TOO_SOON = 429


def answer_after(body: str, delay: timedelta) -> ResponseReturnValue:
    """A page; with the status and the header that programs go by where something came too soon."""
    if not delay:
        return body
    return body, _TOO_SOON, {"Retry-After": str(-(-delay // timedelta(seconds=1)))}


def _back(token: str | None, told: str, *, home: bool = False) -> ResponseReturnValue:
    """To the account page, which tells what was done; with a new session if there is one.

    Whoever had to do it before anything else goes home instead.
    """
    where = home_of(current_person().roles) if home else url_for("accounts.own.account")
    response = make_response(redirect(where, 303))
    if token is not None:
        let_in(response, token)
    flash(told)
    return response


@bp.get("/account")
@access(GET=SIGNED_IN)
def account() -> ResponseReturnValue:
    """What the portal knows of the person, and what they can do about it."""
    here = current_login()
    sessions = live_sessions(db.session, current_person(), now())
    return page(
        "accounts/account.html",
        codes_required=_codes_required(),
        here=here,
        sessions=sorted(sessions, key=lambda each: each.id != here.id),
    )


def _codes_required() -> bool:
    return service.codes_are_required(current_person(), required=current_settings().require_totp)


@bp.route("/account/password", methods=["GET", "POST"])
@access(GET=SIGNED_IN, POST=SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Take a new password from whoever knows the old one."""
    form = ChangePasswordForm(current_person())
    forced = current_person().must_change_password
    delay = timedelta(0)
    if form.validate_on_submit():
        new_hash = current_passwords().hash(form.new_password.data or "")
        delay = _check_password(form)
        if not form.errors:
            token = service.change_password(
                db.session, current_person(), new_hash, current_login(), now()
            )
            db.session.commit()
            told = _("Your password is changed. You are signed out everywhere else")
            return _back(token, told, home=forced)
    return answer_after(page("accounts/change_password.html", form=form), delay)


def _check_password(form: Form) -> timedelta:
    """Whether the password of the form is theirs; if not, the form says so. How long to wait."""
    approached = service.approach_own(db.session, current_person(), now())
    db.session.commit()
    if approached.delay:
        form.password.errors = [delay_words(approached.delay)]
        return approached.delay
    # No transaction is open here: whoever wants to write need not wait for the hash.
    right = current_passwords().matches(approached.stored, form.password.data)
    failure = "password.check-failed"
    if service.settle(db.session, approached, right, now(), failure=failure) is None:
        form.password.errors = [_("This is not your password")]
    db.session.commit()
    return approached.delay


@bp.route("/account/codes", methods=["GET", "POST"])
@access(GET=SIGNED_IN, POST=SIGNED_IN)
def set_up_codes() -> ResponseReturnValue:
    """Show what to scan, and take the first code as a sign that it was."""
    form = CodeForm() if is_fresh(current_login(), now()) else CodeAndPasswordForm()
    delay = timedelta(0)
    secret = _candidate()
    forced = _codes_required() and current_person().totp_secret is None
    if form.validate_on_submit():
        delay = _check_password(form) if isinstance(form, CodeAndPasswordForm) else delay
        if not form.errors and (token := _take_codes(form, secret)):
            told = _("One-time codes are set up. You are signed out everywhere else")
            return _back(token, told, home=forced)
    body = page(
        "accounts/set_up_codes.html",
        form=form,
        secret=one_time_codes.in_groups(secret),
        picture=one_time_codes.picture(
            one_time_codes.address(secret, current_person().email, str(PRODUCT))
        ),
        forced=forced,
    )
    return answer_after(body, delay)


def _candidate() -> str:
    return one_time_codes.candidate(
        current_settings().secret_key, current_login().token_hash, current_person().totp_secret
    )


def _take_codes(form: Form, secret: str) -> str | None:
    token = service.set_up_codes(
        db.session, current_person(), secret, form.code.data, current_login(), now()
    )
    db.session.commit()
    if token is None:
        form.code.errors = [wrong_code()]
    return token


@bp.route("/account/codes/remove", methods=["GET", "POST"])
@access(GET=SIGNED_IN, POST=SIGNED_IN)
def remove_codes() -> ResponseReturnValue:
    """Stop asking for codes, where nothing requires them."""
    if _codes_required() or current_person().totp_secret is None:
        abort(404)
    form = PasswordAgainForm()
    delay = timedelta(0)
    if form.validate_on_submit():
        delay = _check_password(form)
        if not form.errors:
            service.remove_codes(db.session, current_person(), current_login(), now())
            db.session.commit()
            return _back(None, _("You will not be asked for one-time codes any more"))
    return answer_after(page("accounts/remove_codes.html", form=form), delay)


@bp.post("/account/sessions/<public_id>/end")
@access(POST=SIGNED_IN)
def end_session(public_id: str) -> ResponseReturnValue:
    """Sign out one other browser."""
    if not service.end_other_session(db.session, current_person(), public_id, now()):
        abort(404)
    db.session.commit()
    return _back(None, _("That browser is signed out"))


@bp.post("/account/sessions/end-others")
@access(POST=SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    service.end_other_sessions(db.session, current_person(), current_login(), now())
    db.session.commit()
    return _back(None, _("You are signed out everywhere else"))
