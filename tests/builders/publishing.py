"""Guidance that was published, and an editor who decides what its changes mean."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.pages import Visibility
from domain.standing import Status
from portal.models import (
    Enrolment,
    Person,
    Publication,
    Team,
    TeamMembership,
)
from portal.publishing.service import record_first_publication
from portal.records import standings_of
from tests.builders.browser import PortalClient
from tests.builders.register import make_engagement
from tests.builders.training import make_library

FIRST_AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DONE_AT = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
MEANING, REASON = "meaning-leave.who-decides", "reason-leave.who-decides"
DECIDED = {
    MEANING: "material",
    REASON: "The decision moved to another body.",
    "summary": "Somebody else decides on leave.",
}


def first_published(database: Session) -> Library:
    """A small library, with a group that follows its page, as the first publication."""
    made = make_library()
    page = replace(made.pages["leave"], visibility=Visibility.PUBLIC)
    library = replace(made, pages={"leave": page}, engagement=make_engagement())
    record_first_publication(database, library, FIRST_AT)
    database.commit()
    return library


def join_team(database: Session, person: Person, name: str = "Casework 1") -> None:
    """Put somebody into a team, which is made where there is none of this name."""
    team = database.scalars(select(Team).where(Team.name == name)).one_or_none()
    starts_on = date(2026, 1, 5)
    database.add(
        TeamMembership(
            team=team or Team(name=name), person=person, role="member", starts_on=starts_on
        )
    )
    database.commit()


def seen(page: str) -> str:
    """The words of a page, as they are read."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def state(page: str) -> dict[str, str]:
    """What the page says that it told of."""
    [found] = re.findall(r'name="state"[^>]* value="([^"]*)"', page)
    return {"state": found}


def hidden(page: str) -> dict[str, str]:
    """What the page before publishing carries along."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrf_token"}


def check(editor: PortalClient, **changes: str) -> str:
    """Decide as `DECIDED` says, but for these changes; gives the page that follows."""
    page = editor.get("/publishing/").text
    typed = DECIDED | changes | state(page) | {"step": "check"}
    return editor.post("/publishing/", data=typed).text


def publish(editor: PortalClient, **changes: str) -> str:
    """Decide, check and publish; gives the address of the publication."""
    answer = editor.post(
        "/publishing/", data=hidden(check(editor, **changes)) | {"step": "publish"}
    )
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def publications(database: Session) -> list[Publication]:
    """Every publication, the oldest first."""
    database.expire_all()
    return list(database.scalars(select(Publication).order_by(Publication.id)))


def standing_of(database: Session, library: Library, enrolment: Enrolment) -> dict[str, Status]:
    """Where somebody stands today on each requirement."""
    duties = standings_of(database, library, [enrolment], TODAY)
    return {duty.requirement.id: duty.standing.status for duty in duties}
