"""What an officer may type into the register, and what may be asked of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import Optional, Regexp, StopValidation, ValidationError

from domain.priority import REVIEW_MONTHS
from domain.stakeholders import Attribute, Engagement, Scale, Scheme
from portal.fields import (
    CheckboxesField,
    DateField,
    Form,
    FreeTextField,
    RadioField,
    Required,
    SelectField,
    TextField,
)
from portal.stakeholders.register import Choice
from portal.stakeholders.service import Proposal, Scoring
from portal.stakeholders.words import attribute_word

NOT_KNOWN = "not-known"
EVIDENCE_LONGEST = 1000
REASON_LONGEST = 400


class AssessForm(Form):
    """The form to score an organisation. `assess_form` adds its fields, from the scheme."""

    def scoring(self) -> Scoring:
        """What the officer says. A level of None is "not known"."""
        chosen = {attribute: self[attribute.value].data for attribute in Attribute}
        levels = {key: None if each == NOT_KNOWN else int(each) for key, each in chosen.items()}
        return Scoring(levels, self.evidence.data, self.reason.data)


def assess_form(scheme: Scheme) -> AssessForm:
    """Each scale as radios with its full descriptors, then what the scores rest on and why."""
    fields: dict[str, Any] = {scale.attribute.value: _scale(scale) for scale in scheme.scales}
    fields["evidence"] = FreeTextField(
        _("What do the scores rest on?"),
        hint=_(
            "Give at least one thing of the last 24 months: an entry in a log, an answer to a "
            "consultation, a published document or a statutory role."
        ),
        longest=EVIDENCE_LONGEST,
        size="m",
        validators=[Required(_("Enter what the scores rest on"))],
    )
    fields["reason"] = FreeTextField(
        _("Why these scores?"),
        hint=_("Write so that it could be read aloud to the organisation."),
        longest=REASON_LONGEST,
        size="m",
        validators=[Required(_("Enter a reason for the scores"))],
    )
    # Made by the server for the step before saving, so that saving twice is one assessment.
    fields["assessment"] = wtforms.HiddenField(
        validators=[Optional(), Regexp(r"^[A-Za-z0-9_-]{22}$")]
    )
    form: AssessForm = type("AssessForm", (AssessForm,), fields)()
    return form


def _scale(scale: Scale) -> RadioField:
    name = attribute_word(scale.attribute)
    levels = [
        SelectChoice(str(each.value), f"{each.value} – {each.label}") for each in scale.descriptors
    ]
    return RadioField(
        _("%(attribute)s: %(question)s", attribute=name, question=scale.question),
        hint=scale.note,
        hints={str(each.value): each.text for each in scale.descriptors},
        choices=[*levels, SelectChoice(NOT_KNOWN, _("Not known"))],
        validators=[
            Required(_("Choose a level of %(attribute)s, or “Not known”", attribute=name.lower()))
        ],
    )


class DayForm(Form):
    """As on which day; every choice stands in the address."""

    on = DateField(
        _l("As on"), hint=_l("For example, 27 11 2026"), size="s", validators=[Optional()]
    )

    def __init__(self, asked: Mapping[str, Any], today: date) -> None:
        self.today = today
        super().__init__(formdata=asked, on=today)

    def validate_on(self, field: DateField) -> None:
        """Nobody knows the register of tomorrow."""
        if field.data and field.data > self.today:
            raise ValidationError(_("The date must be today or in the past"))

    def day(self) -> date:
        """The day asked for, or today where it makes no sense."""
        return self.on.data if self.on.data and not self.on.errors else self.today


class FilterForm(DayForm):
    """Which part of the register, as on which day."""

    tier = SelectField(_l("Tier"), default="")
    group = SelectField(_l("Grouping"), default="")
    issue = SelectField(_l("Issue"), default="")
    review = SelectField(_l("Review"), default="")

    def __init__(self, asked: Mapping[str, Any], engagement: Engagement, today: date) -> None:
        super().__init__(asked, today)
        self.tier.choices = [
            SelectChoice("", _("All tiers")),
            *(SelectChoice(str(tier), _("Tier %(tier)s", tier=tier)) for tier in REVIEW_MONTHS),
            SelectChoice("not-placed", _("Not yet placed")),
        ]
        self.group.choices = [SelectChoice("", _("All groupings")), *_groups(engagement)]
        self.issue.choices = [SelectChoice("", _("All issues")), *_issues(engagement)]
        self.review.choices = [
            SelectChoice("", _("Any date")),
            SelectChoice("due", _("Due now")),
            SelectChoice("soon", _("Due within 30 days")),
            SelectChoice("never", _("Not assessed yet")),
        ]

    def choice(self) -> Choice:
        """What is asked for; a choice that is not offered asks for all."""
        fields = (self.tier, self.group, self.issue, self.review)
        return Choice(*("" if field.errors else field.data or "" for field in fields))


class OrganisationForm(Form):
    """An organisation to enter in the register."""

    name = TextField(_l("Name"), validators=[Required(_l("Enter the name of the organisation"))])
    external = RadioField(
        _l("Is it outside the Ministry of Justice?"),
        hint=_l("The Ministry's agencies and bodies, such as HMPPS and HMCTS, are part of it."),
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
        validators=[Required(_l("Say whether it is outside the Ministry of Justice"))],
    )
    stake = FreeTextField(
        _l("What is its stake?"),
        hint=_l("How it is involved in our work, or affected by it."),
        longest=500,
        size="m",
        validators=[Required(_l("Enter the stake of the organisation in our work"))],
    )
    group = SelectField(_l("Grouping"), validators=[Required(_l("Choose a grouping"))])
    themes = CheckboxesField(
        _l("Which issues matter to it?"),
        hint=_l("Select all that apply"),
        validators=[Required(_l("Choose at least one issue"))],
    )
    jurisdiction = TextField(
        _l("Where does it work?"),
        hint=_l("For example, England and Wales"),
        longest=100,
        validators=[Required(_l("Enter where the organisation works"))],
    )
    website = TextField(
        _l("Website (optional)"),
        hint=_l("Starting with https://"),
        longest=300,
        validators=[
            Optional(),
            Regexp(
                r"^https://[^\s/]+\.[^\s]+$",
                message=_l("Enter an address that starts with https://"),
            ),
        ],
    )
    source = TextField(
        _l("Where does this come from?"),
        hint=_l("A statute, a published document or a log entry that shows the stake"),
        longest=400,
        validators=[Required(_l("Enter where this comes from"))],
    )

    def __init__(self, engagement: Engagement, known: frozenset[str]) -> None:
        self.known = known
        super().__init__()
        self.group.choices = [SelectChoice("", _("Choose one")), *_groups(engagement)]
        self.themes.choices = _issues(engagement)

    def validate_name(self, field: TextField) -> None:
        """Each organisation once."""
        if (field.data or "").casefold() in self.known:
            raise ValidationError(_("The register has an organisation of this name"))

    def validate_external(self, field: RadioField) -> None:
        """Paragraph 14: a stakeholder is outside the Ministry."""
        if field.data == "no":
            raise StopValidation(
                _(
                    "A body of the Ministry cannot be a stakeholder: the engagement framework "
                    "(paragraph 14) is for organisations outside it"
                )
            )

    def proposal(self) -> Proposal:
        """What the officer wants entered."""
        return Proposal(
            name=self.name.data or "",
            group=self.group.data,
            jurisdiction=self.jurisdiction.data or "",
            website=self.website.data or "",
            stake=self.stake.data or "",
            themes=tuple(self.themes.data or ()),
            source=self.source.data or "",
            external=self.external.data == "yes",
        )


def _groups(engagement: Engagement) -> list[SelectChoice]:
    listed = sorted((each.title, each.slug) for each in engagement.groups)
    return [SelectChoice(slug, title) for title, slug in listed]


def _issues(engagement: Engagement) -> list[SelectChoice]:
    return [SelectChoice(each.slug, each.title) for each in engagement.issues]
