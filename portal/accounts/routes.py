"""Signing in, with a password and a one-time code, and signing out."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, flash, make_response, redirect, request, url_for
from flask import render_template as page
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import PUBLIC, access, access_of
from portal.accounts import service
from portal.accounts.forms import CodeForm, SignInForm, delay_words, wrong_code
from portal.accounts.own_account import answer_after
from portal.accounts.own_account import bp as own_account_bp
from portal.accounts.service import Approach
from portal.clock import now
from portal.current import current_passwords, current_settings, find_current_person
from portal.destinations import home_of, safe_destination
from portal.extensions import db
from portal.login import (
    current_login,
    current_token,
    find_half_way,
    find_known_browser,
    let_in,
    let_out,
    remember_browser,
)
from portal.models import Person
from portal.sessions import browser_words, end_session

bp = Blueprint("accounts", __name__, template_folder="templates")
bp.register_blueprint(own_account_bp)

# What somebody can do who must first see to their account.
_ALWAYS_OPEN = {"accounts.own.change_password", "accounts.own.set_up_codes"}


@bp.before_app_request
def see_to_the_account_first() -> ResponseReturnValue | None:
    """Lead whoever has a borrowed password, or still needs codes, to what they must do."""
    endpoint = request.endpoint
    if endpoint is None or endpoint in _ALWAYS_OPEN:
        return None
    if access_of(current_app, endpoint).rules.get(request.method) is PUBLIC:
        return None
    person = find_current_person()
    if person is None:
        return None
    if person.must_change_password:
        return redirect(url_for("accounts.own.change_password"), 303)
    if service.must_set_up_codes(person, required=current_settings().require_totp):
        return redirect(url_for("accounts.own.set_up_codes"), 303)
    return None


@bp.route("/sign-in", methods=["GET", "POST"])
@access(GET=PUBLIC, POST=PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Ask who it is. Every failure has the same words and takes as long."""
    form = SignInForm()
    if form.validate_on_submit():
        approached = service.approach(
            db.session,
            form.email.data or "",
            now(),
            address=request.remote_addr,
            known=find_known_browser(),
        )
        db.session.commit()
        person = None if approached.delay else _judge(approached, form.password.data or "")
        if person is not None:
            return _begin(person)
        form.email.errors = [_refusal(approached.delay)]
        return answer_after(page("accounts/sign_in.html", form=form), approached.delay)
    someone = find_current_person()
    if someone is not None and request.method == "GET":
        return redirect(_destination(someone))
    return page("accounts/sign_in.html", form=form)


def _judge(approached: Approach, password: str) -> Person | None:
    # No transaction is open here: whoever wants to write need not wait for the hash.
    passwords = current_passwords()
    right = passwords.matches(approached.stored, password)
    outworn = right and passwords.needs_rehash(approached.stored or "")
    fresh = passwords.hash(password) if outworn else None
    person = service.settle(db.session, approached, right, now())
    if person is None:
        db.session.commit()
    elif fresh is not None:
        person.password_hash = fresh
    return person


def _begin(person: Person) -> ResponseReturnValue:
    browser = browser_words(request.user_agent.string)
    # Whoever was signed in here before is not any more.
    end_session(db.session, current_token())
    token = service.begin_session(db.session, person, now(), browser=browser)
    half_way = person.totp_secret is not None
    db.session.commit()
    if half_way:
        onwards = url_for("accounts.sign_in_code", next=request.args.get("next"))
        return let_in(make_response(redirect(onwards, 303)), token)
    return _arrived(person, token)


def _arrived(person: Person, token: str) -> Response:
    response = make_response(redirect(_destination(person), 303))
    return remember_browser(let_in(response, token), person)


def _destination(person: Person) -> str:
    asked = request.args.get("next", "")
    return safe_destination(current_app, asked) or home_of(person.roles)


def _refusal(delay: timedelta) -> str:
    return delay_words(delay) if delay else _("The email address or the password is wrong")


@bp.route("/sign-in/code", methods=["GET", "POST"])
@access(GET=PUBLIC, POST=PUBLIC)
def sign_in_code() -> ResponseReturnValue:
    """Ask for a one-time code, of whoever has just given a right password."""
    found = find_half_way()
    if found is None:
        return redirect(url_for("accounts.sign_in", next=request.args.get("next")), 303)
    half, person = found
    form = CodeForm()
    if not form.validate_on_submit():
        return page("accounts/sign_in_code.html", form=form)
    outcome = service.judge_code(db.session, person, form.code.data or "", now())
    if not outcome.right:
        db.session.commit()
        form.code.errors = [delay_words(outcome.delay) if outcome.delay else wrong_code()]
        return answer_after(page("accounts/sign_in_code.html", form=form), outcome.delay)
    token = service.complete_session(db.session, half, person, now())
    db.session.commit()
    return _arrived(person, token)


@bp.post("/sign-out")
@access(POST=PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session in hand, if there is one; nobody is told off for pressing twice."""
    person = find_current_person()
    if person is not None:
        service.sign_out(db.session, person, current_login(), now())
    db.session.commit()
    response = let_out(make_response(redirect(url_for("accounts.sign_in"), 303)))
    flash(_("You are signed out"))
    return response
