"""A date in three boxes. Whatever is sent, it answers with a date or a plain message."""

from datetime import date
from typing import Any

import wtforms
from flask_babel import gettext as _
from wtforms.validators import StopValidation

from portal.fields.base import Component, Given, Words, base_params, legend_params

PARTS = ("day", "month", "year")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateField(wtforms.Field):
    """A day, typed as day, month and year in fields named `NAME-day` and so on."""

    widget = Component("date-input")

    def __init__(self, label: Words, *, hint: Words = "", size: str = "m", **kwargs: Given) -> None:
        super().__init__(label, **kwargs)
        self.hint, self.size = hint, size
        self.parts: dict[str, str] = dict.fromkeys(PARTS, "")
        self.bad_parts: list[str] = []

    def process(
        self,
        formdata: Given,
        data: Given = wtforms.utils.unset_value,
        extra_filters: Given = None,
    ) -> None:
        """Take the three parts from a form, or a date from the program."""
        super().process(None, data, extra_filters)
        self.bad_parts = []
        if formdata is None or not any(f"{self.name}-{part}" in formdata for part in PARTS):
            if self.data:
                day = self.data
                self.parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
            return
        typed = {part: formdata.get(f"{self.name}-{part}", "") for part in PARTS}
        self.parts = {part: str(text).strip()[:20] for part, text in typed.items()}
        given = " ".join(text for text in self.parts.values() if text)
        self.raw_data = [given] if given else []
        self.data = self._read()

    def _read(self) -> date | None:
        self.bad_parts = [part for part in PARTS if not self.parts[part]]
        if self.bad_parts:
            return None
        numbers = {part: _number(self.parts[part]) for part in PARTS}
        numbers["month"] = numbers["month"] or _month(self.parts["month"])
        self.bad_parts = [part for part in PARTS if not _possible(part, numbers[part])]
        if self.bad_parts:
            return None
        try:
            return date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError:
            self.bad_parts = ["day"]
            return None

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Say which part is missing or wrong, unless nothing was typed at all."""
        if not self.raw_data or self.data is not None:
            return
        missing = [part for part in PARTS if not self.parts[part]]
        words = {"day": _("a day"), "month": _("a month"), "year": _("a year")}
        if missing:
            listed = _(" and ").join(words[part] for part in missing)
            raise StopValidation(_("The date must include %(parts)s", parts=listed))
        raise StopValidation(_("Enter a real date, such as 27 11 2026"))

    @property
    def error_id(self) -> str:
        """The first part that is wrong, for the link of the error summary."""
        return f"{self.id}-{(self.bad_parts or ['day'])[0]}"

    def params(self) -> dict[str, Any]:
        """What the component is given."""
        words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        return base_params(self, self.hint) | {
            "namePrefix": self.name,
            "fieldset": legend_params(self, self.size),
            "items": [self._item(part, words[part]) for part in PARTS],
        }

    def _item(self, part: str, label: str) -> dict[str, Any]:
        wrong = bool(self.errors) and part in (self.bad_parts or PARTS)
        width = "govuk-input--width-4" if part == "year" else "govuk-input--width-2"
        return {
            "name": part,
            "label": label,
            "value": self.parts[part],
            "classes": f"{width} govuk-input--error" if wrong else width,
        }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _month(text: str) -> int:
    word = text[:3].lower()
    return _MONTHS.index(word) + 1 if word in _MONTHS and text.isalpha() else 0


def _possible(part: str, number: int) -> bool:
    least, most = {"day": (1, 31), "month": (1, 12), "year": (1900, 2200)}[part]
    return least <= number <= most
