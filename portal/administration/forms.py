"""What administrators type, and what to do where it will not do."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from domain.confidentiality import Code
from portal.administration.service import EMAIL, same_address
from portal.administration.trail import Asked
from portal.administration.words import ACTIONS, Words
from portal.fields import (
    CheckboxesField,
    DateField,
    EmailField,
    Form,
    RadioField,
    Required,
    SearchField,
    SelectField,
    TextField,
)
from portal.filters import role_word
from portal.models import Person, Role, Team, TeamRole

ROLE_HINTS: dict[str, Words] = {
    Role.LEARNER: _l("Follows programmes and takes quizzes"),
    Role.MENTOR: _l("Signs off what learners were seen to do"),
    Role.MANAGER: _l("Sees where the people of their own teams stand"),
    Role.EDITOR: _l("Publishes the guidance"),
    Role.ENGAGEMENT_OFFICER: _l("Keeps the stakeholder register"),
    Role.ADMINISTRATOR: _l("Keeps accounts and teams, and reads the audit trail"),
}


class DetailsForm(Form):
    """A name and an address."""

    name = TextField(
        _l("Full name"),
        autocomplete="off",
        holds=frozenset({Code.NAM_1, Code.NAM_3}),
        validators=[Required(_l("Enter their full name"))],
    )
    email = EmailField(
        _l("Email address"),
        hint=_l("They sign in with it"),
        longest=254,
        autocomplete="off",
        validators=[Required(_l("Enter their email address"))],
    )

    def validate_email(self, field: EmailField) -> None:
        """One address, and nothing beside it."""
        if not EMAIL.fullmatch(same_address(field.data or "")):
            raise ValidationError(
                _("Enter an email address in the correct format, like name@example.com")
            )


class RolesForm(Form):
    """Which roles somebody holds."""

    roles = CheckboxesField(
        _l("What may they do?"), hint=_l("Select all that apply"), hints=ROLE_HINTS
    )

    def offer_roles(self) -> None:
        """Let the boxes be of the roles that there are."""
        self.roles.choices = [(role.value, role_word(role)) for role in Role]

    @property
    def chosen(self) -> frozenset[Role]:
        """The roles that are ticked."""
        return frozenset(Role(value) for value in self.roles.data or [])


class AddPersonForm(DetailsForm, RolesForm):
    """A new account, and where it belongs from the first day."""

    team = SelectField(_l("Team"), hint=_l("You can leave this out"), default="")
    programme = SelectField(_l("Programme"), hint=_l("You can leave this out"), default="")
    mentor = SelectField(_l("Mentor"), hint=_l("You can leave this out"), default="")
    starts_on = DateField(
        _l("First day"),
        hint=_l(
            "In the team and on the programme. Due dates count from it. For example, 27 11 2026"
        ),
    )

    def offer(
        self,
        teams: Sequence[Team],
        programmes: Mapping[str, str],
        mentors: Sequence[Person],
    ) -> None:
        """Let the lists hold what there is."""
        self.offer_roles()
        self.team.choices = [("", _("No team yet")), *((t.public_id, t.name) for t in teams)]
        self.programme.choices = [("", _("No programme yet")), *programmes.items()]
        self.mentor.choices = [("", _("No mentor yet")), *((m.public_id, m.name) for m in mentors)]

    def validate_starts_on(self, field: DateField) -> None:
        """Wherever somebody is put, it is from some day on."""
        if field.data is None and (self.team.data or self.programme.data):
            raise ValidationError(_("Enter the first day in the team or on the programme"))


class EnrolForm(Form):
    """A programme and its first day."""

    programme = RadioField(
        _l("Which programme?"), size="s", validators=[Required(_l("Select a programme"))]
    )
    starts_on = DateField(
        _l("First day"),
        hint=_l("Due dates count from it. For example, 27 11 2026"),
        size="s",
        validators=[Required(_l("Enter the first day"))],
    )


class MentorForm(Form):
    """Somebody's mentor."""

    mentor = SelectField(_l("Mentor"), default="")

    def offer(self, mentors: Sequence[Person]) -> None:
        """Let the list hold the mentors that there are."""
        self.mentor.choices = [("", _("No mentor")), *((m.public_id, m.name) for m in mentors)]


class TeamForm(Form):
    """The name of a new team."""

    name = TextField(_l("Name of the team"), longest=100, validators=[Required(_l("Enter a name"))])


class JoinForm(Form):
    """Somebody who joins a team."""

    email = EmailField(
        _l("Email address of the person"),
        longest=254,
        autocomplete="off",
        validators=[Required(_l("Enter the email address of somebody who has an account"))],
    )
    role = RadioField(
        _l("What are they in this team?"),
        size="s",
        default=TeamRole.MEMBER.value,
        validators=[Required(_l("Select member or manager"))],
    )
    starts_on = DateField(
        _l("First day in the team"),
        hint=_l("For example, 27 11 2026"),
        size="s",
        validators=[Required(_l("Enter the first day in the team"))],
    )

    def offer(self) -> None:
        """Let somebody join as a member or as a manager."""
        self.role.choices = [
            (TeamRole.MEMBER.value, _("Member")),
            (TeamRole.MANAGER.value, _("Manager, who sees where the members stand")),
        ]


class LastDayForm(Form):
    """When something ends."""

    last_day = DateField(
        _l("Last day"),
        hint=_l("For example, 27 11 2026"),
        size="s",
        validators=[Required(_l("Enter the last day"))],
    )


class ConfirmForm(Form):
    """Nothing but the button."""


class TrailForm(Form):
    """Which part of the audit trail to show. It changes nothing, so it is sent by GET."""

    action = SelectField(_l("What was done"), default="")
    who = SearchField(_l("Who did it"), hint=_l("Part of a name or an email address"), longest=100)
    about = SearchField(
        _l("About whom or what"), hint=_l("Part of a name or of a subject"), longest=100
    )
    since = DateField(_l("From"), hint=_l("For example, 27 10 2026"), size="s")
    until = DateField(_l("To"), hint=_l("For example, 27 11 2026"), size="s")

    def __init__(self) -> None:
        super().__init__(formdata=request.args)
        chosen = [(action, str(words)) for action, words in ACTIONS.items()]
        self.action.choices = [("", _("Everything")), *sorted(chosen, key=lambda each: each[1])]

    @property
    def asked(self) -> Asked:
        """What is asked for; what makes no sense is left out, and told as an error."""
        return Asked(
            action="" if self.action.errors else self.action.data or "",
            who="" if self.who.errors else self.who.data or "",
            about="" if self.about.errors else self.about.data or "",
            since=self.since.data,
            until=self.until.data,
        )


def query_of(asked: Asked) -> dict[str, str]:
    """What is asked for, as addresses carry it."""
    words = {"action": asked.action, "who": asked.who, "about": asked.about}
    return {
        **{name: text for name, text in words.items() if text},
        **_day("since", asked.since),
        **_day("until", asked.until),
    }


def _day(name: str, day: date | None) -> dict[str, str]:
    if day is None:
        return {}
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
