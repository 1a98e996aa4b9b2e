"""Fields for choosing: a list that folds out, radios, checkboxes, one box."""

from collections.abc import Mapping, Sequence
from typing import Any

import wtforms
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms.validators import ValidationError

from portal.components import govuk
from portal.fields.base import Words, base_params, label_params, legend_params


def check_offered(field: Any, chosen: Sequence[Any]) -> None:
    """Refuse a choice that the page did not offer."""
    offered = {value for value, *_rest in field.iter_choices()}
    if any(each not in offered for each in chosen):
        raise ValidationError(_("Choose from the list"))


class SelectField(wtforms.SelectField):
    """One of a list that folds out."""

    def __init__(self, label: Words, *, hint: Words = "", size: str = "s", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.hint, self.size = hint, size

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Only what was offered."""
        check_offered(self, [self.data])

    def widget(self, field: wtforms.Field, **kwargs: Any) -> Markup:
        """The component."""
        items = [
            {"value": value, "text": str(text), "selected": selected}
            for value, text, selected, _attributes in self.iter_choices()
        ]
        return govuk(
            "select",
            base_params(self, self.hint)
            | {"label": label_params(self, self.size), "items": items},
        )


class _Several:
    """What radios and checkboxes share."""

    def __init__(
        self,
        label: Words,
        *,
        hint: Words = "",
        hints: Mapping[str, Words] | None = None,
        size: str = "m",
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.hint, self.hints, self.size, self.inline = hint, hints or {}, size, inline

    def items(self: Any) -> list[dict[str, Any]]:
        """The inputs, in the order of the choices."""
        return [self.item(*choice[:3]) for choice in self.iter_choices()]

    def item(self: Any, value: str, text: Words, checked: bool) -> dict[str, Any]:
        """One input."""
        made: dict[str, Any] = {"value": value, "text": str(text), "checked": checked}
        if value in self.hints:
            made["hint"] = {"text": str(self.hints[value])}
        return made


class RadioField(_Several, wtforms.RadioField):
    """One of a few, all in sight. `hints` says more about a choice, by its value."""

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Only what was offered; nothing is for `Required` to judge."""
        check_offered(self, [] if self.data is None else [self.data])

    def widget(self, field: wtforms.Field, **kwargs: Any) -> Markup:
        """The component."""
        return govuk(
            "radios",
            base_params(self, self.hint)
            | {
                "idPrefix": self.id,
                "fieldset": legend_params(self, self.size),
                "items": self.items(),
                "classes": "govuk-radios--inline" if self.inline else "",
            },
        )


class CheckboxesField(_Several, wtforms.SelectMultipleField):
    """Any number of a few, all in sight."""

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Only what was offered."""
        check_offered(self, self.data or [])

    def widget(self, field: wtforms.Field, **kwargs: Any) -> Markup:
        """The component."""
        return govuk(
            "checkboxes",
            base_params(self, self.hint)
            | {
                "idPrefix": self.id,
                "fieldset": legend_params(self, self.size),
                "items": self.items(),
            },
        )


class CheckboxField(wtforms.BooleanField):
    """One box: ticked or not."""

    def __init__(self, label: Words, *, hint: Words = "", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.hint = hint

    def widget(self, field: wtforms.Field, **kwargs: Any) -> Markup:
        """The component, with the label beside its box."""
        item: dict[str, Any] = {"value": "y", "text": str(self.label.text), "id": self.id}
        if self.hint:
            item["hint"] = {"text": str(self.hint)}
        item["checked"] = bool(self.data)
        return govuk("checkboxes", base_params(self, "") | {"idPrefix": self.id, "items": [item]})
