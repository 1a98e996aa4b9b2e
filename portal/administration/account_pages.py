"""What is done to one account: shut out, let in again, helped with a password or codes."""

from flask import Blueprint, redirect, request
from flask import render_template as page
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access
from portal.administration import queries, service
from portal.administration.forms import ConfirmForm
from portal.administration.people_pages import get_person, page_of, to_person
from portal.administration.refusals import NotDone
from portal.administration.words import refusal_words
from portal.clock import now, today
from portal.current import current_passwords, current_person
from portal.extensions import db
from portal.models import Role
from portal.passwords import new_password

bp = Blueprint("account", __name__, url_prefix="/people/<public_id>")


@bp.route("/disable", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def disable(public_id: str) -> ResponseReturnValue:
    """Show what it means to disable an account, and do it."""
    whom = get_person(public_id, lock=request.method == "POST")
    if not whom.active:
        return redirect(page_of(whom), 303)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            service.disable(db.session, whom, actor=current_person(), at=now())
        except NotDone as refused:
            form.form_errors = [refusal_words(refused.refusal)]
        else:
            db.session.commit()
            return to_person(whom, _("The account is disabled, and signed out everywhere"))
    memberships = [
        each
        for each in queries.memberships_of_person(db.session, whom)
        if each.ends_on is None or each.ends_on > today()
    ]
    return page(
        "administration/disable.html",
        whom=whom,
        form=form,
        learners=queries.learners_of(db.session, whom),
        memberships=memberships,
    )


@bp.post("/enable")
@access(POST=Role.ADMINISTRATOR)
def enable(public_id: str) -> ResponseReturnValue:
    """Let somebody sign in again."""
    whom = get_person(public_id, lock=True)
    if not whom.active:
        service.enable(db.session, whom, actor=current_person(), at=now())
        db.session.commit()
    return to_person(whom, _("The account is enabled"))


@bp.route("/password", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def reset_password(public_id: str) -> ResponseReturnValue:
    """Make a new password. The answer itself shows it, since it is stored nowhere."""
    whom, form = get_person(public_id), ConfirmForm()
    if not form.validate_on_submit():
        return page("administration/reset_password.html", whom=whom, form=form)
    password = new_password()
    # Hashed with no transaction open: whoever wants to write need not wait for it.
    db.session.rollback()
    password_hash = current_passwords().hash(password)
    whom = get_person(public_id, lock=True)
    try:
        service.reset_password(db.session, whom, password_hash, actor=current_person(), at=now())
    except NotDone as refused:
        form.form_errors = [refusal_words(refused.refusal)]
        return page("administration/reset_password.html", whom=whom, form=form)
    db.session.commit()
    return page("administration/first_password.html", whom=whom, password=password)


@bp.route("/codes", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def reset_codes(public_id: str) -> ResponseReturnValue:
    """Let somebody set up one-time codes anew, whose device is lost."""
    whom = get_person(public_id, lock=request.method == "POST")
    if whom.totp_secret is None:
        return redirect(page_of(whom), 303)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            service.reset_codes(db.session, whom, actor=current_person(), at=now())
        except NotDone as refused:
            form.form_errors = [refusal_words(refused.refusal)]
        else:
            db.session.commit()
            return to_person(whom, _("The one-time codes are reset"))
    return page("administration/reset_codes.html", whom=whom, form=form)


@bp.post("/sign-out")
@access(POST=Role.ADMINISTRATOR)
def sign_out(public_id: str) -> ResponseReturnValue:
    """End every session of somebody."""
    whom = get_person(public_id)
    service.sign_out_everywhere(db.session, whom, actor=current_person(), at=now())
    db.session.commit()
    return to_person(whom, _("They are signed out everywhere"))
