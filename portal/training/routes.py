"""My training: the learner's home, each requirement, and the whole record."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.programmes import RequirementKind
from portal.access import access
from portal.audit import record
from portal.clock import now, today
from portal.current import current_library, current_person
from portal.exports import csv_response
from portal.extensions import db
from portal.filters import instant
from portal.models import Role, TrainingEvent
from portal.records import Duty, standings_of
from portal.training.forms import AskForm, ReadForm
from portal.training.history import CSV_HEAD, csv_rows, entries
from portal.training.overview import changed, item, overview
from portal.training.queries import (
    count_events,
    enrolments_of,
    events_about,
    events_of,
    find_enrolment,
    find_mentor,
    texts_published,
)
from portal.training.service import OPEN, ask_for_sign_off, mark_as_read

bp = Blueprint("training", __name__, url_prefix="/training", template_folder="templates")

PAGE = 50


@bp.get("/")
@access(GET=Role.LEARNER)
def home() -> ResponseReturnValue:
    """What to do next, then, again, and what is done."""
    enrolments = enrolments_of(db.session, current_person(), today())
    duties = standings_of(db.session, current_library(), enrolments, today())
    return render_template(
        "training/home.html", overview=overview(current_library(), duties, today())
    )


@bp.get("/<enrolment_id>/<requirement_id>")
@access(GET=Role.LEARNER)
def requirement(enrolment_id: str, requirement_id: str) -> ResponseReturnValue:
    """One requirement: what it asks, where the learner stands, and what to do about it."""
    duty = _duty(enrolment_id, requirement_id)
    return _page(duty, _form(duty))


@bp.post("/<enrolment_id>/<requirement_id>/read")
@access(POST=Role.LEARNER)
def read(enrolment_id: str, requirement_id: str) -> ResponseReturnValue:
    """The learner has read the page."""
    duty = _duty(enrolment_id, requirement_id, hold=True)
    form = _form(duty)
    if not isinstance(form, ReadForm):
        abort(404)
    if not form.validate_on_submit():
        return _page(duty, form)
    event = mark_as_read(db.session, current_library(), duty, current_person(), now())
    db.session.commit()
    if event is None:
        flash(_("It was on record already that you have read “%(title)s”.", title=_title(duty)))
    else:
        flash(_("Recorded: you have read “%(title)s”. ", title=_title(duty)) + _receipt(event))
    return redirect(url_for("training.home"))


@bp.post("/<enrolment_id>/<requirement_id>/ask")
@access(POST=Role.LEARNER)
def ask(enrolment_id: str, requirement_id: str) -> ResponseReturnValue:
    """The learner asks the mentor to sign a task off."""
    duty = _duty(enrolment_id, requirement_id, hold=True)
    form = _form(duty)
    if not isinstance(form, AskForm):
        abort(404)
    if not form.validate_on_submit() or find_mentor(db.session, current_person()) is None:
        return _page(duty, form)
    note = form.note.data or ""
    event = ask_for_sign_off(db.session, current_library(), duty, current_person(), note, now())
    db.session.commit()
    if event is None:
        flash(_("You have asked for this sign-off already."))
    else:
        flash(_("Your mentor now sees that you asked for a sign-off. ") + _receipt(event))
    return redirect(url_for("training.home"))


@bp.get("/record")
@access(GET=Role.LEARNER)
def history() -> ResponseReturnValue:
    """Everything on record about the learner, the newest first."""
    learner = current_person()
    pages = max(1, -(-count_events(db.session, learner) // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    events = events_of(db.session, learner, skip=(page - 1) * PAGE, most=PAGE)
    return render_template(
        "training/history.html",
        entries=entries(current_library(), events),
        page=page,
        pages=pages,
    )


@bp.get("/record.csv")
@access(GET=Role.LEARNER, records=True)
def download() -> Response:
    """The same as a spreadsheet."""
    learner = current_person()
    rows = csv_rows(entries(current_library(), events_of(db.session, learner)))
    record(
        db.session,
        "training.exported",
        actor=learner,
        subject=f"person:{learner.public_id}",
        detail=f"{len(rows)} rows",
        at=now(),
    )
    db.session.commit()
    return csv_response("training-record.csv", CSV_HEAD, rows)


def _duty(enrolment_id: str, requirement_id: str, *, hold: bool = False) -> Duty:
    """The learner's own duty, or 404."""
    enrolment = find_enrolment(
        db.session, enrolment_id, learner=current_person(), on=today(), hold=hold
    )
    if enrolment is None:
        abort(404)
    duties = standings_of(db.session, current_library(), [enrolment], today())
    return next((d for d in duties if d.requirement.id == requirement_id), None) or abort(404)


def _title(duty: Duty) -> str:
    return duty.requirement.title


def _receipt(event: TrainingEvent) -> str:
    when = instant(event.happened_at)
    return str(_("Record number %(number)s, %(time)s.", number=event.public_id, time=when))


def _form(duty: Duty) -> ReadForm | AskForm | None:
    match duty.requirement.kind:
        case RequirementKind.READING:
            return ReadForm(current_library().pages[duty.requirement.subject].version)
        case RequirementKind.OBSERVED_TASK:
            return AskForm()
        case RequirementKind.QUIZ:
            return None


def _page(duty: Duty, form: ReadForm | AskForm | None) -> ResponseReturnValue:
    library, learner = current_library(), current_person()
    held = [each for each in duty.rests_on if each[0] in duty.standing.changed]
    events = events_about(db.session, learner, duty.programme.slug, duty.requirement.id)
    return render_template(
        "training/requirement.html",
        duty=duty,
        item=item(library, duty, today()),
        changed=changed(library, duty, texts_published(db.session, held)),
        page=library.pages.get(duty.requirement.subject),
        quiz=library.quizzes.get(duty.requirement.subject),
        mentor=find_mentor(db.session, learner),
        is_open=duty.standing.status in OPEN,
        entries=entries(library, events),
        form=form,
    )
