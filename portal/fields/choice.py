"""Fields for choosing: a list that folds out, radios, checkboxes, one box."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import wtforms
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import ValidationError

from portal.fields.base import (
    Component,
    Given,
    Words,
    base_params,
    label_params,
    legend_params,
)


def check_offered(field: wtforms.SelectField, chosen: Sequence[Given]) -> None:
    """Refuse a choice that the page did not offer."""
    offered = {choice[0] for choice in field.iter_choices()}
    if any(each not in offered for each in chosen):
        raise ValidationError(_("Choose from the list"))


class SelectField(wtforms.SelectField):
    """One of a list that folds out."""

    widget = Component("select")

    def __init__(
        self,
        label: Words,
        *,
        choices: Iterable[Given] | None = None,
        hint: Words = "",
        size: str = "s",
        **kwargs: Given,
    ) -> None:
        super().__init__(label, choices=named(choices), **kwargs)
        self.hint, self.size = hint, size

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Only what was offered."""
        check_offered(self, [self.data])

    def params(self) -> dict[str, Any]:
        """What the component is given."""
        items = [
            {"value": choice[0], "text": str(choice[1]), "selected": choice[2]}
            for choice in self.iter_choices()
        ]
        return base_params(self, self.hint) | {
            "label": label_params(self, self.size),
            "items": items,
        }


class RadioField(wtforms.RadioField):
    """One of a few, all in sight. `hints` says more about a choice, by its value."""

    widget = Component("radios")

    def __init__(
        self,
        label: Words,
        *,
        choices: Iterable[Given] | None = None,
        hint: Words = "",
        hints: Mapping[str, Words] | None = None,
        size: str = "m",
        inline: bool = False,
        **kwargs: Given,
    ) -> None:
        super().__init__(label, choices=named(choices), **kwargs)
        self.hint, self.hints, self.size, self.inline = hint, hints or {}, size, inline

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Only what was offered; nothing at all is for `Required` to judge."""
        check_offered(self, [] if self.data is None else [self.data])

    def params(self) -> dict[str, Any]:
        """What the component is given."""
        return base_params(self, self.hint) | {
            "idPrefix": self.id,
            "fieldset": legend_params(self, self.size),
            "items": items_of(self, self.hints),
            "classes": "govuk-radios--inline" if self.inline else "",
        }


class CheckboxesField(wtforms.SelectMultipleField):
    """Any number of a few, all in sight. `hints` says more about a choice, by its value."""

    widget = Component("checkboxes")

    def __init__(
        self,
        label: Words,
        *,
        choices: Iterable[Given] | None = None,
        hint: Words = "",
        hints: Mapping[str, Words] | None = None,
        size: str = "m",
        **kwargs: Given,
    ) -> None:
        super().__init__(label, choices=named(choices), **kwargs)
        self.hint, self.hints, self.size = hint, hints or {}, size

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Only what was offered."""
        check_offered(self, self.data or [])

    def params(self) -> dict[str, Any]:
        """What the component is given."""
        return base_params(self, self.hint) | {
            "idPrefix": self.id,
            "fieldset": legend_params(self, self.size),
            "items": items_of(self, self.hints),
        }


class CheckboxField(wtforms.BooleanField):
    """One box, with its label beside it: ticked or not."""

    widget = Component("checkboxes")

    def __init__(self, label: Words, *, hint: Words = "", **kwargs: Given) -> None:
        super().__init__(label, **kwargs)
        self.hint = hint

    def params(self) -> dict[str, Any]:
        """What the component is given."""
        item = {
            "id": self.id,
            "value": "y",
            "text": str(self.label.text),
            "hint": {"text": str(self.hint)},
            "checked": bool(self.data),
        }
        return base_params(self, "") | {"idPrefix": self.id, "items": [item]}


def named(choices: Iterable[Given] | None) -> list[SelectChoice] | None:
    """Choices as WTForms wants them, from pairs of a value and its words or from its own."""
    if choices is None:
        return None
    return [each if isinstance(each, SelectChoice) else SelectChoice(*each) for each in choices]


def items_of(field: wtforms.SelectField, hints: Mapping[str, Words]) -> list[dict[str, Any]]:
    """The inputs of radios or checkboxes, in the order of the choices."""
    return [
        {
            "value": choice[0],
            "text": str(choice[1]),
            "checked": choice[2],
            "hint": {"text": str(hints.get(choice[0], ""))},
        }
        for choice in field.iter_choices()
    ]
