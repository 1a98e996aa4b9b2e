"""The list of organisations, the page of each, and who may see them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.models import Role
from tests.builders.browser import PortalClient
from tests.builders.register import enter, score, use_engagement
from tests.builders.statements import statements
from tests.builders.tables import table_of, tables_of

SignIn = Callable[..., PortalClient]
OFFICER = Role.ENGAGEMENT_OFFICER


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> PortalClient:
    """An engagement officer at a portal with a small scheme."""
    use_engagement(app)
    return sign_in(OFFICER)


def names(page: str) -> list[str]:
    return [row[0] for row in table_of(page)[1:]]


def test_organisations_are_listed_alphabetically_whatever_their_scores(
    officer: PortalClient, database: Session
) -> None:
    score(database, enter(database, "zoological society"), (5, 5, 5, 5))
    score(database, enter(database, "Appeal Court"), (1, 1, 1, 1))
    enter(database, "Mind")

    assert names(officer.get("/stakeholders/").text) == [
        "Appeal Court",
        "Mind",
        "zoological society",
    ]


def test_a_row_says_grouping_tier_firmness_and_dates(
    officer: PortalClient, database: Session
) -> None:
    score(database, enter(database), (3, 5, 5, 4))

    [row] = table_of(officer.get("/stakeholders/").text)[1:]

    assert row == [
        "Upper Tribunal",
        "Tribunals",
        "Tier 1",
        "Fairly firm",
        "2 November 2026",
        "2 May 2027",
    ]


def test_a_row_says_why_there_is_no_tier(officer: PortalClient, database: Session) -> None:
    enter(database, "Never scored")
    score(database, enter(database, "Partly scored"), (3, None, 3, 3))

    page = table_of(officer.get("/stakeholders/").text)

    assert [row[2] for row in page[1:]] == ["Not assessed yet", "Not yet placed"]


@pytest.mark.parametrize("support", [1, 2, 3, 4, 5, None])
def test_support_moves_nobody_in_list_or_matrix(
    officer: PortalClient, database: Session, support: int | None
) -> None:
    score(database, enter(database, "Bravo"), (4, 4, 3, 4), support=support)
    score(database, enter(database, "Alpha"), (2, 5, 5, 3), support=3)

    listed = table_of(officer.get("/stakeholders/").text)
    matrix = table_of(officer.get("/stakeholders/matrix").text)

    assert [row[:4] for row in listed[1:]] == [
        ["Alpha", "Tribunals", "Tier 2", "Fairly firm"],
        ["Bravo", "Tribunals", "Tier 2", "Could go either way"],
    ]
    assert [cell for row in matrix for cell in row if "Bravo" in cell] == [
        "Interest 4: Label 4 of interest. Work with closely. Bravo Impact 3: label 3 of impact"
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("tier=1", ["First"]),
        ("tier=3", ["Third"]),
        ("tier=not-placed", ["Never", "Unknown"]),
        ("group=charities", ["Third"]),
        ("issue=awareness", ["First"]),
        ("review=due", ["Third"]),
        ("review=soon", ["Third"]),
        ("review=never", ["Never"]),
        ("tier=1&group=charities", []),
        ("", ["First", "Never", "Third", "Unknown"]),
    ],
)
def test_filters_in_the_address_choose_what_is_listed(
    officer: PortalClient, database: Session, asked: str, expected: list[str]
) -> None:
    score(database, enter(database, "First", themes="policy awareness"), (4, 5, 5, 4))
    third = enter(database, "Third", group="charities", at=datetime(2020, 1, 1, tzinfo=UTC))
    score(database, third, (1, 1, 1, 1), at=datetime(2024, 11, 23, 9, 0, tzinfo=UTC))
    score(database, enter(database, "Unknown"), (4, None, 4, 4))
    enter(database, "Never")

    page = officer.get(f"/stakeholders/?{asked}").text

    assert (names(page) if "<table" in page else []) == expected


def test_an_empty_answer_says_what_to_do(officer: PortalClient, database: Session) -> None:
    assert "The register was empty on this day" in officer.get("/stakeholders/").text
    enter(database)
    page = officer.get("/stakeholders/?tier=3").text
    assert "No organisation fits what you asked for" in page
    assert "Clear all filters" in page


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("tier=9", "Choose from the list"),
        ("group=%27", "Choose from the list"),
        ("on-day=31&on-month=2&on-year=2026", "Enter a real date"),
        ("on-day=24&on-month=11&on-year=2026", "The date must be today or in the past"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_and_narrows_nothing(
    officer: PortalClient, database: Session, asked: str, message: str
) -> None:
    enter(database)

    answer = officer.get(f"/stakeholders/?{asked}")

    assert answer.status_code == 200
    assert message in answer.text
    assert names(answer.text) == ["Upper Tribunal"]


def test_the_register_is_shown_as_on_a_day(officer: PortalClient, database: Session) -> None:
    early = enter(database, "Early")
    score(database, early, (1, 1, 1, 1), at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    score(database, early, (5, 5, 5, 5), at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC))
    # 23:30 in London on 31 May: summer time is an hour ahead of UTC.
    enter(database, "Last minute", at=datetime(2026, 5, 31, 22, 30, tzinfo=UTC))
    enter(database, "Next day", at=datetime(2026, 5, 31, 23, 30, tzinfo=UTC))

    page = officer.get("/stakeholders/?on-day=31&on-month=5&on-year=2026").text

    assert [row[:3:2] for row in table_of(page)[1:]] == [
        ["Early", "Tier 3"],
        ["Last minute", "Not assessed yet"],
    ]


def test_the_list_costs_the_same_queries_however_long_it_is(
    officer: PortalClient, database: Session
) -> None:
    counts = []
    for size in (2, 10):
        for number in range(size):
            score(database, enter(database, f"Body {size} {number}"))
        with statements() as seen:
            officer.get("/stakeholders/")
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_an_organisation_tells_how_its_tier_came_about_and_how_firm_it_is(
    officer: PortalClient, database: Session
) -> None:
    score(database, enter(database), (3, 5, 5, 4))

    page = officer.get("/stakeholders/upper-tribunal").text

    assert "Influence 3 + interest 5 + impact 5 + importance 4 = 17: tier 1." in page
    assert (
        "If equally careful colleagues scored this body again, "
        "about 80 times in 100 it would stay in tier 1." in page
    )
    assert "Assumes that scores may be one step out" in page
    assert "Close on one scale" in page
    assert "Keep informed" in page
    for words in ("It hears appeals.", "Changes of policy", "A statute", "A log entry."):
        assert words in page


def test_an_organisation_that_is_lifted_by_the_floor_says_so(
    officer: PortalClient, database: Session
) -> None:
    score(database, enter(database), (1, 2, 5, 1))

    page = officer.get("/stakeholders/upper-tribunal").text

    assert "= 9: tier 2. The sum alone would be tier 3" in page
    assert "Affected but not heard." in page


def test_an_organisation_with_something_unknown_has_no_place_but_keeps_its_floor(
    officer: PortalClient, database: Session
) -> None:
    score(database, enter(database), (None, 3, 5, None))

    page = officer.get("/stakeholders/upper-tribunal").text

    assert "Not known: influence, importance." in page
    assert "Never below tier 2" in page
    assert "tier 1." not in page


def test_every_assessment_stays_in_the_history(officer: PortalClient, database: Session) -> None:
    body = enter(database)
    score(database, body, (3, 3, 3, 3), reason="At first.")
    score(
        database,
        body,
        (4, None, 4, 4),
        reason="On second thoughts.",
        at=datetime(2026, 11, 9, 9, 0, tzinfo=UTC),
    )

    [*_, table] = tables_of(officer.get("/stakeholders/upper-tribunal").text)

    assert [row[0] for row in table[1:]] == ["9 November 2026 at 09:00", "2 November 2026 at 09:00"]
    assert table[1][3:8] == ["Not known", "4", "4", "4", "Not yet placed"]
    assert table[2][3:8] == ["3", "3", "3", "3", "2"]
    assert "On second thoughts." in table[1][8]


def test_an_organisation_that_nobody_assessed_says_so(
    officer: PortalClient, database: Session
) -> None:
    enter(database)
    assert "Nobody has assessed this organisation yet" in (
        officer.get("/stakeholders/upper-tribunal").text
    )


def test_an_organisation_that_is_not_there_is_not_found(officer: PortalClient) -> None:
    assert officer.get("/stakeholders/no-such-body").status_code == 404


def test_what_is_typed_into_the_register_is_text_and_never_code(
    officer: PortalClient, database: Session
) -> None:
    score(database, enter(database, stake="<script>alert(1)</script>"), reason="<b>bold</b>")

    page = officer.get("/stakeholders/upper-tribunal").text

    assert "<script>alert(1)" not in page
    assert "<b>bold" not in page
