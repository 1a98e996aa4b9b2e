"""The team's table as a spreadsheet."""

from collections.abc import Sequence
from datetime import date

from portal.exports import Cell
from portal.filters import status_word
from portal.team.table import TeamTable

CSV_HEAD = (
    "as_on",
    "teams",
    "person",
    "programme",
    "requirement",
    "kind",
    "standing",
    "due_on",
    "done_on",
    "valid_to",
    "asked_on",
    "sections_changed",
)


def csv_rows(table: TeamTable, on: date) -> list[Sequence[Cell]]:
    """One row a person and requirement, as the filters let them through."""
    return [
        (
            on,
            "; ".join(member.teams),
            member.person.name,
            duty.programme.title,
            duty.requirement.title,
            duty.requirement.kind.value,
            status_word(duty.standing.status),
            duty.standing.due_on,
            duty.standing.done_on,
            duty.standing.valid_to,
            duty.standing.asked_on,
            "; ".join(duty.standing.changed),
        )
        for member, duty in table.shown
    ]
