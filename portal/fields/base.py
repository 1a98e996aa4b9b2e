"""What all fields share: the parent of forms, labels, hints, errors and their summary."""

from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms.validators import InputRequired, StopValidation

from portal.components import govuk
from portal.fields.guarding import tell_guard

Words = Any  # text, or text that is translated when it is shown
Given = Any  # what WTForms hands on, of whatever type


class Component:
    """The widget of a field: a component, given what the field's `params` say."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, field: Given, **kwargs: Given) -> Markup:
        """The HTML of the field."""
        return govuk(self.name, field.params())


class Form(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """The parent of every form."""

    class Meta:
        """The token is checked for every POST of the portal, in one place."""

        csrf = False

    def validate(self, extra_validators: Given = None) -> bool:
        """Whether everything will do. What the guard refused is recorded at once."""
        valid = bool(super().validate(extra_validators))
        tell_guard(self, valid=valid)
        return valid


class Required(InputRequired):
    """Something must be given. Browsers are not told, so that ours is the message seen."""

    def __init__(self, message: Words) -> None:
        super().__init__(message)
        self.field_flags = {}

    def __call__(self, form: Given, field: Given) -> None:
        """Blanks alone are nothing."""
        if isinstance(field.data, str) and not field.data.strip():
            field.errors = []
            raise StopValidation(str(self.message))
        super().__call__(form, field)


def error_list(form: Given) -> list[dict[str, str]]:
    """What is wrong with a form, each with a link to the field that it belongs to."""
    found = [{"text": str(message)} for message in getattr(form, "form_errors", ())]
    for field in form:
        if isinstance(field, wtforms.FormField | wtforms.FieldList):
            found += error_list(field)
        else:
            href = f"#{getattr(field, 'error_id', field.id)}"
            found += [{"text": str(message), "href": href} for message in field.errors]
    return found


def carried(form: Given) -> list[tuple[str, str]]:
    """What a page for checking sends along in hidden fields: everything, reasons included."""
    found = [(each.name, each.data) for each in form if each.data is not None]
    return found + [pair for each in form for pair in getattr(each, "carried", {}).items()]


def base_params(field: wtforms.Field, hint: Words) -> dict[str, Any]:
    """What every component wants to know about a field."""
    params: dict[str, Any] = {"id": field.id, "name": field.name}
    if hint:
        params["hint"] = {"text": str(hint)}
    errors = getattr(field, "shown_errors", field.errors[:1])
    if errors:
        params["errorMessage"] = {
            "text": ". ".join(map(str, errors)),
            "visuallyHiddenText": _("Error"),
        }
    return params


def label_params(field: wtforms.Field, size: str) -> dict[str, str]:
    """The label of a field with one input."""
    return {"text": str(field.label.text), "classes": f"govuk-label--{size}" if size else ""}


def legend_params(field: wtforms.Field, size: str) -> dict[str, Any]:
    """The legend of a field with several inputs."""
    classes = f"govuk-fieldset__legend--{size}" if size else ""
    return {"legend": {"text": str(field.label.text), "classes": classes}}
