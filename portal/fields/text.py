"""Fields for text, which is trimmed, measured and free of control characters."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import wtforms
from flask_babel import gettext as _
from wtforms.validators import ValidationError

from domain.confidentiality import Code
from portal.fields.base import Component, Given, Words, base_params, label_params
from portal.fields.guarding import GuardedField

_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def tidy(text: str) -> str:
    """Text as it is kept: one kind of line end, composed letters, nothing around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).strip()


def check_text(text: str, longest: int) -> None:
    """Refuse what is too long, and characters that nobody types and nobody sees."""
    if len(text) > longest:
        raise ValidationError(_("Use %(longest)s characters or fewer", longest=longest))
    if any(_is_unseen(each) for each in text):
        raise ValidationError(_("Remove the characters that cannot be seen"))


def _is_unseen(character: str) -> bool:
    """Control characters, halves of characters, and marks that turn the order of letters round."""
    is_control = unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t"
    return is_control or unicodedata.bidirectional(character) in _TURNING


class TextField(GuardedField):
    """One line of text, 200 characters or as many as `longest` says.

    It is searched by the guard before it is kept, but for what the field `holds`.
    """

    widget = Component("input")
    type_ = "text"

    def __init__(
        self,
        label: Words,
        *,
        hint: Words = "",
        longest: int = 200,
        width: str = "",
        size: str = "s",
        autocomplete: str = "",
        holds: frozenset[Code] = frozenset(),
        **kwargs: Given,
    ) -> None:
        super().__init__(label, **kwargs)
        self.hint, self.longest, self.width, self.size = hint, longest, width, size
        self.autocomplete, self.holds = autocomplete, holds

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Keep what was typed, tidied."""
        self.data = tidy(str(valuelist[0])) if valuelist else ""

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Measure it before any other validator."""
        check_text(self.data or "", self.longest)

    def params(self) -> dict[str, Any]:
        """What the component is given."""
        return base_params(self, self.hint) | {
            "label": label_params(self, self.size),
            "type": self.type_,
            "value": self.data or "",
            "classes": f"govuk-input--width-{self.width}" if self.width else "",
            "autocomplete": self.autocomplete or None,
            "spellcheck": False if self.type_ != "text" else None,
        }


class EmailField(TextField):
    """An e-mail address, which is what the guard looks for: its shape is checked instead."""

    type_ = "email"
    guarded = False


class SearchField(TextField):
    """What somebody looks for. Nothing of it is kept, so nothing of it is guarded."""

    guarded = False


class CodeField(TextField):
    """A number that is not a quantity, such as a one-time code. It is compared and not kept."""

    guarded = False

    def params(self) -> dict[str, Any]:
        """As a line of text, with the keyboard for digits."""
        return super().params() | {"inputmode": "numeric", "spellcheck": False}


class PasswordField(wtforms.PasswordField):
    """A password: never trimmed, never shown again, 128 characters at most."""

    widget = Component("password-input")

    def __init__(
        self,
        label: Words,
        *,
        hint: Words = "",
        autocomplete: str = "current-password",
        size: str = "s",
        **kwargs: Given,
    ) -> None:
        super().__init__(label, **kwargs)
        self.hint, self.autocomplete, self.size = hint, autocomplete, size

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Nobody has a longer one, and hashing a book takes long."""
        check_text(self.data or "", 128)

    def params(self) -> dict[str, Any]:
        """What the component is given, which can show what is being typed."""
        return base_params(self, self.hint) | {
            "label": label_params(self, self.size),
            "autocomplete": self.autocomplete,
            "showPasswordText": _("Show"),
            "hidePasswordText": _("Hide"),
            "showPasswordAriaLabelText": _("Show password"),
            "hidePasswordAriaLabelText": _("Hide password"),
            "passwordShownAnnouncementText": _("Your password is visible"),
            "passwordHiddenAnnouncementText": _("Your password is hidden"),
        }


class TextAreaField(TextField):
    """Several lines of text, with a count of the characters left."""

    widget = Component("character-count")
    lines = True

    def __init__(
        self, label: Words, *, longest: int = 2000, rows: int = 5, **kwargs: Given
    ) -> None:
        super().__init__(label, longest=longest, **kwargs)
        self.rows = rows

    def params(self) -> dict[str, Any]:
        """What the component is given: the words of the count too, which a script shows."""
        return base_params(self, self.hint) | {
            "label": label_params(self, self.size),
            "value": self.data or "",
            "rows": self.rows,
            "maxlength": self.longest,
            "textareaDescriptionText": _("You can enter up to %{count} characters"),
            "charactersUnderLimitText": {
                "one": _("You have %{count} character remaining"),
                "other": _("You have %{count} characters remaining"),
            },
            "charactersAtLimitText": _("You have 0 characters remaining"),
            "charactersOverLimitText": {
                "one": _("You have %{count} character too many"),
                "other": _("You have %{count} characters too many"),
            },
        }
