"""Accounts: find, add, allow, disable, help back in."""

from flask import Blueprint, abort, flash, make_response, redirect, request, url_for
from flask import render_template as page
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access
from portal.administration import placing, queries, service
from portal.administration.forms import AddPersonForm, DetailsForm, RolesForm
from portal.administration.refusals import NotDone
from portal.administration.words import refusal_words
from portal.clock import now, today
from portal.current import current_library, current_passwords, current_person
from portal.extensions import db
from portal.login import current_login, let_in
from portal.models import Person, Role, TeamRole
from portal.passwords import new_password
from portal.sessions import live_sessions, start_session

bp = Blueprint("people", __name__)


@bp.get("/")
@access(GET=Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Everybody with an account, by name, or those whose name or address is asked for."""
    text = request.args.get("q", "").strip()[:100]
    found = queries.people_page(
        db.session,
        text,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return page("administration/people.html", found=found, text=text)


def get_person(public_id: str, *, lock: bool = False) -> Person:
    """The person whom an address names, or the page that says there is none."""
    return queries.find_person(db.session, public_id, lock=lock) or abort(404)


def page_of(person: Person) -> str:
    """The address of a person's page."""
    return url_for("administration.people.person", public_id=person.public_id)


def to_person(person: Person, told: str) -> ResponseReturnValue:
    """Back to the person's page, which tells what was done."""
    flash(told)
    return redirect(page_of(person), 303)


@bp.route("/people/add", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def add() -> ResponseReturnValue:
    """Add somebody. The answer itself shows the first password, which is stored nowhere."""
    form = AddPersonForm(data={"starts_on": today()})
    titles = {each.slug: each.title for each in current_library().programmes.values()}
    form.offer(queries.teams(db.session), titles, queries.active_mentors(db.session))
    if form.validate_on_submit():
        password = new_password()
        # Hashed with no transaction open: whoever wants to write need not wait for it.
        db.session.rollback()
        password_hash = current_passwords().hash(password)
        try:
            added = _add(form, password_hash)
        except NotDone as refused:
            form.email.errors = [refusal_words(refused.refusal)]
        else:
            db.session.commit()
            return page("administration/first_password.html", whom=added, password=password)
    return page("administration/add_person.html", form=form)


def _add(form: AddPersonForm, password_hash: str) -> Person:
    actor, at = current_person(), now()
    added = service.add_person(
        db.session,
        name=form.name.data or "",
        email=form.email.data or "",
        roles=form.chosen,
        password_hash=password_hash,
        actor=actor,
        at=at,
    )
    since = form.starts_on.data
    team = queries.find_team(db.session, form.team.data or "")
    if team is not None and since is not None:
        placing.join_team(db.session, team, added, TeamRole.MEMBER, since, actor=actor, at=at)
    if form.programme.data and since is not None:
        placing.enrol(db.session, added, form.programme.data, since, actor=actor, at=at)
    mentor = queries.find_person(db.session, form.mentor.data or "")
    placing.name_mentor(db.session, added, mentor, actor=actor, at=at)
    return added


@bp.get("/people/<public_id>")
@access(GET=Role.ADMINISTRATOR)
def person(public_id: str) -> ResponseReturnValue:
    """One account: what it may do, where it belongs, and what can be done about it."""
    whom = get_person(public_id)
    return page(
        "administration/person.html",
        whom=whom,
        mentor=queries.find_mentor(db.session, whom),
        memberships=queries.memberships_of_person(db.session, whom),
        enrolments=queries.enrolments_of(db.session, whom),
        programmes=current_library().programmes,
        sessions=len(live_sessions(db.session, whom, now())),
        today=today(),
    )


@bp.route("/people/<public_id>/details", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def details(public_id: str) -> ResponseReturnValue:
    """Put a name or an address right."""
    whom = get_person(public_id, lock=request.method == "POST")
    form = DetailsForm(data={"name": whom.name, "email": whom.email})
    if form.validate_on_submit():
        try:
            service.change_details(
                db.session,
                whom,
                name=form.name.data or "",
                email=form.email.data or "",
                actor=current_person(),
                at=now(),
            )
        except NotDone as refused:
            form.email.errors = [refusal_words(refused.refusal)]
        else:
            db.session.commit()
            return to_person(whom, _("The details are saved"))
    return page("administration/details.html", whom=whom, form=form)


@bp.route("/people/<public_id>/roles", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def roles(public_id: str) -> ResponseReturnValue:
    """Say what somebody may do. It takes hold with their next request."""
    whom = get_person(public_id, lock=request.method == "POST")
    form = RolesForm(data={"roles": [role.value for role in whom.roles]})
    form.offer_roles()
    if form.validate_on_submit():
        try:
            changed = service.set_roles(
                db.session, whom, form.chosen, actor=current_person(), at=now()
            )
        except NotDone as refused:
            form.roles.errors = [refusal_words(refused.refusal)]
        else:
            return _after_roles(whom, changed)
    return page("administration/roles.html", whom=whom, form=form)


def _after_roles(whom: Person, changed: bool) -> ResponseReturnValue:
    """Whoever changed their own roles goes on in a new session; others sign in again."""
    token = ""
    if changed and whom.id == current_person().id:
        token = start_session(db.session, whom, now(), browser=current_login().browser)
    db.session.commit()
    told = _("The roles are saved") if changed else _("Nothing was changed")
    if not token:
        return to_person(whom, told)
    onwards = page_of(whom) if Role.ADMINISTRATOR in whom.roles else "/account"
    response = let_in(make_response(redirect(onwards, 303)), token)
    flash(told)
    return response
