"""What a mentor says of a task."""

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from portal.fields import Form, FreeTextField, RadioField, Required

SAW = "saw"
NOT_YET = "not-yet"


class DecisionForm(Form):
    """Seen and good, or not yet; and what shows it, either way."""

    decision = RadioField(
        _l("What do you say?"),
        choices=[
            SelectChoice(SAW, _l("I saw this")),
            SelectChoice(NOT_YET, _l("Not yet, because…")),
        ],
        validators=[Required(_l("Choose whether you saw this"))],
    )
    evidence = FreeTextField(
        _l("What you saw, or what is still missing"),
        hint=_l("Say what the learner did and how it met what good looks like. They can read it."),
        validators=[Required(_l("Say what you saw, or what is still missing"))],
    )
