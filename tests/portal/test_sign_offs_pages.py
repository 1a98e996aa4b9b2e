"""Sign-offs: a mentor sees and answers what present learners ask, and nothing else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.standing import EventKind
from portal.models import AuditEvent, Enrolment, Person, Role, TrainingEvent
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.builders.training import did, enrol, make_library, use_library

SignIn = Callable[..., PortalClient]
ASKED_AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
ASKED = EventKind.ASKED_FOR_SIGN_OFF
SAW = {"decision": "saw", "evidence": "It cited section 41 and was plain."}
NOT_YET = {"decision": "not-yet", "evidence": "The section is missing."}


@pytest.fixture
def library(app: Flask) -> Library:
    """What the portal goes by."""
    return use_library(app, make_library())


@pytest.fixture
def mentor(database: Session) -> Person:
    """Somebody who signs off."""
    return add_person(database, Role.MENTOR, name="Mentor B")


@pytest.fixture
def enrolment(library: Library, database: Session, mentor: Person) -> Enrolment:
    """A learner of this mentor."""
    made = enrol(database, add_person(database, Role.LEARNER, name="Caseworker A"))
    made.person.mentor_id = mentor.id
    database.commit()
    return made


@pytest.fixture
def asked(database: Session, library: Library, enrolment: Enrolment) -> str:
    """The address of the learner's request."""
    note = "The third draft <b>of June</b>"
    return "/sign-offs/" + did(database, library, enrolment, "draft", ASKED, ASKED_AT, note=note)


@pytest.fixture
def browser(sign_in: SignIn, mentor: Person) -> PortalClient:
    """The mentor's browser."""
    return sign_in(person=mentor)


def kinds(database: Session) -> list[str]:
    """What the training record says, in order."""
    database.expire_all()
    return list(database.scalars(select(TrainingEvent.kind).order_by(TrainingEvent.id)))


def test_it_lists_what_the_mentor_s_learners_wait_for(browser: PortalClient, asked: str) -> None:
    page = unescape(browser.get("/sign-offs/").text)

    assert "1 sign-off waits for you" in page
    assert f'href="{asked}">Draft a leave decision' in page
    assert "Caseworker A" in page
    assert "20 November 2026 at 15:00" in page


def test_an_empty_list_says_why_it_is_empty(library: Library, browser: PortalClient) -> None:
    page = browser.get("/sign-offs/").text

    assert "No sign-offs wait for you" in page
    assert "When somebody whose mentor you are asks for a sign-off" in page


def test_it_shows_what_to_look_for_and_what_the_learner_says(
    browser: PortalClient, asked: str
) -> None:
    page = browser.get(asked).text

    assert "It cites the section." in page
    assert "The third draft &lt;b&gt;of June&lt;/b&gt;" in page
    assert 'href="/staff/leave/#who-decides"' in page
    assert "Do not write anything about a patient" in page
    assert page.count("<fieldset") == 1


def test_it_records_that_the_mentor_saw_it(
    browser: PortalClient, asked: str, mentor: Person, enrolment: Enrolment, database: Session
) -> None:
    answer = browser.post(asked, data=SAW)

    assert answer.location == "/sign-offs/"
    entry = database.scalars(select(TrainingEvent).where(TrainingEvent.kind == "signed-off")).one()
    assert (entry.actor_id, entry.person_id) == (mentor.id, enrolment.person_id)
    assert entry.note == SAW["evidence"]
    assert [(s.section, s.version) for s in entry.sections] == [("leave#who-decides", "v1")]
    page = browser.get("/sign-offs/").text
    assert f"Recorded for Caseworker A. Record number {entry.public_id}" in page
    assert "No sign-offs wait for you" in page
    trail = database.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert trail is not None
    assert (trail.action, trail.actor_id) == ("training.signed-off", mentor.id)
    assert "section 41" not in trail.detail + trail.subject


def test_not_yet_goes_back_to_the_learner_who_can_ask_again(
    browser: PortalClient, asked: str, enrolment: Enrolment, database: Session, sign_in: SignIn
) -> None:
    browser.post(asked, data=NOT_YET)

    learner = sign_in(person=enrolment.person)
    page = learner.get(f"/training/{enrolment.public_id}/draft").text
    assert "The section is missing." in page
    assert "Mentor B" in page
    learner.post(f"/training/{enrolment.public_id}/draft/ask", data={"note": ""})
    assert kinds(database) == ["asked-for-sign-off", "not-yet", "asked-for-sign-off"]
    assert "1 sign-off waits for you" in browser.get("/sign-offs/").text


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"evidence": "Something"}, "Choose whether you saw this"),
        ({"decision": "saw"}, "Say what you saw, or what is still missing"),
        ({"decision": "saw", "evidence": "  "}, "Say what you saw, or what is still missing"),
        ({"decision": "maybe", "evidence": "Something"}, "Choose from the list"),
        ({"decision": "saw", "evidence": "x" * 1001}, "Use 1000 characters or fewer"),
    ],
)
def test_a_decision_without_its_evidence_is_not_recorded(
    browser: PortalClient, asked: str, database: Session, sent: dict[str, str], message: str
) -> None:
    page = browser.post(asked, data=sent).text

    assert "There is a problem" in page
    assert message in page
    assert sent.get("evidence", "").strip() in page
    assert kinds(database) == ["asked-for-sign-off"]


def test_a_second_answer_is_not_recorded(
    browser: PortalClient, asked: str, database: Session
) -> None:
    browser.post(asked, data=SAW)
    page = browser.post(asked, data=NOT_YET).text

    assert kinds(database) == ["asked-for-sign-off", "signed-off"]
    assert "This has been answered" in page
    assert SAW["evidence"] in page


def test_many_answers_at_once_are_one(
    app: Flask, browser: PortalClient, asked: str, database: Session
) -> None:
    cookie = browser.get_cookie("__Host-session", domain="portal.example")
    assert cookie is not None

    def answer(_number: int) -> int:
        window = app.test_client()
        window.set_cookie(cookie.key, cookie.value, domain="portal.example", secure=True)
        return window.post(asked, data=SAW).status_code

    with ThreadPoolExecutor(8) as windows:
        answers = sorted(windows.map(answer, range(8)))

    assert answers == [200] * 7 + [302]
    assert kinds(database) == ["asked-for-sign-off", "signed-off"]


def check_not_found(window: PortalClient, address: str, database: Session) -> None:
    """Neither seen nor answered."""
    assert window.get(address).status_code == 404
    assert window.post(address, data=SAW).status_code == 404
    assert kinds(database) == ["asked-for-sign-off"]


def test_another_mentor_does_not_find_it(asked: str, sign_in: SignIn, database: Session) -> None:
    other = sign_in(Role.MENTOR)

    check_not_found(other, asked, database)
    assert "No sign-offs wait for you" in other.get("/sign-offs/").text


def test_a_former_mentor_does_not_find_it(
    browser: PortalClient, asked: str, enrolment: Enrolment, database: Session
) -> None:
    enrolment.person.mentor_id = add_person(database, Role.MENTOR).id
    database.commit()

    check_not_found(browser, asked, database)


def test_nobody_signs_off_their_own_task(
    library: Library, database: Session, sign_in: SignIn
) -> None:
    both = add_person(database, Role.LEARNER, Role.MENTOR)
    both.mentor_id = both.id
    own = did(database, library, enrol(database, both), "draft", ASKED, ASKED_AT)
    window = sign_in(person=both)

    check_not_found(window, f"/sign-offs/{own}", database)
    assert "No sign-offs wait for you" in window.get("/sign-offs/").text


def test_the_request_of_an_ended_enrolment_is_not_found(
    browser: PortalClient, asked: str, enrolment: Enrolment, database: Session
) -> None:
    enrolment.ends_on = date(2026, 11, 23)
    database.commit()

    check_not_found(browser, asked, database)
    assert "No sign-offs wait for you" in browser.get("/sign-offs/").text


def test_a_task_that_is_no_longer_authored_is_not_found(
    app: Flask, browser: PortalClient, asked: str, library: Library, database: Session
) -> None:
    use_library(app, replace(library, programmes={}))

    check_not_found(browser, asked, database)
    assert "No sign-offs wait for you" in browser.get("/sign-offs/").text


def test_only_a_request_can_be_answered(
    browser: PortalClient, asked: str, enrolment: Enrolment, library: Library, database: Session
) -> None:
    read = did(database, library, enrolment, "read", EventKind.READ, ASKED_AT)

    assert browser.post(f"/sign-offs/{read}", data=SAW).status_code == 404


def test_only_mentors_sign_off(asked: str, enrolment: Enrolment, sign_in: SignIn) -> None:
    learner = sign_in(person=enrolment.person)

    assert learner.get("/sign-offs/").status_code == 403
    assert learner.get(asked).status_code == learner.post(asked, data=SAW).status_code == 403
