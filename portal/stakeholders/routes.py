"""The register: who we engage with, how each was assessed, and the matrix."""

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from domain.stakeholders import Scheme
from portal.access import access
from portal.clock import now, today
from portal.current import current_library, current_person
from portal.exports import csv_response
from portal.extensions import db
from portal.models import Organisation, Role
from portal.models.base import new_public_id
from portal.stakeholders.exporting import (
    SHAREABLE,
    WITH_SCORES,
    scored_rows,
    shareable_rows,
)
from portal.stakeholders.forms import (
    AssessForm,
    DayForm,
    FilterForm,
    OrganisationForm,
    assess_form,
)
from portal.stakeholders.matrix import matrix as placed
from portal.stakeholders.queries import (
    assessments_on,
    find_assessment,
    find_organisation,
    history,
    names_and_slugs,
    organisations_on,
    take_turns,
)
from portal.stakeholders.register import Choice, Entry, chosen, entries, position, position_of
from portal.stakeholders.service import add_organisation, record_export
from portal.stakeholders.service import assess as record_assessment
from portal.stakeholders.words import words

OFFICER = Role.ENGAGEMENT_OFFICER
READERS = (Role.ENGAGEMENT_OFFICER, Role.ADMINISTRATOR)

bp = Blueprint("stakeholders", __name__, url_prefix="/stakeholders", template_folder="templates")
bp.context_processor(words)


@bp.get("/")
@access(GET=READERS)
def register() -> ResponseReturnValue:
    """Who we engage with: all organisations, or those that were asked for."""
    form = _filter()
    everyone = _register(form)
    return render_template(
        "stakeholders/register.html",
        form=form,
        on=form.day(),
        everyone=everyone,
        entries=chosen(everyone, form.choice(), form.day()),
        asked=request.args.to_dict(),
        **_titles(),
        may_score=OFFICER in current_person().roles,
    )


@bp.get("/register.csv")
@access(records=True, GET=READERS)
def download() -> ResponseReturnValue:
    """The register with its scores, for those who may see them."""
    form = _filter()
    listed = chosen(_register(form), form.choice(), form.day())
    rows = list(scored_rows(listed, **_titles()))
    _record_export("with-scores", form, form.choice(), len(rows))
    return csv_response("stakeholder-register.csv", WITH_SCORES, rows)


@bp.get("/shareable.csv")
@access(records=True, GET=READERS)
def download_shareable() -> ResponseReturnValue:
    """The register without anything that follows from scores, to share."""
    form = _filter()
    # Which organisations are of a tier would give their scores away.
    choice = replace(form.choice(), tier="", review="")
    listed = chosen(_register(form), choice, form.day())
    rows = list(shareable_rows(listed, **_titles()))
    _record_export("shareable", form, choice, len(rows))
    return csv_response("organisations.csv", SHAREABLE, rows)


@bp.get("/matrix")
@access(GET=READERS)
def matrix() -> ResponseReturnValue:
    """Influence and interest, as on a day."""
    form = DayForm(request.args, today())
    form.validate()
    everyone = _register(form)
    return render_template(
        "stakeholders/matrix.html",
        form=form,
        on=form.day(),
        matrix=placed(everyone),
        scales={each.attribute.value: each for each in _scheme().scales},
    )


@bp.route("/add", methods=["GET", "POST"])
@access(GET=OFFICER, POST=OFFICER)
def add() -> ResponseReturnValue:
    """Enter an organisation in the register."""
    known = names_and_slugs(db.session)
    form = OrganisationForm(current_library().engagement, known)
    if form.validate_on_submit():
        organisation = add_organisation(
            db.session, form.proposal(), known=known, officer=current_person(), at=now()
        )
        slug, name = organisation.slug, organisation.name
        db.session.commit()
        flash(_("%(name)s is in the register", name=name))
        return redirect(url_for("stakeholders.organisation", slug=slug))
    return render_template("stakeholders/add.html", form=form)


@bp.get("/<slug>")
@access(GET=READERS)
def organisation(slug: str) -> ResponseReturnValue:
    """One organisation: its stake, where it stands and why, and how that came about."""
    found = _organisation(slug)
    past = [Entry(found, each, position_of(each)) for each in history(db.session, found)]
    return render_template(
        "stakeholders/organisation.html",
        organisation=found,
        entry=past[0] if past else Entry(found, None, None),
        history=past,
        scheme=_scheme(),
        today=today(),
        may_score=OFFICER in current_person().roles,
        **_titles(),
    )


@bp.route("/<slug>/assess", methods=["GET", "POST"])
@access(GET=OFFICER, POST=OFFICER)
def assess(slug: str) -> ResponseReturnValue:
    """Score an organisation: fill in, check the answers with what follows from them, save."""
    found = _organisation(slug)
    form = assess_form(_scheme())
    step = request.form.get("step", "")
    if step == "change" or not form.validate_on_submit():
        return render_template(
            "stakeholders/assess.html", form=form, organisation=found, scheme=_scheme()
        )
    if step == "save" and form.assessment.data:
        _save(found, form)
        flash(_("Your assessment of %(name)s is saved", name=found.name))
        return redirect(url_for("stakeholders.organisation", slug=slug))
    form.assessment.data = form.assessment.data or new_public_id()
    scoring = form.scoring()
    return render_template(
        "stakeholders/check.html",
        answers=form,
        organisation=found,
        scheme=_scheme(),
        scoring=scoring,
        position=position(scoring.levels, today()),
        today=today(),
    )


def _save(organisation: Organisation, form: AssessForm) -> None:
    take_turns(db.session, organisation)
    public_id, assessor = form.assessment.data, current_person()
    found = find_assessment(db.session, public_id)
    # A second press of the button finds what the first one saved, and nothing else.
    if found and (found.organisation_id, found.assessor_id) != (organisation.id, assessor.id):
        abort(400)
    if found is None:
        record_assessment(
            db.session,
            organisation,
            form.scoring(),
            public_id=public_id,
            scheme_version=_scheme().version,
            assessor=assessor,
            at=now(),
        )
    db.session.commit()


def _filter() -> FilterForm:
    form = FilterForm(request.args, current_library().engagement, today())
    form.validate()
    return form


def _register(form: DayForm) -> tuple[Entry, ...]:
    on = form.day()
    return entries(organisations_on(db.session, on), assessments_on(db.session, on))


def _record_export(kind: str, form: FilterForm, choice: Choice, rows: int) -> None:
    record_export(
        db.session,
        choice,
        kind=kind,
        on=form.day(),
        rows=rows,
        officer=current_person(),
        at=now(),
    )
    db.session.commit()


def _organisation(slug: str) -> Organisation:
    return find_organisation(db.session, slug) or abort(404)


def _scheme() -> Scheme:
    return current_library().engagement.scheme


def _titles() -> dict[str, dict[str, str]]:
    engagement = current_library().engagement
    return {
        "groups": {each.slug: each.title for each in engagement.groups},
        "issues": {each.slug: each.title for each in engagement.issues},
    }
