"""Teams, programmes and mentors: where people belong, from when to when."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask import render_template as page
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access
from portal.administration import placing, queries
from portal.administration.forms import EnrolForm, JoinForm, LastDayForm, MentorForm, TeamForm
from portal.administration.people_pages import get_person, to_person
from portal.administration.refusals import NotDone
from portal.administration.service import same_address
from portal.administration.words import refusal_words
from portal.clock import now, today
from portal.current import current_library, current_person
from portal.extensions import db
from portal.models import Enrolment, Role, Team, TeamRole

bp = Blueprint("placing", __name__)


@bp.get("/teams")
@access(GET=Role.ADMINISTRATOR)
def teams() -> ResponseReturnValue:
    """Every team, with how many belong to it today."""
    return page(
        "administration/teams.html",
        teams=queries.teams(db.session),
        sizes=queries.sizes_of_teams(db.session, today()),
    )


@bp.route("/teams/add", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def add_team() -> ResponseReturnValue:
    """Make a team."""
    form = TeamForm()
    if form.validate_on_submit():
        try:
            team = placing.create_team(
                db.session, form.name.data or "", actor=current_person(), at=now()
            )
        except NotDone as refused:
            form.name.errors = [refusal_words(refused.refusal)]
        else:
            db.session.commit()
            return _to_team(team, _("The team is created"))
    return page("administration/add_team.html", form=form)


@bp.get("/teams/<public_id>")
@access(GET=Role.ADMINISTRATOR)
def team(public_id: str) -> ResponseReturnValue:
    """Who is in a team, or will be."""
    shown = _get_team(public_id)
    return page(
        "administration/team.html",
        team=shown,
        memberships=queries.memberships_of_team(db.session, shown, today()),
        today=today(),
    )


def _get_team(public_id: str, *, lock: bool = False) -> Team:
    return queries.find_team(db.session, public_id, lock=lock) or abort(404)


def _to_team(team: Team, told: str) -> ResponseReturnValue:
    flash(told)
    return redirect(url_for("administration.placing.team", public_id=team.public_id), 303)


@bp.route("/teams/<public_id>/join", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def join(public_id: str) -> ResponseReturnValue:
    """Put somebody into a team."""
    shown = _get_team(public_id, lock=request.method == "POST")
    form = JoinForm(data={"starts_on": today()})
    form.offer()
    if form.validate_on_submit() and _join(shown, form):
        db.session.commit()
        return _to_team(shown, _("They are in the team"))
    return page("administration/join.html", team=shown, form=form)


def _join(team: Team, form: JoinForm) -> bool:
    """Whether it was done; if not, the form says why."""
    whom = queries.find_person_by_email(db.session, same_address(form.email.data or ""))
    starts_on = form.starts_on.data
    if whom is None or starts_on is None:
        form.email.errors = [_("Nobody has an account with this address. Add the person first")]
        return False
    role, actor = TeamRole(form.role.data), current_person()
    try:
        placing.join_team(db.session, team, whom, role, starts_on, actor=actor, at=now())
    except NotDone as refused:
        form.email.errors = [refusal_words(refused.refusal)]
        return False
    return True


@bp.route(
    "/teams/<public_id>/memberships/<int(max=2147483647):membership_id>/end",
    methods=["GET", "POST"],
)
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def end_membership(public_id: str, membership_id: int) -> ResponseReturnValue:
    """Name the last day of somebody in a team."""
    shown = _get_team(public_id, lock=request.method == "POST")
    membership = queries.find_membership(db.session, shown, membership_id) or abort(404)
    form = LastDayForm(data={"last_day": today()})
    if form.validate_on_submit() and form.last_day.data:
        last_day, actor = form.last_day.data, current_person()
        try:
            placing.leave_team(db.session, membership, last_day, actor=actor, at=now())
        except NotDone as refused:
            form.last_day.errors = [refusal_words(refused.refusal)]
        else:
            db.session.commit()
            return _to_team(shown, _("The last day in the team is saved"))
    return page("administration/end_membership.html", team=shown, membership=membership, form=form)


@bp.route("/people/<public_id>/enrol", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def enrol(public_id: str) -> ResponseReturnValue:
    """Put somebody on a programme."""
    whom = get_person(public_id, lock=request.method == "POST")
    form = EnrolForm(data={"starts_on": today()})
    programmes = current_library().programmes.values()
    form.programme.choices = [(each.slug, each.title) for each in programmes]
    if form.validate_on_submit() and form.starts_on.data:
        programme, starts_on = form.programme.data or "", form.starts_on.data
        try:
            placing.enrol(db.session, whom, programme, starts_on, actor=current_person(), at=now())
        except NotDone as refused:
            form.programme.errors = [refusal_words(refused.refusal)]
        else:
            db.session.commit()
            return to_person(whom, _("They are enrolled"))
    return page("administration/enrol.html", whom=whom, form=form)


@bp.route("/enrolments/<public_id>/end", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def end_enrolment(public_id: str) -> ResponseReturnValue:
    """Name somebody's last day on a programme."""
    enrolment = queries.find_enrolment(db.session, public_id) or abort(404)
    form = LastDayForm(data={"last_day": today()})
    if form.validate_on_submit() and form.last_day.data:
        last_day, actor = form.last_day.data, current_person()
        try:
            placing.end_enrolment(db.session, enrolment, last_day, actor=actor, at=now())
        except NotDone as refused:
            form.last_day.errors = [refusal_words(refused.refusal)]
        else:
            db.session.commit()
            return to_person(enrolment.person, _("The last day on the programme is saved"))
    title = _title_of(enrolment)
    return page(
        "administration/end_enrolment.html",
        whom=enrolment.person,
        enrolment=enrolment,
        programme_title=title,
        form=form,
    )


def _title_of(enrolment: Enrolment) -> str:
    programme = current_library().programmes.get(enrolment.programme)
    return programme.title if programme else enrolment.programme


@bp.route("/people/<public_id>/mentor", methods=["GET", "POST"])
@access(GET=Role.ADMINISTRATOR, POST=Role.ADMINISTRATOR)
def mentor(public_id: str) -> ResponseReturnValue:
    """Name who brings somebody on."""
    whom = get_person(public_id, lock=request.method == "POST")
    named = queries.find_mentor(db.session, whom)
    form = MentorForm(data={"mentor": named.public_id if named else ""})
    form.offer(queries.active_mentors(db.session))
    if form.validate_on_submit():
        chosen = queries.find_person(db.session, form.mentor.data or "")
        try:
            placing.name_mentor(db.session, whom, chosen, actor=current_person(), at=now())
        except NotDone as refused:
            form.mentor.errors = [refusal_words(refused.refusal)]
        else:
            db.session.commit()
            return to_person(whom, _("The mentor is saved"))
    return page("administration/mentor.html", whom=whom, form=form)
