"""Where people belong: teams, programmes and mentors, from when to when."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import AuditEvent, Enrolment, Person, Role, Team, TeamMembership
from tests.builders.browser import PortalClient
from tests.builders.people import JOINED_AT, add_person

SignIn = Callable[..., PortalClient]

PROGRAMME = "induction"
JANUARY = date(2026, 1, 5)


def trail(database: Session) -> list[tuple[str, str]]:
    rows = database.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [(row.action, row.detail) for row in rows]


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def new_team(database: Session, name: str = "Casework A") -> Team:
    team = Team(name=name)
    database.add(team)
    database.commit()
    return team


def member(database: Session, team: Team, person: Person, role: str = "member") -> TeamMembership:
    membership = TeamMembership(team=team, person=person, role=role, starts_on=JANUARY)
    database.add(membership)
    database.commit()
    return membership


def on_programme(database: Session, person: Person) -> Enrolment:
    enrolment = Enrolment(
        person=person, programme=PROGRAMME, starts_on=JANUARY, created_at=JOINED_AT
    )
    database.add(enrolment)
    database.commit()
    return enrolment


def test_a_team_is_created_once_whatever_the_capitals(sign_in: SignIn, database: Session) -> None:
    browser = sign_in(Role.ADMINISTRATOR)

    response = browser.post("/administration/teams/add", data={"name": "Casework A"})
    again = browser.post("/administration/teams/add", data={"name": "CASEWORK a"})

    team = database.scalars(select(Team)).one()
    assert response.location == f"/administration/teams/{team.public_id}"
    assert "There is a team of this name already" in again.text
    assert "Enter a name" in browser.post("/administration/teams/add", data={"name": " "}).text
    assert trail(database) == [("team.created", "")]


def test_a_manager_and_a_member_join_and_the_list_says_so(
    sign_in: SignIn, database: Session
) -> None:
    team, browser = new_team(database), sign_in(Role.ADMINISTRATOR)
    manager, learner = add_person(database, Role.MANAGER), add_person(database, Role.LEARNER)
    where = f"/administration/teams/{team.public_id}"
    for person, role in ((learner, "member"), (manager, "manager")):
        data = {"email": person.email, "role": role, **day("starts_on", date(2026, 11, 23))}
        assert browser.post(f"{where}/join", data=data).location == where

    page = browser.get(where).text
    assert page.index(manager.name) < page.index(learner.name)
    assert "since 23 November 2026" in page
    assert "2 people" in browser.get("/administration/teams").text
    assert trail(database) == [
        ("team.joined", f"{role} of team:{team.public_id} from 2026-11-23")
        for role in ("member", "manager")
    ]


def test_somebody_joins_a_team_once_at_a_time(sign_in: SignIn, database: Session) -> None:
    team, learner = new_team(database), add_person(database, Role.LEARNER)
    member(database, team, learner)

    page = sign_in(Role.ADMINISTRATOR).post(
        f"/administration/teams/{team.public_id}/join",
        data={"email": learner.email, "role": "member", **day("starts_on", date(2026, 11, 23))},
    )

    assert "They are in this team in this role at that time already" in page.text
    assert len(database.scalars(select(TeamMembership)).all()) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "nobody@portal.example"}, "Nobody has an account with this address"),
        ({"email": ""}, "Enter the email address"),
        ({"role": "owner"}, "Choose from the list"),
        ({"starts_on-day": ""}, "must include a day"),
    ],
)
def test_a_mistake_puts_nobody_into_a_team(
    sign_in: SignIn, database: Session, typed: dict[str, str], told: str
) -> None:
    team, learner = new_team(database), add_person(database, Role.LEARNER)
    data = {"email": learner.email, "role": "member", **day("starts_on", JANUARY)}

    page = sign_in(Role.ADMINISTRATOR).post(
        f"/administration/teams/{team.public_id}/join", data=data | typed
    )

    assert told in page.text
    assert database.scalars(select(TeamMembership)).all() == []


def test_a_membership_ends_after_its_last_day(sign_in: SignIn, database: Session) -> None:
    team, learner = new_team(database), add_person(database, Role.LEARNER)
    membership = member(database, team, learner)
    browser = sign_in(Role.ADMINISTRATOR)
    where = f"/administration/teams/{team.public_id}/memberships/{membership.id}/end"

    early = browser.post(where, data=day("last_day", date(2026, 1, 4)))
    assert "The last day cannot be before the first" in early.text
    browser.post(where, data=day("last_day", date(2026, 11, 27)))

    database.refresh(membership)
    assert membership.ends_on == date(2026, 11, 28)
    page = browser.get(f"/administration/teams/{team.public_id}").text
    assert "5 January 2026 to 27 November 2026" in page
    assert trail(database) == [("team.left", f"member of team:{team.public_id} to 2026-11-27")]


def test_a_membership_of_another_team_is_not_found(sign_in: SignIn, database: Session) -> None:
    team, other = new_team(database), new_team(database, "Casework B")
    membership = member(database, team, add_person(database, Role.LEARNER))

    response = sign_in(Role.ADMINISTRATOR).post(
        f"/administration/teams/{other.public_id}/memberships/{membership.id}/end",
        data=day("last_day", date(2026, 11, 27)),
    )

    assert response.status_code == 404


def test_whoever_left_a_team_can_join_it_again(sign_in: SignIn, database: Session) -> None:
    team, learner = new_team(database), add_person(database, Role.LEARNER)
    membership = member(database, team, learner)
    membership.ends_on = date(2026, 6, 1)
    database.commit()

    sign_in(Role.ADMINISTRATOR).post(
        f"/administration/teams/{team.public_id}/join",
        data={"email": learner.email, "role": "member", **day("starts_on", date(2026, 6, 1))},
    )

    assert len(database.scalars(select(TeamMembership)).all()) == 2


def test_a_manager_put_in_by_an_administrator_sees_the_team_at_once(
    sign_in: SignIn, database: Session
) -> None:
    team = new_team(database)
    manager, learner = add_person(database, Role.MANAGER), add_person(database, Role.LEARNER)
    theirs, browser = sign_in(person=manager), sign_in(Role.ADMINISTRATOR)
    assert learner.name not in theirs.get("/team/").text

    for person, role in ((learner, "member"), (manager, "manager")):
        browser.post(
            f"/administration/teams/{team.public_id}/join",
            data={"email": person.email, "role": role, **day("starts_on", date(2026, 11, 23))},
        )

    assert learner.name in theirs.get("/team/").text


def test_somebody_is_enrolled_and_sees_it_in_my_training(
    sign_in: SignIn, database: Session
) -> None:
    learner = add_person(database, Role.LEARNER)
    browser = sign_in(Role.ADMINISTRATOR)
    where = f"/administration/people/{learner.public_id}"

    data = {"programme": PROGRAMME, **day("starts_on", date(2026, 11, 23))}
    assert browser.post(f"{where}/enrol", data=data).location == where

    assert "since 23 November 2026" in browser.get(where).text
    assert "Read about leave" in sign_in(person=learner).get("/training/").text
    assert trail(database)[0] == ("enrolment.started", f"{PROGRAMME} from 2026-11-23")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"programme": ""}, "Select a programme"),
        ({"programme": "sorcery"}, "Choose from the list"),
        ({"starts_on-day": "", "starts_on-month": "", "starts_on-year": ""}, "Enter the first day"),
    ],
)
def test_a_mistake_enrols_nobody(
    sign_in: SignIn, database: Session, typed: dict[str, str], told: str
) -> None:
    learner = add_person(database, Role.LEARNER)
    data = {"programme": PROGRAMME, **day("starts_on", JANUARY)} | typed
    data = {name: text for name, text in data.items() if name != "programme" or text}

    page = sign_in(Role.ADMINISTRATOR).post(
        f"/administration/people/{learner.public_id}/enrol", data=data
    )

    assert told in page.text
    assert database.scalars(select(Enrolment)).all() == []


def test_somebody_is_on_a_programme_once_at_a_time(sign_in: SignIn, database: Session) -> None:
    learner = add_person(database, Role.LEARNER)
    enrolment = on_programme(database, learner)
    browser = sign_in(Role.ADMINISTRATOR)
    data = {"programme": PROGRAMME, **day("starts_on", date(2026, 11, 23))}

    again = browser.post(f"/administration/people/{learner.public_id}/enrol", data=data)
    assert "They are on this programme at that time already" in again.text
    browser.post(
        f"/administration/enrolments/{enrolment.public_id}/end",
        data=day("last_day", date(2026, 11, 22)),
    )
    browser.post(f"/administration/people/{learner.public_id}/enrol", data=data)

    starts = database.scalars(select(Enrolment.starts_on).order_by(Enrolment.starts_on)).all()
    assert starts == [JANUARY, date(2026, 11, 23)]
    assert trail(database) == [
        ("enrolment.ended", f"{PROGRAMME} to 2026-11-22"),
        ("enrolment.started", f"{PROGRAMME} from 2026-11-23"),
    ]


def test_an_enrolment_does_not_end_before_it_starts(sign_in: SignIn, database: Session) -> None:
    enrolment = on_programme(database, add_person(database, Role.LEARNER))
    where = f"/administration/enrolments/{enrolment.public_id}/end"
    browser = sign_in(Role.ADMINISTRATOR)
    assert browser.get(where).status_code == 200

    page = browser.post(where, data=day("last_day", date(2026, 1, 4))).text

    assert "The last day cannot be before the first" in page
    database.refresh(enrolment)
    assert enrolment.ends_on is None


def test_an_enrolment_on_a_programme_that_is_no_longer_authored_can_be_ended(
    sign_in: SignIn, database: Session
) -> None:
    learner = add_person(database, Role.LEARNER)
    enrolment = on_programme(database, learner)
    enrolment.programme = "withdrawn"
    database.commit()
    browser = sign_in(Role.ADMINISTRATOR)

    assert "withdrawn" in browser.get(f"/administration/people/{learner.public_id}").text
    where = f"/administration/enrolments/{enrolment.public_id}/end"
    browser.post(where, data=day("last_day", date(2026, 11, 22)))

    database.refresh(enrolment)
    assert enrolment.ends_on == date(2026, 11, 23)


def test_a_mentor_is_named_replaced_and_taken_away(sign_in: SignIn, database: Session) -> None:
    learner = add_person(database, Role.LEARNER)
    first, second = add_person(database, Role.MENTOR), add_person(database, Role.MENTOR)
    browser = sign_in(Role.ADMINISTRATOR)
    where = f"/administration/people/{learner.public_id}/mentor"
    named = []

    for mentor in (first.public_id, second.public_id, second.public_id, ""):
        browser.post(where, data={"mentor": mentor})
        database.refresh(learner)
        named.append(learner.mentor_id)

    assert named == [first.id, second.id, second.id, None]
    assert trail(database) == [
        ("mentor.named", f"person:{first.public_id}"),
        ("mentor.named", f"person:{second.public_id}"),
        ("mentor.named", "nobody"),
    ]


def test_only_mentors_can_be_named(sign_in: SignIn, database: Session) -> None:
    learner, colleague = add_person(database, Role.LEARNER), add_person(database, Role.LEARNER)
    gone = add_person(database, Role.MENTOR, active=False)
    browser = sign_in(Role.ADMINISTRATOR)
    where = f"/administration/people/{learner.public_id}/mentor"

    for other in (colleague, gone):
        page = browser.post(where, data={"mentor": other.public_id}).text
        assert "Choose from the list" in page

    database.refresh(learner)
    assert learner.mentor_id is None


def test_nobody_is_their_own_mentor(sign_in: SignIn, database: Session) -> None:
    both = add_person(database, Role.LEARNER, Role.MENTOR)

    page = sign_in(Role.ADMINISTRATOR).post(
        f"/administration/people/{both.public_id}/mentor", data={"mentor": both.public_id}
    )

    assert "Nobody is their own mentor" in page.text
