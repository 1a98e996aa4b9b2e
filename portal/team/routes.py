"""My team: the table as on a day, its download, and why a cell says what it says."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access import access
from portal.audit import record
from portal.clock import now, today
from portal.current import current_library, current_person
from portal.exports import csv_response
from portal.extensions import db
from portal.models import Role
from portal.records import standings_of
from portal.team.downloads import CSV_HEAD, csv_rows
from portal.team.forms import TableForm
from portal.team.queries import (
    enrolments_on,
    events_about,
    find_enrolment,
    find_member,
    members_of,
    teams_of,
)
from portal.team.reasons import why_of
from portal.team.table import PAGE, TeamTable, members, team_table

bp = Blueprint("team", __name__, url_prefix="/team", template_folder="templates")


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and the table that answers it."""

    form: TableForm
    on: date
    table: TeamTable
    page: int = 1

    @property
    def query(self) -> dict[str, Any]:
        """The day as links carry it; nothing where it is today."""
        return self.form.day_query

    @property
    def is_filtered(self) -> bool:
        """Whether the address asks for another day or a part of the table."""
        return bool(self.query or self.form.filters().query)

    @property
    def pages(self) -> int:
        """How many pages of people the filters let through."""
        return -(-self.table.shown_people // PAGE)

    def page_address(self, page: int) -> str:
        """Another page of the same."""
        return url_for("team.table", **self.query, **self.form.filters().query, page=page)

    @property
    def download_address(self) -> str:
        """The same as a spreadsheet."""
        return url_for("team.download", **self.query, **self.form.filters().query)


@bp.get("/")
@access(GET=Role.MANAGER)
def table() -> ResponseReturnValue:
    """Everybody in the manager's teams, and where they stand."""
    page = max(1, request.args.get("page", 1, type=int))
    teams = teams_of(db.session, manager=current_person(), today=today())
    return render_template("team/table.html", teams=teams, asked=_asked(page))


@bp.get("/table.csv")
@access(GET=Role.MANAGER, records=True)
def download() -> Response:
    """The same as a spreadsheet, one line a person and requirement."""
    asked = _asked(page=None)
    rows = csv_rows(asked.table, asked.on)
    record(
        db.session,
        "team.exported",
        actor=current_person(),
        detail=f"as on {asked.on.isoformat()}, {len(rows)} rows{asked.form.filters().words}",
        at=now(),
    )
    db.session.commit()
    return csv_response("team-training.csv", CSV_HEAD, rows)


@bp.get("/<person_id>/<enrolment_id>/<requirement_id>")
@access(GET=Role.MANAGER, records=True)
def why(person_id: str, enrolment_id: str, requirement_id: str) -> ResponseReturnValue:
    """Why somebody stands where they stand: what happened, in which versions, by which rule."""
    form, manager = TableForm(today()), current_person()
    on = form.day
    person = find_member(db.session, person_id, manager=manager, today=today(), on=on) or abort(404)
    enrolment = find_enrolment(db.session, enrolment_id, person=person, on=on) or abort(404)
    duties = standings_of(db.session, current_library(), [enrolment], on)
    duty = next((d for d in duties if d.requirement.id == requirement_id), None) or abort(404)
    record(
        db.session,
        "team.record-viewed",
        actor=manager,
        subject=f"person:{person_id}",
        detail=f"{duty.programme.slug}/{requirement_id} as on {on.isoformat()}",
        at=now(),
    )
    db.session.commit()
    events = events_about(db.session, person, duty.programme.slug, requirement_id, on)
    return render_template(
        "team/why.html",
        person_shown=person,
        on=on,
        why=why_of(current_library(), duty, events),
        back=url_for("team.table", **form.day_query),
    )


def _asked(page: int | None) -> Asked:
    form = TableForm(today())
    people = members(members_of(db.session, manager=current_person(), today=today(), on=form.day))
    enrolments = enrolments_on(db.session, [each.person.id for each in people], form.day)
    duties = standings_of(db.session, current_library(), enrolments, form.day)
    form.offer(people, duties)
    if request.args:
        form.validate()
    return Asked(
        form, form.day, team_table(people, duties, form.filters(), form.day, page), page or 1
    )
