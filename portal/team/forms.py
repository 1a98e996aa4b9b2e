"""Which day and which part of the table a manager asks for: kept in the address."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from domain.standing import Status
from portal.fields import DateField, Form, SelectField
from portal.filters import status_word
from portal.records import Duty
from portal.team.table import Filters, Member


class TableForm(Form):
    """The day, and three filters. Nothing here changes anything, so it is sent by GET."""

    on = DateField(_l("Show the team as on"), hint=_l("For example, 27 11 2026"), size="s")
    requirement = SelectField(_l("Requirement"), default="")
    standing = SelectField(_l("Standing"), default="")
    person = SelectField(_l("Person"), default="")

    def __init__(self, today: date) -> None:
        super().__init__(formdata=request.args, data={"on": today})
        self.today = today

    @property
    def day(self) -> date:
        """The day asked for; today where none was, or none that exists."""
        return self.on.data or self.today

    @property
    def day_query(self) -> dict[str, Any]:
        """The day as addresses carry it; nothing where it is today."""
        if self.day == self.today:
            return {}
        return {f"on-{part}": str(getattr(self.day, part)) for part in ("day", "month", "year")}

    def offer(self, people: Sequence[Member], duties: Sequence[Duty]) -> None:
        """Let the filters choose among what the table has."""
        asked = {
            f"{d.programme.slug}/{d.requirement.id}": f"{d.programme.title}: {d.requirement.title}"
            for d in duties
        }
        standings = {status.value: status_word(status) for status in Status}
        names = {member.person.public_id: member.person.name for member in people}
        self.requirement.choices = _choices(_("All requirements"), asked)
        self.standing.choices = _choices(_("All standings"), standings)
        self.person.choices = _choices(_("Everybody"), names)

    def filters(self) -> Filters:
        """The filters that make sense; one that does not is left out, and told as an error."""
        chosen = {
            field.name: "" if field.errors else field.data
            for field in (self.requirement, self.standing, self.person)
        }
        return Filters(**chosen)


def _choices(everything: str, values: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", everything), *(SelectChoice(v, text) for v, text in values.items())]
