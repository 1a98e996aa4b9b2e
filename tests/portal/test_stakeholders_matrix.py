"""The influence–interest matrix: a real table, as on a day, with nobody placed by guess."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.models import Role
from tests.builders.browser import PortalClient
from tests.builders.register import enter, score, use_engagement
from tests.builders.tables import table_of

# By whether influence and interest are high.
QUADRANT = {
    (True, True): "Work with closely",
    (True, False): "Keep satisfied",
    (False, True): "Keep informed",
    (False, False): "Website notices",
}


@pytest.fixture
def officer(app: Flask, sign_in: Callable[..., PortalClient]) -> PortalClient:
    """An engagement officer at a portal with a small scheme."""
    use_engagement(app)
    return sign_in(Role.ENGAGEMENT_OFFICER)


def cells(page: str) -> dict[tuple[int, int], str]:
    """What stands at each influence and interest."""
    body = [row for row in table_of(page) if re.match(r"Influence \d ", row[0]) and len(row) == 6]
    return {
        (int(row[0].split()[1]), interest): cell
        for row in body
        for interest, cell in enumerate(row[1:], start=1)
    }


@pytest.mark.parametrize("influence", range(1, 6))
@pytest.mark.parametrize("interest", range(1, 6))
def test_an_organisation_stands_where_its_influence_and_interest_meet(
    officer: PortalClient, database: Session, influence: int, interest: int
) -> None:
    score(database, enter(database), (influence, interest, 5, 3))

    found = cells(officer.get("/stakeholders/matrix").text)

    assert len(found) == 25
    quadrant = QUADRANT[influence > 3, interest > 3]
    assert found.pop((influence, interest)) == (
        f"Interest {interest}: Label {interest} of interest. {quadrant}. "
        "Upper Tribunal Impact 5: label 5 of impact"
    )
    assert set(found.values()) == {"Nobody"}


def test_influence_goes_up_and_interest_across(officer: PortalClient, database: Session) -> None:
    enter(database)

    table = table_of(officer.get("/stakeholders/matrix").text)

    assert [row[0] for row in table[2:7]] == [
        f"Influence {value} Label {value} of influence" for value in (5, 4, 3, 2, 1)
    ]
    assert table[0][1:] == [f"Interest {n} Label {n} of interest" for n in range(1, 6)]


def test_the_margins_name_the_quadrants(officer: PortalClient, database: Session) -> None:
    enter(database)

    table = table_of(officer.get("/stakeholders/matrix").text)

    assert table[1] == [
        "Influence 4 or 5",
        "Keep satisfied: interest 1 to 3",
        "Work with closely: interest 4 or 5",
    ]
    assert table[-1] == [
        "Influence 1 to 3",
        "Website notices: interest 1 to 3",
        "Keep informed: interest 4 or 5",
    ]


def test_the_table_has_a_caption_and_headers_with_a_scope(officer: PortalClient) -> None:
    page = officer.get("/stakeholders/matrix").text

    assert "<caption" in page
    assert page.count('scope="row"') == 5
    assert page.count('scope="col"') == 6


def test_names_in_a_cell_are_alphabetical_and_lead_to_the_organisation(
    officer: PortalClient, database: Session
) -> None:
    score(database, enter(database, "Zeta"), (3, 3, 5, 5))
    score(database, enter(database, "alpha"), (3, 3, 1, 1))

    page = officer.get("/stakeholders/matrix").text

    assert cells(page)[3, 3].endswith(
        "alpha Impact 1: label 1 of impact Zeta Impact 5: label 5 of impact"
    )
    assert 'href="/stakeholders/alpha"' in page


def test_whoever_is_not_yet_placed_is_listed_with_what_is_missing(
    officer: PortalClient, database: Session
) -> None:
    enter(database, "Never")
    score(database, enter(database, "Partly"), (3, 3, None, 5))

    page = officer.get("/stakeholders/matrix").text

    assert "0 organisations placed on Monday 23 November 2026, 2 not yet." in " ".join(page.split())
    below = page.partition("</table>")[2]
    assert re.search(r"Never</a>\.\s+Not assessed yet\.", below)
    assert re.search(r"Partly</a>\.\s+Not known: impact\. Never below tier 2", below)


def test_the_matrix_is_shown_as_on_a_day(officer: PortalClient, database: Session) -> None:
    body = enter(database)
    score(database, body, (1, 1, 1, 1), at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    score(database, body, (5, 5, 5, 5), at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC))

    before = officer.get("/stakeholders/matrix?on-day=31&on-month=5&on-year=2026").text
    after = officer.get("/stakeholders/matrix?on-day=1&on-month=6&on-year=2026").text

    assert "Upper Tribunal" in cells(before)[1, 1]
    assert "Upper Tribunal" in cells(after)[5, 5]


def test_a_day_to_come_is_refused(officer: PortalClient) -> None:
    page = officer.get("/stakeholders/matrix?on-day=1&on-month=1&on-year=2030").text
    assert "The date must be today or in the past" in page
