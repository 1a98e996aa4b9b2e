"""What people type about their own account, and what to do where it will not do."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms.validators import ValidationError

from portal.fields import CodeField, EmailField, Form, PasswordField, Required
from portal.models import Person
from portal.passwords import LONGEST, SHORTEST, Objection, objection


class SignInForm(Form):
    """An e-mail address and a password."""

    email = EmailField(
        _l("Email address"),
        longest=254,
        autocomplete="username",
        validators=[Required(_l("Enter your email address"))],
    )
    password = PasswordField(_l("Password"), validators=[Required(_l("Enter your password"))])


class CodeForm(Form):
    """The six digits that an authenticator app shows."""

    code = CodeField(
        _l("One-time code"),
        hint=_l("The 6 digits that your authenticator app shows now"),
        longest=20,
        width="10",
        autocomplete="one-time-code",
        validators=[Required(_l("Enter the code from your authenticator app"))],
    )


class PasswordAgainForm(Form):
    """Who you are, once more, before something that matters."""

    password = PasswordField(
        _l("Your password"),
        hint=_l("To show that it is still you"),
        validators=[Required(_l("Enter your password"))],
    )


class CodeAndPasswordForm(PasswordAgainForm, CodeForm):
    """A code of the app that is being set up, by somebody who shows who they are."""


class ChangePasswordForm(Form):
    """The password that somebody has, and the one that they want."""

    password = PasswordField(
        _l("Current password"), validators=[Required(_l("Enter your current password"))]
    )
    new_password = PasswordField(
        _l("New password"),
        hint=_l(
            "At least 12 characters. Three random words make a good one. You can paste it from "
            "a password manager."
        ),
        autocomplete="new-password",
        validators=[Required(_l("Enter a new password"))],
    )

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.about = (person.name, person.email)

    def validate_new_password(self, field: PasswordField) -> None:
        """Long enough, hard enough to guess, and another one."""
        found = objection(field.data or "", self.about)
        if found is not None:
            raise ValidationError(objection_words(found))
        if field.data == self.password.data:
            raise ValidationError(_("Choose a password that is not the one you have now"))


def objection_words(found: Objection) -> str:
    """What to do about a password that is not taken."""
    if found is Objection.TOO_SHORT:
        return str(_("Use %(shortest)s characters or more", shortest=SHORTEST))
    if found is Objection.TOO_LONG:
        return str(_("Use %(longest)s characters or fewer", longest=LONGEST))
    return str(
        _(
            "Choose a password that is harder to guess: not a common word, your name, the name "
            "of this service, a year or a row of keys"
        )
    )


def delay_words(delay: timedelta) -> str:
    """How long to wait before trying again."""
    seconds = -(-delay // timedelta(seconds=1))
    if seconds < 100:
        length = ngettext("%(num)d second", "%(num)d seconds", seconds)
    else:
        length = ngettext("%(num)d minute", "%(num)d minutes", -(-seconds // 60))
    told = _("There were too many wrong tries. Wait %(length)s, then try again", length=length)
    return str(told)


def wrong_code() -> str:
    """What to do about a code that is not right, not any more, or not again."""
    return str(_("This code is wrong or has been used. Wait for the next one and enter that"))
