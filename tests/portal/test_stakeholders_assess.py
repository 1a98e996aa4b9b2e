"""Scoring an organisation: fill in, check the answers, save once; nothing is overwritten."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.stakeholders import Attribute
from portal.models import AuditEvent, Organisation, Role, StakeholderAssessment
from tests.builders.browser import PortalClient
from tests.builders.register import enter, score, use_engagement

PATH = "/stakeholders/upper-tribunal/assess"
ANSWERS = {
    "support": "2",
    "interest": "5",
    "influence": "3",
    "impact": "5",
    "importance": "4",
    "evidence": "Its answer to the consultation of May.",
    "reason": "It hears appeals, and raised two points.",
}


@pytest.fixture
def officer(app: Flask, sign_in: Callable[..., PortalClient]) -> PortalClient:
    """An engagement officer at a portal with a small scheme."""
    use_engagement(app)
    return sign_in(Role.ENGAGEMENT_OFFICER)


@pytest.fixture
def tribunal(database: Session) -> Organisation:
    """An organisation to score."""
    return enter(database)


def hidden(page: str) -> dict[str, str]:
    """What the page before saving carries along."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrf_token"}


def save(officer: PortalClient, **changes: str) -> None:
    page = officer.post(PATH, data=ANSWERS | changes | {"step": "check"}).text
    answer = officer.post(PATH, data=hidden(page) | {"step": "save"})
    assert answer.status_code == 302, answer.text


def rows(database: Session) -> list[StakeholderAssessment]:
    return list(database.scalars(select(StakeholderAssessment).order_by(StakeholderAssessment.id)))


@pytest.mark.usefixtures("tribunal")
def test_every_scale_offers_each_descriptor_in_full_and_not_known(officer: PortalClient) -> None:
    page = officer.get(PATH).text

    for attribute in Attribute:
        assert f"How about {attribute}?" in page
        assert f"Note on {attribute}." in page
        for value in range(1, 6):
            assert f"{value} – Label {value} of {attribute}" in page
            assert f"Text {value} of {attribute}" in page
    assert page.count("Not known") == 5
    assert page.count("Do not write anything about a patient") == 2
    assert " checked" not in page


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("support", "Choose a level of support, or “Not known”"),
        ("interest", "Choose a level of interest, or “Not known”"),
        ("influence", "Choose a level of influence, or “Not known”"),
        ("impact", "Choose a level of impact, or “Not known”"),
        ("importance", "Choose a level of importance, or “Not known”"),
        ("evidence", "Enter what the scores rest on"),
        ("reason", "Enter a reason for the scores"),
    ],
)
@pytest.mark.parametrize("step", ["check", "save"])
@pytest.mark.usefixtures("tribunal")
def test_what_is_missing_is_told_beside_what_was_typed(
    officer: PortalClient, database: Session, field: str, message: str, step: str
) -> None:
    typed = {name: value for name, value in ANSWERS.items() if name != field}

    page = officer.post(PATH, data=typed | {"step": step}).text

    assert f'<a href="#{field}">{message}</a>' in page
    kept = ANSWERS["evidence"] if field != "evidence" else ANSWERS["reason"]
    assert kept in page
    assert rows(database) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"impact": "6"}, "Choose from the list"),
        ({"impact": "0"}, "Choose from the list"),
        ({"impact": "NaN"}, "Choose from the list"),
        ({"reason": "x" * 401}, "Use 400 characters or fewer"),
        ({"evidence": "x" * 1001}, "Use 1000 characters or fewer"),
        ({"evidence": "  \n "}, "Enter what the scores rest on"),
        ({"reason": "\t"}, "Enter a reason for the scores"),
    ],
)
@pytest.mark.usefixtures("tribunal")
def test_what_is_out_of_bounds_is_refused_and_not_saved(
    officer: PortalClient, database: Session, changes: dict[str, str], message: str
) -> None:
    for step in ("check", "save"):
        page = officer.post(PATH, data=ANSWERS | changes | {"step": step}).text
        assert message in page
    assert rows(database) == []


@pytest.mark.usefixtures("tribunal")
def test_the_page_before_saving_says_what_follows_and_saves_nothing(
    officer: PortalClient, database: Session
) -> None:
    page = officer.post(PATH, data=ANSWERS | {"step": "check"}).text

    assert "Nothing is saved yet." in page
    assert "Influence 3 + interest 5 + impact 5 + importance 4 = 17: tier 1." in page
    assert "about 80 times in 100 it would stay in tier 1." in page
    assert "2 – Label 2 of support" in page
    assert rows(database) == []


@pytest.mark.usefixtures("tribunal")
def test_answers_can_be_changed_before_they_are_saved(officer: PortalClient) -> None:
    checked = officer.post(PATH, data=ANSWERS | {"step": "check"}).text

    page = officer.post(PATH, data=hidden(checked) | {"step": "change"}).text

    assert page.count(" checked") == 5
    assert ANSWERS["reason"] in page
    assert "There is a problem" not in page


def test_saving_adds_a_row_with_assessor_instant_and_day(
    officer: PortalClient, database: Session, tribunal: Organisation
) -> None:
    save(officer)

    [row] = rows(database)
    assert row.organisation_id == tribunal.id
    assert row.assessor_id == officer.person_id
    assert row.assessed_at.isoformat() == "2026-11-23T09:00:00+00:00"
    assert row.assessed_on.isoformat() == "2026-11-23"
    assert row.scheme_version == "scheme-7"
    assert (row.support, row.interest, row.influence, row.impact, row.importance) == (2, 5, 3, 5, 4)
    assert (row.evidence, row.reason) == (ANSWERS["evidence"], ANSWERS["reason"])


@pytest.mark.usefixtures("tribunal")
def test_saving_is_told_and_noted_without_what_was_typed(
    officer: PortalClient, database: Session
) -> None:
    save(officer)

    assert "Your assessment of Upper Tribunal is saved" in (
        officer.get("/stakeholders/upper-tribunal").text
    )
    [event] = database.scalars(
        select(AuditEvent).where(AuditEvent.action == "stakeholder.assessed")
    )
    assert event.actor_id == officer.person_id
    assert event.subject == "organisation:upper-tribunal"
    assert ANSWERS["reason"] not in event.detail


@pytest.mark.usefixtures("tribunal")
def test_what_is_not_known_is_stored_as_not_known(officer: PortalClient, database: Session) -> None:
    save(officer, support="not-known", impact="not-known")

    [row] = rows(database)
    assert (row.support, row.impact) == (None, None)


@pytest.mark.usefixtures("tribunal")
def test_a_reason_of_400_characters_is_kept_whole(officer: PortalClient, database: Session) -> None:
    save(officer, reason="é" * 400)

    assert rows(database)[0].reason == "é" * 400


def test_a_correction_is_a_new_row_and_the_old_one_stays(
    officer: PortalClient, database: Session, tribunal: Organisation
) -> None:
    score(database, tribunal, (1, 1, 1, 1), reason="Before.")

    save(officer)

    assert [row.reason for row in rows(database)] == ["Before.", ANSWERS["reason"]]


@pytest.mark.usefixtures("tribunal")
def test_saving_twice_is_one_assessment(officer: PortalClient, database: Session) -> None:
    carried = hidden(officer.post(PATH, data=ANSWERS | {"step": "check"}).text) | {"step": "save"}

    answers = [officer.post(PATH, data=carried) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(rows(database)) == 1


@pytest.mark.usefixtures("tribunal")
def test_six_presses_at_once_are_one_assessment(
    app: Flask, officer: PortalClient, database: Session
) -> None:
    carried = hidden(officer.post(PATH, data=ANSWERS | {"step": "check"}).text) | {"step": "save"}
    cookie = officer.get_cookie("__Host-session", domain="portal.example")
    assert cookie is not None

    def press(_number: int) -> int:
        browser = cast(PortalClient, app.test_client())
        browser.set_cookie("__Host-session", cookie.value, domain="portal.example", secure=True)
        return browser.post(PATH, data=carried).status_code

    with ThreadPoolExecutor(6) as presses:
        answers = list(presses.map(press, range(6)))

    assert answers == [302] * 6
    assert database.scalars(select(func.count(StakeholderAssessment.id))).one() == 1


@pytest.mark.parametrize("made_up", ["", "short", "../../etc/passwd      "])
@pytest.mark.usefixtures("tribunal")
def test_an_answer_is_not_saved_before_it_was_checked(
    officer: PortalClient, database: Session, made_up: str
) -> None:
    officer.post(PATH, data=ANSWERS | {"assessment": made_up, "step": "save"})

    assert rows(database) == []


def test_an_organisation_that_is_not_there_cannot_be_scored(officer: PortalClient) -> None:
    assert officer.get("/stakeholders/nobody/assess").status_code == 404
    assert officer.post("/stakeholders/nobody/assess", data=ANSWERS).status_code == 404


@pytest.mark.usefixtures("tribunal")
def test_a_score_without_the_token_of_the_form_is_refused(
    officer: PortalClient, database: Session
) -> None:
    officer.post(PATH, data=ANSWERS | {"step": "save", "assessment": "x" * 22}, token=False)

    assert rows(database) == []
