"""What is not done, however well the form was filled in."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why something was not done."""

    ADDRESS_TAKEN = "address-taken"
    LAST_ADMINISTRATOR = "last-administrator"
    OWN_ACCOUNT = "own-account"
    OWN_SECRETS = "own-secrets"
    TEAM_NAME_TAKEN = "team-name-taken"
    ALREADY_IN_TEAM = "already-in-team"
    ALREADY_ENROLLED = "already-enrolled"
    ENDS_BEFORE_IT_STARTS = "ends-before-it-starts"
    OWN_MENTOR = "own-mentor"


class NotDone(Exception):
    """Raised before anything was changed; the form that asked says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
