"""The register as a file: one to share, one with scores; both noted."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import AuditEvent, Role
from tests.builders.browser import PortalClient
from tests.builders.register import enter, score, use_engagement

WITH_SCORES = "/stakeholders/register.csv"
SHAREABLE = "/stakeholders/shareable.csv"


@pytest.fixture
def officer(app: Flask, sign_in: Callable[..., PortalClient]) -> PortalClient:
    """An engagement officer at a portal with a small scheme."""
    use_engagement(app)
    return sign_in(Role.ENGAGEMENT_OFFICER)


def lines(officer: PortalClient, address: str) -> list[dict[str, str]]:
    answer = officer.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))


def test_the_file_with_scores_holds_what_an_officer_sees(
    officer: PortalClient, database: Session
) -> None:
    score(database, enter(database), (3, 5, 5, 4), support=2)

    [line] = lines(officer, WITH_SCORES)

    assert line["name"] == "Upper Tribunal"
    assert line["grouping"] == "Tribunals"
    assert line["issues"] == "Changes of policy"
    numbers = [line[name] for name in ("support", "interest", "influence", "impact", "importance")]
    assert numbers == ["2", "5", "3", "5", "4"]
    assert (line["sum"], line["tier"], line["quadrant"]) == ("17", "1", "keep-informed")
    assert line["times_in_100_in_same_tier"] == "80"
    assert (line["assessed_on"], line["next_review_on"]) == ("2026-11-02", "2027-05-02")


def test_what_is_not_known_is_an_empty_cell(officer: PortalClient, database: Session) -> None:
    enter(database, "Never")
    score(database, enter(database, "Partly"), (3, None, 3, 3))

    never, partly = lines(officer, WITH_SCORES)

    assert set(list(never.values())[7:]) == {""}
    assert (partly["interest"], partly["sum"], partly["tier"]) == ("", "", "")
    assert partly["impact"] == "3"


def test_the_file_to_share_says_nothing_that_follows_from_scores(
    officer: PortalClient, database: Session
) -> None:
    score(database, enter(database), (3, 5, 5, 4), reason="A candid remark.")

    [line] = lines(officer, SHAREABLE)

    assert list(line) == [
        "name",
        "grouping",
        "jurisdiction",
        "website",
        "stake",
        "issues",
        "source",
    ]
    assert "candid" not in str(line)


def test_the_file_to_share_is_the_same_whatever_the_scores(
    officer: PortalClient, database: Session
) -> None:
    body = enter(database)
    address = f"{SHAREABLE}?tier=1&review=due"
    unscored = officer.get(address).data

    score(database, body, (1, 1, 1, 1), support=1)

    assert officer.get(address).data == unscored
    assert b"Upper Tribunal" in unscored


def test_a_file_holds_what_was_asked_for(officer: PortalClient, database: Session) -> None:
    score(database, enter(database, "First"), (5, 5, 5, 5))
    score(database, enter(database, "Third", group="charities"), (1, 1, 1, 1))

    assert [line["name"] for line in lines(officer, f"{WITH_SCORES}?tier=3")] == ["Third"]
    assert [line["name"] for line in lines(officer, f"{SHAREABLE}?group=tribunals")] == ["First"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "\t", "＝", " ="])
def test_no_cell_is_a_formula(officer: PortalClient, database: Session, start: str) -> None:
    score(database, enter(database, stake=f"{start}cmd"), reason=f"{start}HYPERLINK()")

    [line] = lines(officer, WITH_SCORES)

    assert line["stake"].startswith("'")
    assert line["reason"].startswith("'")


@pytest.mark.parametrize(
    ("address", "subject", "detail"),
    [
        (
            f"{WITH_SCORES}?tier=1&group=tribunals",
            "register:with-scores",
            "1 rows as on 2026-11-23; tier 1, group tribunals",
        ),
        (SHAREABLE, "register:shareable", "2 rows as on 2026-11-23; no filter"),
    ],
)
def test_a_download_is_noted_with_its_filter_and_length(
    officer: PortalClient, database: Session, address: str, subject: str, detail: str
) -> None:
    score(database, enter(database), (5, 5, 5, 5))
    enter(database, "Other", group="charities")

    officer.get(address)

    [event] = database.scalars(select(AuditEvent).where(AuditEvent.action == "register.exported"))
    assert (event.actor_id, event.subject) == (officer.person_id, subject)
    assert event.detail == detail
