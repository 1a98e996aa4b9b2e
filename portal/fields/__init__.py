"""Form fields in the manner of GOV.UK: each renders itself, label, hint and error included.

    class AddTeam(Form):
        name = TextField(_l("Team name"), validators=[Required(_l("Enter a team name"))])

A template writes `{{ form.name }}`. Errors go to the summary by themselves.
"""

from portal.fields.base import Form, Required, carried, error_list
from portal.fields.choice import CheckboxesField, CheckboxField, RadioField, SelectField
from portal.fields.day import DateField
from portal.fields.free_text import FreeTextField
from portal.fields.guarding import GUARD, Guard, GuardedField, Verdict
from portal.fields.text import (
    CodeField,
    EmailField,
    PasswordField,
    SearchField,
    TextAreaField,
    TextField,
)

__all__ = [
    "GUARD",
    "CheckboxField",
    "CheckboxesField",
    "CodeField",
    "DateField",
    "EmailField",
    "Form",
    "FreeTextField",
    "Guard",
    "GuardedField",
    "PasswordField",
    "RadioField",
    "Required",
    "SearchField",
    "SelectField",
    "TextAreaField",
    "TextField",
    "Verdict",
    "carried",
    "error_list",
]
