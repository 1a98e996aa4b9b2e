"""Publishing: what changed and whom it touches, a decision for each change, the history."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.standing import Meaning
from portal.access import access
from portal.clock import now, today
from portal.current import current_library, current_person
from portal.extensions import db
from portal.models import Publication, Role
from portal.publishing.changes import changes_in, impact_since
from portal.publishing.difference import difference
from portal.publishing.forms import DecideForm, decide_form
from portal.publishing.queries import (
    bodies_before,
    everybody,
    find_last_publication,
    find_publication,
    live_sections,
    organisations_by_group,
    publications,
    take_turns,
)
from portal.publishing.report import Report, report_on
from portal.publishing.service import decide as with_what_follows
from portal.publishing.service import publish
from portal.publishing.words import words

bp = Blueprint("publishing", __name__, url_prefix="/publishing", template_folder="templates")
bp.context_processor(words)


@bp.route("/", methods=["GET", "POST"])
@access(GET=Role.EDITOR, POST=Role.EDITOR)
def decide() -> ResponseReturnValue:
    """What changed since the last publication: decide, check, publish."""
    step = request.form.get("step", "")
    if step == "publish":
        take_turns(db.session)
    last = find_last_publication(db.session)
    if last is None:
        return render_template("publishing/nothing.html", last=None)
    report = _report()
    if not report.changes:
        return _nothing(last)
    form = decide_form(report, f"{last.public_id}.{current_library().version}")
    if step in ("", "change") or not form.validate():
        # What the page told is told anew, whatever it was when the form was filled in.
        form.state.data = form.current_state
        return render_template("publishing/decide.html", form=form, report=report, last=last)
    if step == "publish":
        return _publish(report, form)
    return _check(report, form)


@bp.get("/history")
@access(GET=Role.EDITOR)
def history() -> ResponseReturnValue:
    """Every publication, the newest first."""
    return render_template("publishing/history.html", publications=publications(db.session))


@bp.get("/publications/<public_id>")
@access(GET=Role.EDITOR)
def publication(public_id: str) -> ResponseReturnValue:
    """One publication: what changed in each section, and what was decided of it."""
    found = find_publication(db.session, public_id) or abort(404)
    before = bodies_before(db.session, found)
    return render_template(
        "publishing/publication.html",
        publication=found,
        sections=[
            (section, difference(before[section.section], section.body))
            if section.section in before
            else (section, ())
            for section in found.sections
        ],
    )


def _report() -> Report:
    library = current_library()
    live = live_sections(db.session)
    impact = impact_since(live, library)
    changes = changes_in(impact, live, library)
    return report_on(
        impact,
        changes,
        everybody(db.session, library, [each.section for each in changes], today()),
        organisations_by_group(db.session, [group.slug for group in impact.groups]),
        library,
    )


def _nothing(last: Publication) -> ResponseReturnValue:
    if request.method == "POST":
        # Pressed twice, or published by somebody else in the meantime.
        return redirect(url_for("publishing.publication", public_id=last.public_id))
    return render_template("publishing/nothing.html", last=last)


def _check(report: Report, form: DecideForm) -> ResponseReturnValue:
    decisions = with_what_follows(report.changes, form.decisions())
    material = [each for each, made in decisions.items() if made.meaning is Meaning.MATERIAL]
    return render_template(
        "publishing/check.html",
        answers=form,
        report=report,
        decisions=decisions,
        touched=report.touched_by(material),
    )


def _publish(report: Report, form: DecideForm) -> ResponseReturnValue:
    published = publish(
        db.session,
        report,
        form.decisions(),
        library_version=current_library().version,
        summary=form.summary.data,
        publisher=current_person(),
        at=now(),
    )
    public_id = published.public_id
    db.session.commit()
    flash(_("Published"))
    return redirect(url_for("publishing.publication", public_id=public_id))
