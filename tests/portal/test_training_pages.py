"""My training: what the learner's pages say, and what they record."""

import csv
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.standing import EventKind, Meaning
from portal.models import AuditEvent, Enrolment, Person, Role, TrainingEvent
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.builders.training import did, enrol, make_library, publish, reworded, use_library

SignIn = Callable[..., PortalClient]
LAST_WEEK = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)


@pytest.fixture
def library(app: Flask) -> Library:
    """What the portal goes by."""
    return use_library(app, make_library())


@pytest.fixture
def enrolment(library: Library, database: Session) -> Enrolment:
    """A learner who started a week ago."""
    return enrol(database)


@pytest.fixture
def learner(sign_in: SignIn, enrolment: Enrolment) -> PortalClient:
    """That learner's browser."""
    return sign_in(person=enrolment.person)


def text_of(browser: PortalClient, address: str) -> str:
    """The words of a page, with single spaces."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.text.split())


def place(enrolment: Enrolment, requirement: str, action: str = "") -> str:
    """The address of a requirement, or of something to do about it."""
    return f"/training/{enrolment.public_id}/{requirement}{action}"


def page_version(library: Library) -> dict[str, str]:
    """What the form for reading carries."""
    return {"version": library.pages["leave"].version}


def events(database: Session) -> list[str]:
    """The kinds of all entries, in order."""
    database.expire_all()
    return list(database.scalars(select(TrainingEvent.kind).order_by(TrainingEvent.id)))


def test_it_says_what_to_do_next_and_by_when(learner: PortalClient) -> None:
    page = text_of(learner, "/training/")

    assert "Caseworker induction: <strong>0 of 3 done</strong>" in page
    assert page.index("Do this next") < page.index("Read: Read about leave") < page.index("Then")
    assert "Due Monday 23 November 2026 (today)" in page
    assert "Due Monday 30 November 2026 (in 5 working days)" in page
    assert "3 questions" in page


def test_a_late_requirement_comes_first_and_says_how_late(
    library: Library, database: Session, sign_in: SignIn
) -> None:
    enrolment = enrol(database, starts_on=date(2026, 11, 13))

    page = text_of(sign_in(person=enrolment.person), "/training/")

    following = page.split("Do this next")[1].split("Then")[0]
    assert "Was due Friday 20 November 2026 (1 working day ago)" in following
    assert "Overdue" in following


def test_whoever_is_on_no_programme_is_told_what_to_do(library: Library, sign_in: SignIn) -> None:
    page = text_of(sign_in(Role.LEARNER), "/training/")

    assert "You are on no training programme. Ask your manager to have you enrolled" in page


def test_a_programme_that_starts_later_says_when(
    library: Library, database: Session, sign_in: SignIn
) -> None:
    enrolment = enrol(database, starts_on=date(2026, 12, 1))

    page = text_of(sign_in(person=enrolment.person), "/training/")

    assert "Caseworker induction starts on Tuesday 1 December 2026." in page
    assert "Do this next" not in page


def test_an_enrolment_that_has_ended_asks_for_nothing(
    library: Library, database: Session, sign_in: SignIn
) -> None:
    enrolment = enrol(database, ends_on=date(2026, 11, 23))
    browser = sign_in(person=enrolment.person)

    assert "You are on no training programme" in text_of(browser, "/training/")
    assert browser.get(place(enrolment, "read")).status_code == 404


def test_it_records_that_a_page_was_read(
    learner: PortalClient, library: Library, enrolment: Enrolment, database: Session
) -> None:
    answer = learner.post(place(enrolment, "read", "/read"), data=page_version(library))

    assert answer.status_code == 302
    entry = database.scalars(select(TrainingEvent)).one()
    assert (entry.kind, entry.person_id) == ("read", enrolment.person_id)
    assert entry.happened_on == date(2026, 11, 23)
    assert [s.section for s in entry.sections] == ["leave#time", "leave#who-decides"]
    page = text_of(learner, "/training/")
    assert f"Record number {entry.public_id}, 23 November 2026 at 09:00." in page
    assert "1 of 3 done" in page
    assert "Done: 1 requirement" in page


def test_saying_twice_that_a_page_was_read_is_one_entry(
    learner: PortalClient, library: Library, enrolment: Enrolment, database: Session
) -> None:
    for _ in range(2):
        learner.post(place(enrolment, "read", "/read"), data=page_version(library))

    assert events(database) == ["read"]
    assert "It was on record already" in text_of(learner, "/training/")


@pytest.mark.parametrize(
    ("requirement", "action", "kind"),
    [("read", "/read", "read"), ("draft", "/ask", "asked-for-sign-off")],
)
def test_pressing_a_button_many_times_at_once_is_one_entry(
    app: Flask,
    learner: PortalClient,
    library: Library,
    enrolment: Enrolment,
    database: Session,
    requirement: str,
    action: str,
    kind: str,
) -> None:
    give_mentor(database, enrolment)
    cookie = learner.get_cookie("__Host-session", domain="portal.example")
    assert cookie is not None
    address, sent = place(enrolment, requirement, action), page_version(library)

    def press(_number: int) -> int:
        window = app.test_client()
        window.set_cookie(cookie.key, cookie.value, domain="portal.example", secure=True)
        return window.post(address, data=sent).status_code

    with ThreadPoolExecutor(8) as windows:
        assert list(windows.map(press, range(8))) == [302] * 8
    assert events(database) == [kind]


def test_a_page_that_changed_while_it_was_read_is_not_recorded_as_read(
    app: Flask,
    learner: PortalClient,
    library: Library,
    enrolment: Enrolment,
    database: Session,
) -> None:
    seen = page_version(library)
    use_library(app, reworded(library, "time"))

    answer = learner.post(place(enrolment, "read", "/read"), data=seen)

    assert "The page has changed since you opened it. Read it again." in answer.text
    assert 'value="page-v2"' in answer.text
    assert events(database) == []


def test_what_changed_since_is_shown_with_its_words(
    app: Flask,
    learner: PortalClient,
    library: Library,
    enrolment: Enrolment,
    database: Session,
) -> None:
    publish(database, library, Meaning.FIRST, LAST_WEEK - timedelta(days=30))
    did(database, library, enrolment, "read", EventKind.READ, LAST_WEEK)
    changed = use_library(app, reworded(library, "time"))
    publish(database, changed, Meaning.MATERIAL, LAST_WEEK + timedelta(days=1), "time")

    page = text_of(learner, "/training/")
    assert "Changed since you last read it" in page
    assert "1 section changed in a way that matters." in page
    assert 'href="/staff/leave/#time"' in page
    assert 'href="/staff/leave/#who-decides"' not in page
    detail = text_of(learner, place(enrolment, "read"))
    assert "</span>Some<span" in detail.split("<del>")[1]
    assert "</span>Other<span" in detail.split("<ins>")[1]
    assert "I have read this" in detail


def test_reading_again_what_changed_makes_it_current(
    app: Flask,
    learner: PortalClient,
    library: Library,
    enrolment: Enrolment,
    database: Session,
) -> None:
    publish(database, library, Meaning.FIRST, LAST_WEEK - timedelta(days=30))
    did(database, library, enrolment, "read", EventKind.READ, LAST_WEEK)
    changed = use_library(app, reworded(library, "time"))
    publish(database, changed, Meaning.MATERIAL, LAST_WEEK + timedelta(days=1), "time")

    learner.post(place(enrolment, "read", "/read"), data=page_version(changed))

    assert events(database) == ["read", "read"]
    assert "Changed since you last read it" not in text_of(learner, "/training/")


def test_a_quiz_cannot_be_met_by_saying_so(
    learner: PortalClient, enrolment: Enrolment, database: Session
) -> None:
    for action in ("/read", "/ask"):
        assert learner.post(place(enrolment, "quiz", action)).status_code == 404
    assert learner.post(place(enrolment, "draft", "/read")).status_code == 404
    assert learner.post(place(enrolment, "read", "/ask")).status_code == 404
    assert events(database) == []


def give_mentor(database: Session, enrolment: Enrolment) -> Person:
    """Name somebody who can sign off what the learner does."""
    mentor = add_person(database, Role.MENTOR, name="Mentor B")
    enrolment.person.mentor_id = mentor.id
    database.commit()
    return mentor


def test_it_asks_the_mentor_for_a_sign_off(
    learner: PortalClient, enrolment: Enrolment, database: Session
) -> None:
    give_mentor(database, enrolment)
    assert "When Mentor B has seen you do this" in text_of(learner, place(enrolment, "draft"))

    learner.post(place(enrolment, "draft", "/ask"), data={"note": "The third draft\r\nof June"})

    entry = database.scalars(select(TrainingEvent)).one()
    assert (entry.kind, entry.note) == ("asked-for-sign-off", "The third draft\nof June")
    assert "Waiting for your mentor" in text_of(learner, "/training/")


def test_asking_twice_is_asking_once(
    learner: PortalClient, enrolment: Enrolment, database: Session
) -> None:
    give_mentor(database, enrolment)
    for _ in range(2):
        learner.post(place(enrolment, "draft", "/ask"), data={"note": ""})

    assert events(database) == ["asked-for-sign-off"]
    page = text_of(learner, place(enrolment, "draft"))
    assert "You asked on Monday 23 November 2026. Mentor B has yet to answer." in page


def test_whoever_has_no_mentor_is_told_and_nothing_is_recorded(
    learner: PortalClient, enrolment: Enrolment, database: Session
) -> None:
    answer = learner.post(place(enrolment, "draft", "/ask"), data={"note": "Please"})

    assert "You have no mentor here who could sign this off." in answer.text
    assert events(database) == []


def test_a_note_that_is_too_long_is_kept_on_the_page(
    learner: PortalClient, enrolment: Enrolment, database: Session
) -> None:
    give_mentor(database, enrolment)
    note = "word " * 300

    answer = learner.post(place(enrolment, "draft", "/ask"), data={"note": note})

    assert "Use 1000 characters or fewer" in answer.text
    assert note.strip() in answer.text
    assert events(database) == []


def test_each_box_for_free_text_warns_of_patients(
    learner: PortalClient, enrolment: Enrolment, database: Session
) -> None:
    give_mentor(database, enrolment)

    page = text_of(learner, place(enrolment, "draft"))

    assert "Do not write anything about a patient" in page


@pytest.mark.parametrize("action", ["", "/read", "/ask"])
def test_somebody_else_s_enrolment_is_not_found(
    enrolment: Enrolment, library: Library, sign_in: SignIn, database: Session, action: str
) -> None:
    other = sign_in(Role.LEARNER)
    address = place(enrolment, "draft" if action == "/ask" else "read", action)
    answer = other.post(address, data=page_version(library)) if action else other.get(address)

    assert answer.status_code == 404
    assert events(database) == []


def test_a_requirement_that_does_not_exist_is_not_found(
    learner: PortalClient, enrolment: Enrolment
) -> None:
    assert learner.get(place(enrolment, "nothing")).status_code == 404


@pytest.mark.parametrize("address", ["/training/", "/training/record", "/training/record.csv"])
def test_only_learners_have_training_pages(library: Library, sign_in: SignIn, address: str) -> None:
    assert sign_in(Role.MANAGER).get(address).status_code == 403


def test_the_record_shows_everything_with_versions(
    learner: PortalClient, library: Library, enrolment: Enrolment, database: Session
) -> None:
    number = did(database, library, enrolment, "read", EventKind.READ, LAST_WEEK)

    page = text_of(learner, "/training/record")

    assert number in page
    assert "leave#who-decides" in page
    assert "17 November 2026 at 10:00" in page


def test_an_empty_record_says_when_it_begins(learner: PortalClient) -> None:
    assert "Nothing is on your record yet." in text_of(learner, "/training/record")


def test_a_long_record_is_shown_in_pages(
    learner: PortalClient, library: Library, enrolment: Enrolment, database: Session
) -> None:
    for minute in range(51):
        at = LAST_WEEK + timedelta(minutes=minute)
        did(database, library, enrolment, "quiz", EventKind.STARTED, at)

    assert "17 November 2026 at 10:00" not in text_of(learner, "/training/record")
    assert "17 November 2026 at 10:00" in text_of(learner, "/training/record?page=2")


def test_the_download_has_every_entry_and_leaves_a_trace(
    learner: PortalClient, library: Library, enrolment: Enrolment, database: Session
) -> None:
    did(database, library, enrolment, "read", EventKind.READ, LAST_WEEK)

    answer = learner.get("/training/record.csv")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(r["requirement"], r["what_happened"]) for r in rows] == [("Read about leave", "read")]
    assert "leave#time v1" in rows[0]["sections_with_versions"]
    trace = database.scalars(
        select(AuditEvent).where(AuditEvent.action == "training.exported")
    ).one()
    assert trace.detail == "1 rows"


def test_a_note_cannot_become_a_formula_in_the_download(
    learner: PortalClient, enrolment: Enrolment, database: Session
) -> None:
    give_mentor(database, enrolment)
    learner.post(place(enrolment, "draft", "/ask"), data={"note": "=1+1"})

    assert '"\'=1+1"' in learner.get("/training/record.csv").text


def test_one_person_s_record_has_nobody_else_s_entries(
    library: Library, enrolment: Enrolment, database: Session, sign_in: SignIn
) -> None:
    number = did(database, library, enrolment, "read", EventKind.READ, LAST_WEEK)
    other = sign_in(Role.LEARNER)

    assert number not in other.get("/training/record").text
    assert number not in other.get("/training/record.csv").text
