"""What a learner may say about a requirement."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from portal.fields import Form, FreeTextField


class ReadForm(Form):
    """That the page was read, in the version that the learner had before them."""

    version = HiddenField()

    def __init__(self, version_now: str) -> None:
        super().__init__(data={"version": version_now})
        self.version_now = version_now

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """A page that changed in between is read again: nobody vouches for words unseen."""
        if self.version.data == self.version_now:
            return bool(super().validate(extra_validators))
        self.version.data = self.version_now
        self.form_errors.append(_("The page has changed since you opened it. Read it again."))
        return False


class AskForm(Form):
    """A request to be signed off, with a note to the mentor."""

    note = FreeTextField(
        _l("Note to your mentor (optional)"),
        hint=_l("Say which piece of work it is about, by its reference in your own list of work."),
    )
