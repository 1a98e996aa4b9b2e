"""The audit trail: found by what one looks for, exported whole, and shown to be unaltered."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

import portal
from domain.standing import EventKind
from portal.administration.chain import Checked, check_detail, check_found
from portal.administration.words import ACTIONS
from portal.anchors import anchor_file, write_anchor
from portal.audit import record
from portal.evidence import Head
from portal.models import AuditEvent, Person, Role
from portal.settings import Settings
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.builders.tables import table_of

SignIn = Callable[..., PortalClient]


def happened(
    database: Session,
    action: str,
    *,
    actor: Person | None = None,
    subject: str = "",
    detail: str = "",
    at: datetime = datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
) -> None:
    record(database, action, actor=actor, subject=subject, detail=detail, at=at)
    database.commit()


def rows(page: str) -> list[list[str]]:
    """The events that a page shows, without the head of the table."""
    return table_of(page)[1:] if "<table" in page else []


def exported(browser: PortalClient, query: str = "") -> list[list[str]]:
    answer = browser.get(f"/administration/audit.csv{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_the_latest_event_stands_first_with_who_did_what_to_whom(
    sign_in: SignIn, database: Session
) -> None:
    actor, learner = add_person(database, name="Actor"), add_person(database, name="Learner")
    happened(database, "sign-in.failed", subject=f"person:{learner.public_id}")
    happened(database, "role.granted", actor=actor, subject="person:gone", detail="mentor")

    page = sign_in(Role.ADMINISTRATOR).get("/administration/audit").text

    when = "20 November 2026 at 12:00"
    assert rows(page) == [
        [when, "Actor", "Gave a role", "person:gone", "mentor"],
        [when, "Nobody who was signed in", "Gave a wrong password at sign-in", "Learner", ""],
    ]
    assert f'href="/administration/people/{learner.public_id}"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("action=quiz.started", ["two"]),
        ("who=actor+a", ["one", "two"]),
        ("who=ACTOR-A%40", ["one", "two"]),
        ("who=actor+b&action=sign-out", ["three"]),
        ("about=leave-basics", ["two"]),
        ("about=somebody", ["four"]),
        ("who=%25", []),
        ("about=leave_basics", []),
        ("since-day=21&since-month=11&since-year=2026", ["three", "four"]),
        ("until-day=20&until-month=11&until-year=2026", ["one", "two"]),
        (
            "since-day=21&since-month=11&since-year=2026"
            "&until-day=21&until-month=11&until-year=2026",
            ["three"],
        ),
    ],
)
def test_events_are_found_by_what_who_about_and_when(
    sign_in: SignIn, database: Session, query: str, found: list[str]
) -> None:
    a, b = add_person(database, name="Actor A"), add_person(database, name="Actor B")
    a.email, somebody = "actor-a@portal.example", add_person(database, name="Somebody")
    night = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
    happened(database, "sign-in.succeeded", actor=a, detail="one")
    happened(database, "quiz.started", actor=a, subject="leave-basics", detail="two", at=night)
    day = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
    happened(database, "sign-out", actor=b, detail="three", at=day)
    about = f"person:{somebody.public_id}"
    later = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    happened(database, "sign-in.failed", subject=about, detail="four", at=later)
    browser = sign_in(Role.ADMINISTRATOR)

    page = browser.get(f"/administration/audit?{query}").text

    assert [row[4] for row in reversed(rows(page))] == found
    lines = exported(browser, f"?{query}")[1:]
    assert [line[6] for line in reversed(lines)] == found


def test_the_day_of_a_filter_is_the_day_in_london(sign_in: SignIn, database: Session) -> None:
    # Half past midnight on 2 July in London is still 1 July in UTC.
    happened(database, "sign-out", at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    browser = sign_in(Role.ADMINISTRATOR)
    on = "since-day={0}&since-month=7&since-year=2026&until-day={0}&until-month=7&until-year=2026"

    assert len(rows(browser.get(f"/administration/audit?{on.format(2)}").text)) == 1
    assert "Nothing like that" in browser.get(f"/administration/audit?{on.format(1)}").text


def test_a_day_that_does_not_exist_is_an_error_and_shows_everything(
    sign_in: SignIn, database: Session
) -> None:
    happened(database, "sign-out")

    page = sign_in(Role.ADMINISTRATOR).get(
        "/administration/audit?since-day=31&since-month=2&since-year=2026"
    )

    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert 'href="#since-day"' in page.text
    assert len(rows(page.text)) == 1


@pytest.mark.parametrize("query", ["until-day=31&until-month=2&until-year=2026", "action=unheard"])
def test_what_makes_no_sense_is_not_exported(
    sign_in: SignIn, database: Session, query: str
) -> None:
    happened(database, "sign-out")

    answer = sign_in(Role.ADMINISTRATOR).get(f"/administration/audit.csv?{query}")

    assert "There is a problem" in answer.text
    assert answer.mimetype == "text/html"
    assert database.scalars(select(AuditEvent.action)).all() == ["sign-out"]


def test_every_event_is_on_exactly_one_page_and_the_filter_goes_along(
    sign_in: SignIn, database: Session
) -> None:
    for number in range(120):
        happened(database, "sign-out" if number % 6 else "quiz.started", detail=str(number))
    browser = sign_in(Role.ADMINISTRATOR)
    address, seen, pages = "/administration/audit?action=sign-out", [], []
    while address:
        page = browser.get(address).text
        pages.append(page)
        seen += [int(row[4]) for row in rows(page)]
        found = re.search(r'href="([^"]+before=[^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else ""

    assert seen == [number for number in reversed(range(120)) if number % 6]
    back = re.search(r'href="([^"]+after=[^"]+)"', pages[1])
    assert back
    again = browser.get(back[1].replace("&amp;", "&")).text
    assert rows(again) == rows(pages[0])


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "after=99999999999999999999", "before=", "after=٣"]
)
def test_an_odd_place_in_the_trail_is_no_error(
    sign_in: SignIn, database: Session, query: str
) -> None:
    happened(database, "sign-out")

    assert sign_in(Role.ADMINISTRATOR).get(f"/administration/audit?{query}").status_code == 200


def test_the_export_is_typed_safe_and_itself_in_the_trail(
    sign_in: SignIn, database: Session
) -> None:
    actor = add_person(database, name='=HYPERLINK("https://evil.example")')
    happened(database, "sign-out", actor=actor, detail="+1")
    happened(database, "quiz.started", actor=actor)
    browser = sign_in(Role.ADMINISTRATOR, name="An administrator")

    head, *lines = exported(browser, "?action=sign-out&who=hyperlink")

    assert head[:4] == ["When (UTC)", "Who", "Email", "Action"]
    assert [line[:2] + line[3:7] for line in lines] == [
        [
            "2026-11-20T12:00:00Z",
            '\'=HYPERLINK("https://evil.example")',
            "sign-out",
            "Signed out",
            "",
            "'+1",
        ]
    ]
    event = database.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event
    assert (event.action, event.actor_id) == ("audit.exported", browser.person_id)
    # What was typed into a filter is not kept: it could be anything.
    assert event.detail == "1 rows, by action sign-out, who"


def test_an_export_has_what_there_was_when_it_was_asked_for(
    sign_in: SignIn, database: Session
) -> None:
    for number in range(1203):
        record(
            database,
            "sign-out",
            actor=None,
            detail=str(number),
            at=datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
        )
    database.commit()
    browser = sign_in(Role.ADMINISTRATOR)

    lines = exported(browser)[1:]

    assert [int(line[6]) for line in lines] == list(reversed(range(1203)))


def test_others_cannot_export_the_trail(sign_in: SignIn, database: Session) -> None:
    others = [role for role in Role if role is not Role.ADMINISTRATOR]

    assert sign_in(*others).get("/administration/audit.csv").status_code == 403


def test_the_state_of_the_chain_is_told_in_words(sign_in: SignIn, database: Session) -> None:
    happened(database, "sign-out")
    browser = sign_in(Role.ADMINISTRATOR, name="Checker")
    assert "Nobody has checked from here yet" in browser.get("/administration/audit").text

    response = browser.post("/administration/audit/chain")

    assert (response.status_code, response.location) == (303, "/administration/audit/chain")
    for address in ("/administration/audit", "/administration/audit/chain"):
        page = " ".join(browser.get(address).text.split())
        assert "Unaltered" in page
        assert "The 1 record was as it was written. Checked 23 November 2026 at 09:00" in page
        assert "by Checker" in page
    assert 'href="/administration/audit/chain"' in browser.get("/administration/audit").text


def test_an_altered_record_is_told(sign_in: SignIn, database: Session) -> None:
    happened(database, "sign-in.failed")
    without_triggers(database, "UPDATE audit_event SET action = 'sign-in.succeeded'")
    browser = sign_in(Role.ADMINISTRATOR)

    browser.post("/administration/audit/chain")

    page = browser.get("/administration/audit/chain").text
    assert "Altered" in page
    assert "1 fault was found" in " ".join(page.split())
    assert "is not what was recorded" in page
    assert "Do not mend anything" in page


def test_a_database_that_was_put_back_is_told_by_its_anchor(
    sign_in: SignIn, database: Session, settings: Settings
) -> None:
    happened(database, "sign-out")
    path = anchor_file(settings.var_dir)
    write_anchor(path, Head(7, "f" * 64), datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    browser = sign_in(Role.ADMINISTRATOR)

    browser.post("/administration/audit/chain")

    assert "entry 7 was anchored and is gone" in browser.get("/administration/audit/chain").text


def test_a_torn_file_of_anchors_is_a_fault_and_not_an_accident(
    sign_in: SignIn, database: Session, settings: Settings
) -> None:
    anchor_file(settings.var_dir).write_text("torn", encoding="ascii")
    browser = sign_in(Role.ADMINISTRATOR)

    assert browser.post("/administration/audit/chain").status_code == 303

    assert "cannot be read" in browser.get("/administration/audit/chain").text


def test_what_a_check_found_is_read_as_it_was_written() -> None:
    found = Checked(1234, 5, 2, ("entry 7 is missing", "audit_event 3, 4 is gone"))

    assert check_found(check_detail(found)) == found
    many = Checked(10, 0, 99, tuple(f"fault {number}" for number in range(99)))
    assert check_found(check_detail(many)).number == 99
    assert len(check_found(check_detail(many)).faults) == 20


def test_every_action_that_the_portal_records_has_words() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(portal.__path__[0]).rglob("*.py")
    )
    calls = re.findall(r'\brecord\(\s*(?:db\.)?session,\s*"([a-z.-]+)"', source)
    calls += re.findall(r'failure(?:: str)? = "([a-z.-]+)"', source)
    calls += [f"training.{kind}" for kind in EventKind]

    assert len(calls) > 30
    assert set(calls) - set(ACTIONS) == set()
    assert all(f'"{action}"' in source for action in ACTIONS if not action.startswith("training."))


def without_triggers(database: Session, statement: str) -> None:
    """Do to the trail what only somebody who owns the database can."""
    if database.get_bind().dialect.name == "sqlite":
        database.execute(text("DROP TRIGGER audit_event_no_update"))
    else:
        database.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
    database.execute(text(statement))
    database.commit()
    database.expire_all()
