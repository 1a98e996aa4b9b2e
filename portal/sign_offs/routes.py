"""Sign-offs: what a mentor's learners wait for, and the answer to each."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.library import Library
from domain.programmes import Programme, Requirement, RequirementKind
from portal.access import access
from portal.clock import now, today
from portal.current import current_library, current_person
from portal.extensions import db
from portal.filters import instant
from portal.models import Enrolment, Role, TrainingEvent
from portal.sign_offs.forms import SAW, DecisionForm
from portal.sign_offs.queries import (
    find_answer,
    find_enrolment,
    find_request,
    latest_decisions,
    requests_waiting,
)
from portal.sign_offs.service import say_not_yet, sign_off

bp = Blueprint("sign_offs", __name__, url_prefix="/sign-offs", template_folder="templates")


@dataclass(frozen=True)
class Asked:
    """An entry of a record, with the programme and the task that it names."""

    event: TrainingEvent
    programme: Programme
    requirement: Requirement


@bp.get("/")
@access(GET=Role.MENTOR)
def waiting() -> ResponseReturnValue:
    """Who waits for this mentor, and what the mentor decided of late."""
    library, mentor = current_library(), current_person()
    return render_template(
        "sign_offs/waiting.html",
        waiting=_known(library, requests_waiting(db.session, mentor=mentor, on=today())),
        decided=_known(library, latest_decisions(db.session, mentor=mentor)),
    )


@bp.route("/<public_id>", methods=["GET", "POST"])
@access(GET=Role.MENTOR, POST=Role.MENTOR)
def decide(public_id: str) -> ResponseReturnValue:
    """One task: what good looks like, what the learner says, and what the mentor says."""
    event = find_request(db.session, public_id, mentor=current_person()) or abort(404)
    asked = next(iter(_known(current_library(), [event])), None) or abort(404)
    hold = request.method == "POST"
    enrolment = find_enrolment(db.session, event, today(), hold=hold) or abort(404)
    answer = find_answer(db.session, event)
    form = DecisionForm()
    if answer is None and form.validate_on_submit():
        flash(_receipt(_decide(asked, enrolment, form)))
        return redirect(url_for("sign_offs.waiting"))
    return render_template("sign_offs/decide.html", asked=asked, answer=answer, form=form)


def _decide(asked: Asked, enrolment: Enrolment, form: DecisionForm) -> TrainingEvent:
    act = sign_off if form.decision.data == SAW else say_not_yet
    event = act(
        db.session,
        current_library(),
        enrolment,
        asked.requirement,
        current_person(),
        form.evidence.data or "",
        now(),
    )
    db.session.commit()
    return event


def _receipt(event: TrainingEvent) -> str:
    words = _(
        "Recorded for %(name)s. Record number %(number)s, %(time)s.",
        name=event.person.name,
        number=event.public_id,
        time=instant(event.happened_at),
    )
    return str(words)


def _known(library: Library, events: Iterable[TrainingEvent]) -> list[Asked]:
    """Those entries whose task is still authored: nobody can judge what no page describes."""
    found = []
    for event in events:
        programme = library.programmes.get(event.programme)
        for requirement in programme.requirements if programme else ():
            if (requirement.id, requirement.kind) == (
                event.requirement,
                RequirementKind.OBSERVED_TASK,
            ):
                found.append(Asked(event, library.programmes[event.programme], requirement))
    return found
