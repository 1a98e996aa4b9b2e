"""The audit trail in words."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.administration.refusals import Refusal
from portal.models import AuditEvent

Words = Any  # text that is translated when it is shown

# Every action that the portal records; a test finds one that is missing.
ACTIONS: dict[str, Words] = {
    "access.refused": _l("Was refused a page"),
    "audit.checked": _l("Checked the chain"),
    "audit.exported": _l("Downloaded the audit trail"),
    "codes.removed": _l("Stopped using one-time codes"),
    "codes.reset": _l("Reset somebody's one-time codes"),
    "codes.set-up": _l("Set up one-time codes"),
    "demonstration.cast-added": _l("Added the demonstration cast"),
    "enrolment.ended": _l("Ended an enrolment"),
    "enrolment.started": _l("Enrolled somebody on a programme"),
    "guard.blocked": _l("Was stopped by the confidentiality guard"),
    "guard.warned": _l("Was warned by the confidentiality guard"),
    "guidance.published": _l("Published the guidance"),
    "mentor.named": _l("Named a mentor"),
    "password.changed": _l("Changed their password"),
    "password.check-failed": _l("Gave a wrong password in their account"),
    "password.reset": _l("Gave somebody a new password"),
    "person.added": _l("Added a person"),
    "person.changed": _l("Changed a person's details"),
    "person.disabled": _l("Disabled an account"),
    "person.enabled": _l("Enabled an account"),
    "quiz.started": _l("Started a quiz"),
    "quiz.submitted": _l("Submitted a quiz"),
    "register.exported": _l("Downloaded the stakeholder register"),
    "register.loaded": _l("Loaded the starter register"),
    "register.organisation-added": _l("Added an organisation"),
    "role.granted": _l("Gave a role"),
    "role.revoked": _l("Took a role away"),
    "session.all-ended": _l("Signed somebody out everywhere"),
    "session.ended": _l("Ended one of their sessions"),
    "session.others-ended": _l("Signed out everywhere else"),
    "sign-in.code-failed": _l("Gave a wrong one-time code"),
    "sign-in.failed": _l("Gave a wrong password at sign-in"),
    "sign-in.succeeded": _l("Signed in"),
    "sign-out": _l("Signed out"),
    "stakeholder.assessed": _l("Assessed an organisation"),
    "team.created": _l("Created a team"),
    "team.exported": _l("Downloaded a team's table"),
    "team.joined": _l("Put somebody into a team"),
    "team.left": _l("Ended a team membership"),
    "team.record-viewed": _l("Looked at somebody's record"),
    "training.asked-for-sign-off": _l("Asked for a sign-off"),
    "training.exempted": _l("Exempted somebody"),
    "training.exported": _l("Downloaded their training record"),
    "training.failed": _l("Did not pass a quiz"),
    "training.not-yet": _l("Said not yet to a sign-off"),
    "training.passed": _l("Passed a quiz"),
    "training.read": _l("Read a page"),
    "training.revoked": _l("Revoked a completion"),
    "training.signed-off": _l("Signed off an observed task"),
    "training.started": _l("Started a requirement"),
}


def action_words(action: str) -> str:
    """What was done; the bare word where a later version of the portal knew it."""
    return str(ACTIONS.get(action, action))


def who_words(event: AuditEvent) -> str:
    """Who did it."""
    return event.actor.name if event.actor else str(_("Nobody who was signed in"))


def day_before(day: date) -> date:
    """The last day of something that ends before this one."""
    return day - timedelta(days=1)


def refusal_words(refusal: Refusal) -> str:
    """Why something was not done, and what to do instead."""
    words = {
        Refusal.ADDRESS_TAKEN: _("There is an account with this address already"),
        Refusal.LAST_ADMINISTRATOR: _(
            "Nobody else can administer the portal. Give somebody else the role first"
        ),
        Refusal.OWN_ACCOUNT: _("Another administrator must disable your account"),
        Refusal.OWN_SECRETS: _("Change your own password and codes on the page of your account"),
        Refusal.TEAM_NAME_TAKEN: _("There is a team of this name already"),
        Refusal.ALREADY_IN_TEAM: _("They are in this team in this role at that time already"),
        Refusal.ALREADY_ENROLLED: _("They are on this programme at that time already"),
        Refusal.ENDS_BEFORE_IT_STARTS: _("The last day cannot be before the first"),
        Refusal.OWN_MENTOR: _("Nobody is their own mentor"),
    }
    return str(words[refusal])
