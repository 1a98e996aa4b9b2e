"""My team: where people stand as on a day, for whoever manages them now, and for nobody else."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.standing import EventKind, Meaning
from portal.models import (
    AuditEvent,
    Enrolment,
    Person,
    Role,
    Team,
    TeamMembership,
    TeamRole,
)
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.builders.training import (
    did,
    enrol,
    make_library,
    make_programme,
    publish,
    reworded,
    use_library,
)

SignIn = Callable[..., PortalClient]
LONG_AGO = date(2026, 1, 5)
READ_AT = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)


@pytest.fixture
def library(app: Flask) -> Library:
    """What the portal goes by."""
    return use_library(app, make_library())


@pytest.fixture
def team(database: Session) -> Team:
    """A team without anybody."""
    return add_team(database, "Leave team")


@pytest.fixture
def manager(database: Session, team: Team) -> Person:
    """Somebody who manages it."""
    person = add_person(database, Role.MANAGER, name="Manager M")
    join(database, team, person, TeamRole.MANAGER)
    return person


@pytest.fixture
def browser(library: Library, sign_in: SignIn, manager: Person) -> PortalClient:
    """The manager's browser."""
    return sign_in(person=manager)


@pytest.fixture
def member(library: Library, database: Session, team: Team) -> Enrolment:
    """Caseworker A, in the team since January, enrolled a week ago."""
    return add_member(database, team, "Caseworker A")


def add_team(database: Session, name: str) -> Team:
    """A team with this name."""
    made = Team(name=name)
    database.add(made)
    database.commit()
    return made


def join(
    database: Session,
    team: Team,
    person: Person,
    role: TeamRole = TeamRole.MEMBER,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> None:
    """Put somebody into a team."""
    database.add(
        TeamMembership(
            team_id=team.id, person_id=person.id, role=role, starts_on=starts_on, ends_on=ends_on
        )
    )
    database.commit()


def add_member(
    database: Session,
    team: Team,
    name: str,
    joined_on: date = LONG_AGO,
    left_on: date | None = None,
) -> Enrolment:
    """A learner in the team, enrolled a week ago."""
    person = add_person(database, Role.LEARNER, name=name)
    join(database, team, person, starts_on=joined_on, ends_on=left_on)
    return enrol(database, person)


def page_of(browser: PortalClient, query: str = "") -> str:
    """The words of the table's page, with single spaces."""
    answer = browser.get(f"/team/{query}")
    assert answer.status_code == 200
    return " ".join(unescape(answer.text).split())


def on(day: date) -> str:
    """The part of an address that asks for a day."""
    return f"?on-day={day.day}&on-month={day.month}&on-year={day.year}"


def why(enrolment: Enrolment, requirement: str = "read") -> str:
    """The address of the reasons for one cell."""
    return f"/team/{enrolment.person.public_id}/{enrolment.public_id}/{requirement}"


def cells(page: str) -> list[str]:
    """The standings of the table, in the order of the page."""
    return re.findall(r'govuk-tag--[\w-]+"> *([\w -]+?) *</strong> *<span', page)


def test_the_head_counts_in_words(
    browser: PortalClient, member: Enrolment, database: Session, team: Team
) -> None:
    add_member(database, team, "Caseworker B")
    late = add_person(database, Role.LEARNER, name="Caseworker C")
    join(database, team, late)
    enrol(database, late, starts_on=date(2026, 11, 13))

    page = page_of(browser)

    assert "Your team on 23 November 2026" in page
    assert "3 people · 1 overdue · 8 due in 30 days" in page


def test_each_cell_says_the_standing_and_the_day(
    browser: PortalClient, member: Enrolment, library: Library, database: Session
) -> None:
    did(database, library, member, "read", EventKind.READ, READ_AT)

    page = page_of(browser)

    assert cells(page) == ["Current", "Not yet due", "Not yet due"]
    assert "done 17 November 2026" in page
    assert "due 30 November 2026" in page
    assert f'href="{why(member)}"' in page


def test_a_past_day_shows_what_was_true_then(
    app: Flask, browser: PortalClient, member: Enrolment, library: Library, database: Session
) -> None:
    publish(database, library, Meaning.FIRST, READ_AT - timedelta(days=30))
    did(database, library, member, "read", EventKind.READ, READ_AT)
    changed = use_library(app, reworded(library, "time"))
    publish(database, changed, Meaning.MATERIAL, READ_AT + timedelta(days=2), "time")

    def first_cell(day: int) -> str:
        return cells(page_of(browser, on(date(2026, 11, day))))[0]

    assert [first_cell(day) for day in (16, 17, 18, 19)] == [
        "Not yet due",
        "Current",
        "Current",
        "Outdated",
    ]
    assert "Your team on 18 November 2026" in page_of(browser, on(date(2026, 11, 18)))
    assert "· 1 outdated" in page_of(browser)


def test_a_day_that_does_not_exist_is_told_and_today_is_shown(
    browser: PortalClient, member: Enrolment
) -> None:
    page = page_of(browser, "?on-day=31&on-month=2&on-year=2026")

    assert "There is a problem" in page
    assert "Enter a real date" in page
    assert 'value="31"' in page
    assert "Your team on 23 November 2026" in page


def test_filters_stand_in_the_address(
    browser: PortalClient, member: Enrolment, library: Library, database: Session, team: Team
) -> None:
    other = add_member(database, team, "Caseworker B")
    did(database, library, other, "read", EventKind.READ, READ_AT)

    one = page_of(browser, "?requirement=induction/read")
    current = page_of(browser, "?standing=current")
    person = page_of(browser, f"?person={member.person.public_id}")

    assert cells(one) == ["Not yet due", "Current"]
    assert cells(current) == ["Current", "Not yet due", "Not yet due"]
    assert why(other) in current
    assert cells(person) == ["Not yet due"] * 3
    assert why(other) not in person.split("Due in the next 30 days")[0]
    for page in (one, current, person):
        assert "2 people" in page


def test_filters_that_match_nobody_say_so(browser: PortalClient, member: Enrolment) -> None:
    assert "Nobody matches these filters." in page_of(browser, "?standing=expired")


def test_a_filter_that_is_not_offered_is_told_and_left_out(
    browser: PortalClient, member: Enrolment
) -> None:
    page = page_of(browser, "?standing=brilliant")

    assert "Choose from the list" in page
    assert len(cells(page)) == 3


def test_what_falls_due_is_listed_by_day(
    browser: PortalClient, member: Enrolment, database: Session
) -> None:
    listed = page_of(browser).split("Due in the next 30 days")[-1]

    days = ["Monday 23 November 2026", "Monday 30 November 2026", "Monday 14 December 2026"]
    assert [listed.index(day) for day in days] == sorted(listed.index(day) for day in days)


def test_what_lapses_soon_is_listed_too(
    browser: PortalClient, database: Session, team: Team, app: Flask
) -> None:
    programme = make_programme()
    yearly = replace(programme.requirements[0], valid_for_months=1, expiring_within_days=7)
    library = use_library(app, make_library(replace(programme, requirements=(yearly,))))
    member = add_member(database, team, "Caseworker A")
    did(database, library, member, "read", EventKind.READ, READ_AT)

    page = page_of(browser)

    assert "valid to 16 December 2026" in page
    assert "Lapses" in page.split("Due in the next 30 days")[-1]


def test_whoever_is_on_no_programme_is_named(
    browser: PortalClient, database: Session, team: Team
) -> None:
    join(database, team, add_person(database, Role.LEARNER, name="Caseworker Z"))

    page = page_of(browser)

    assert "Nobody in your team was on a programme on this day." in page
    assert "Caseworker Z" in page.split("On no programme")[1]


def test_a_manager_of_nothing_is_told_what_to_do(library: Library, sign_in: SignIn) -> None:
    assert "You manage no team." in page_of(sign_in(Role.MANAGER))


def check_unseen(browser: PortalClient, enrolment: Enrolment, query: str = "") -> None:
    """Neither in the table, nor in the download, nor behind a guessed address."""
    assert enrolment.person.name not in page_of(browser, query)
    assert enrolment.person.name not in browser.get(f"/team/table.csv{query}").text
    assert browser.get(f"{why(enrolment)}{query}").status_code == 404
    found = page_of(browser, f"?person={enrolment.person.public_id}")
    assert enrolment.person.name not in found


def test_another_team_is_not_seen(
    browser: PortalClient, library: Library, database: Session
) -> None:
    other = add_team(database, "Recall team")
    check_unseen(browser, add_member(database, other, "Caseworker X"))


def test_whoever_has_left_is_not_seen_on_any_day(
    browser: PortalClient, library: Library, database: Session, team: Team
) -> None:
    left = add_member(database, team, "Caseworker X", left_on=date(2026, 11, 23))

    check_unseen(browser, left)
    check_unseen(browser, left, on(date(2026, 11, 20)))


def test_whoever_joined_later_is_not_seen_on_a_day_before(
    browser: PortalClient, library: Library, database: Session, team: Team
) -> None:
    late = add_member(database, team, "Caseworker X", joined_on=date(2026, 11, 20))

    assert "Caseworker X" in page_of(browser, on(date(2026, 11, 20)))
    assert browser.get(why(late)).status_code == 200
    before = on(date(2026, 11, 19))
    assert f'href="{why(late)}' not in page_of(browser, before)
    assert browser.get(f"{why(late)}{before}").status_code == 404


def test_whoever_managed_the_team_before_sees_nothing(
    library: Library, sign_in: SignIn, database: Session, team: Team, member: Enrolment
) -> None:
    former = add_person(database, Role.MANAGER)
    join(database, team, former, TeamRole.MANAGER, ends_on=date(2026, 11, 23))
    browser = sign_in(person=former)

    check_unseen(browser, member)
    check_unseen(browser, member, on(date(2026, 11, 20)))


def test_a_member_of_the_team_who_manages_another_sees_nothing_of_it(
    library: Library, sign_in: SignIn, database: Session, team: Team, member: Enrolment
) -> None:
    colleague = add_person(database, Role.MANAGER)
    join(database, team, colleague)
    join(database, add_team(database, "Recall team"), colleague, TeamRole.MANAGER)

    check_unseen(sign_in(person=colleague), member)


def test_a_disabled_account_is_not_shown(
    browser: PortalClient, member: Enrolment, database: Session
) -> None:
    member.person.active = False
    database.commit()

    check_unseen(browser, member)


def test_an_enrolment_of_one_person_does_not_open_another_s(
    browser: PortalClient, member: Enrolment, database: Session
) -> None:
    stranger = enrol(database)

    mixed = f"/team/{member.person.public_id}/{stranger.public_id}/read"
    assert browser.get(mixed).status_code == 404
    assert browser.get(why(member, "nothing")).status_code == 404


@pytest.mark.parametrize("address", ["/team/", "/team/table.csv", "why"])
def test_only_managers_see_teams(member: Enrolment, sign_in: SignIn, address: str) -> None:
    own = sign_in(person=member.person)

    assert own.get(why(member) if address == "why" else address).status_code == 403


def test_the_reasons_show_rule_entries_and_versions(
    app: Flask, browser: PortalClient, member: Enrolment, library: Library, database: Session
) -> None:
    publish(database, library, Meaning.FIRST, READ_AT - timedelta(days=30))
    number = did(database, library, member, "read", EventKind.READ, READ_AT)
    changed = use_library(app, reworded(library, "time"))
    publish(database, changed, Meaning.MATERIAL, READ_AT + timedelta(days=2), "time")

    page = " ".join(unescape(browser.get(why(member)).text).split())

    assert "Caseworker A: Read about leave" in page
    assert "It is due 5 working days after the start on 16 November 2026: on 23" in page
    assert "It does not lapse with time." in page
    assert number in page
    row = page.split('href="/staff/leave/#time"')[1].split("</tr>")[0]
    assert "v1" in row
    assert "v2" in row
    assert "Changed in a way that matters" in row


def test_looking_at_somebody_s_record_leaves_a_trace(
    browser: PortalClient, member: Enrolment, manager: Person, database: Session
) -> None:
    browser.get(why(member))

    trace = database.scalars(
        select(AuditEvent).where(AuditEvent.action == "team.record-viewed")
    ).one()
    assert trace.actor_id == manager.id
    assert trace.subject == f"person:{member.person.public_id}"
    assert trace.detail == "induction/read as on 2026-11-23"


def test_the_download_is_the_table_as_filtered_and_leaves_a_trace(
    browser: PortalClient, member: Enrolment, library: Library, database: Session, team: Team
) -> None:
    did(database, library, member, "read", EventKind.READ, READ_AT)
    add_member(database, team, "=Caseworker B")

    answer = browser.get(
        "/team/table.csv?requirement=induction/read&on-day=20&on-month=11&on-year=2026"
    )

    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(r["person"], r["standing"], r["done_on"]) for r in rows] == [
        ("'=Caseworker B", "Not yet due", ""),
        ("Caseworker A", "Current", "2026-11-17"),
    ]
    assert {r["as_on"] for r in rows} == {"2026-11-20"}
    trace = database.scalars(select(AuditEvent).where(AuditEvent.action == "team.exported")).one()
    assert trace.detail == "as on 2026-11-20, 2 rows, requirement induction/read"


def test_a_person_in_two_teams_is_one_row(
    browser: PortalClient, member: Enrolment, manager: Person, database: Session
) -> None:
    second = add_team(database, "Advice team")
    join(database, second, manager, TeamRole.MANAGER)
    join(database, second, member.person)

    assert len(cells(page_of(browser))) == 3
    assert "Teams: Advice team, Leave team." in page_of(browser)
    assert '"Advice team; Leave team"' in browser.get("/team/table.csv").text


def test_the_enrolment_that_started_last_counts(
    browser: PortalClient, member: Enrolment, database: Session
) -> None:
    enrol(database, member.person, starts_on=date(2026, 11, 20))

    page = page_of(browser)

    assert len(cells(page)) == 3
    assert "due 27 November 2026" in page


def test_each_programme_has_its_own_table(
    app: Flask, browser: PortalClient, member: Enrolment, database: Session
) -> None:
    use_library(app, make_library(make_programme(), make_programme("refresher")))
    enrol(database, member.person, "refresher")

    page = page_of(browser)

    assert page.index("Caseworker induction") < page.index("Caseworker refresher")
    assert len(cells(page)) == 6


def test_a_large_team_is_shown_in_pages_and_counted_whole(
    browser: PortalClient, library: Library, database: Session, team: Team
) -> None:
    for number in range(51):
        add_member(database, team, f"Caseworker {number:02}")

    first, second = page_of(browser), page_of(browser, "?page=2")

    assert len(cells(first)) == 150
    assert len(cells(second)) == 3
    assert "51 people" in first
    assert "51 people" in second
    assert len(browser.get("/team/table.csv").text.strip().splitlines()) == 1 + 51 * 3


def test_the_size_of_the_team_does_not_change_the_number_of_queries(
    browser: PortalClient, library: Library, database: Session, team: Team
) -> None:
    def queries(people: int) -> int:
        for number in range(people):
            enrolment = add_member(database, team, f"Caseworker {people} {number}")
            did(database, library, enrolment, "read", EventKind.READ, READ_AT)
        sent: list[object] = []

        def note(*details: object) -> None:
            sent.append(details[2])

        event.listen(Engine, "before_cursor_execute", note)
        page_of(browser)
        event.remove(Engine, "before_cursor_execute", note)
        return len(sent)

    queries(1)
    assert queries(2) == queries(30) <= 20
