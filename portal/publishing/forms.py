"""What an editor decides: the meaning of each change, with its reason, and a sentence on all."""

import wtforms
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from domain.standing import Meaning
from portal.fields import Form, FreeTextField, RadioField, Required
from portal.publishing.report import Card, Report
from portal.publishing.service import Decision
from portal.publishing.words import meaning_hint, meaning_word

REASON_LONGEST = 400
SUMMARY_LONGEST = 300


class DecideForm(Form):
    """The decisions. `decide_form` adds a choice and a reason for each change that asks for them.

    `state` says of which publication and which library the page told, so that
    nobody publishes what they have not seen.
    """

    cards: tuple[Card, ...] = ()
    current_state: str = ""

    def meaning_of(self, card: Card) -> wtforms.Field:
        """The choice of meaning for a change."""
        field: wtforms.Field = self[f"meaning-{key(card)}"]
        return field

    def reason_of(self, card: Card) -> wtforms.Field:
        """The reason for that choice."""
        field: wtforms.Field = self[f"reason-{key(card)}"]
        return field

    def validate(self, extra_validators: object = None) -> bool:
        """Every change decided on which something rests, and every decision with its reason."""
        valid = bool(super().validate(extra_validators))
        for card in self.asked():
            valid = self._is_complete(card) and valid
        if self.state.data != self.current_state:
            self.form_errors.append(
                _(
                    "The guidance changed since you opened this page, or somebody else published. "
                    "Nothing was saved. Look at the changes below, and decide again."
                )
            )
            valid = False
        return valid

    def asked(self) -> tuple[Card, ...]:
        """The changes that somebody can decide."""
        return tuple(card for card in self.cards if card.change.meanings)

    def _is_complete(self, card: Card) -> bool:
        meaning, reason = self.meaning_of(card), self.reason_of(card)
        title = card.change.title
        if not meaning.data and (card.is_cited or reason.data):
            message = _("Decide what the change to “%(title)s” means", title=title)
            meaning.errors = [*meaning.errors, message]
            return False
        needs_reason = meaning.data and (card.is_cited or meaning.data == Meaning.MATERIAL)
        if needs_reason and not reason.data:
            message = _("Enter the reason for your decision on “%(title)s”", title=title)
            reason.errors = [*reason.errors, message]
            return False
        return True

    def decisions(self) -> dict[str, Decision]:
        """What was decided, by the id of the section."""
        return {
            card.change.section: Decision(
                Meaning(self.meaning_of(card).data), self.reason_of(card).data or ""
            )
            for card in self.asked()
            if self.meaning_of(card).data
        }


def decide_form(report: Report, state: str) -> DecideForm:
    """A choice and a reason for each change that a person decides."""
    fields: dict[str, object] = {"cards": report.cards, "current_state": state}
    for card in report.cards:
        if card.change.meanings:
            fields[f"meaning-{key(card)}"] = _meaning(card)
            fields[f"reason-{key(card)}"] = _reason(card)
    fields["summary"] = FreeTextField(
        _("What changed, in a sentence"),
        hint=_("Everybody who reads the guidance can see it."),
        longest=SUMMARY_LONGEST,
        rows=2,
        size="m",
        validators=[Required(_("Say in a sentence what changed"))],
    )
    fields["state"] = wtforms.HiddenField(default=state)
    form: DecideForm = type("DecideForm", (DecideForm,), fields)()
    return form


def key(card: Card) -> str:
    """What names a change in a form: the id of its section, fit for an address."""
    return card.change.section.replace("#", ".")


def _meaning(card: Card) -> RadioField:
    return RadioField(
        _("What does it mean to those who knew the words before?"),
        hint=""
        if card.is_cited
        else _("Nothing rests on this section. You can leave it undecided."),
        choices=[SelectChoice(each.value, meaning_word(each)) for each in card.change.meanings],
        hints={each.value: meaning_hint(each) for each in card.change.meanings},
        size="s",
    )


def _reason(card: Card) -> FreeTextField:
    return FreeTextField(
        _("Reason") if card.is_cited else _("Reason (needed where it is material)"),
        longest=REASON_LONGEST,
        rows=2,
        size="s",
    )
