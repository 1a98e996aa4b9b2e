"""Free text: the one field in which people write in their own words."""

from typing import Any

from flask_babel import gettext as _

from portal.fields.base import Given, Words
from portal.fields.text import TextAreaField


class FreeTextField(TextAreaField):
    """Several lines in somebody's own words, which never say anything of a patient.

    Every note, reason and piece of evidence is typed into one of these, so that
    the warning stands at each box, and what must not be stored is refused in
    one place.
    """

    def __init__(self, label: Words, *, longest: int = 1000, **kwargs: Given) -> None:
        super().__init__(label, longest=longest, **kwargs)

    def params(self) -> dict[str, Any]:
        """As a text area, with the warning after the hint of the form."""
        warning = _(
            "Do not write anything about a patient: no name, initials or number, "
            "and no date, place or event that could tell who it is."
        )
        hint = f"{self.hint} {warning}".strip()
        return super().params() | {"hint": {"text": hint}}
