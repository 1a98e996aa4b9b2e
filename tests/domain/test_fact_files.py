"""A fact is told by its number, and is confirmed by the mark that its own words carry."""

from pathlib import Path

import pytest

from domain.fact_files import Fact, parse_facts
from domain.library import load
from domain.pages import Kind

ROOT = Path(__file__).parents[2]


def fact_in(text: str) -> Fact:
    (fact,) = (parse_facts("docs/facts/brief.md", text).value or {}).values()
    return fact


@pytest.mark.parametrize(
    ("words", "confirmed"),
    [
        ("It is so. [V] s.17(1)", True),
        ("It is so. [V text]", True),
        ("It is so. [V 2019 page]", True),
        ("Half [V]; the other half **UNCONFIRMED**", True),
        ("It is so. [SD-OMU] Seen.", True),
        ("Duty Seen; refresh UNCONFIRMED", True),
        ("It is so. [S] a note", False),
        ("It is so. [K] known", False),
        ("Nobody has seen it. [CVL] Secondary", False),
        ("It is so. Named.", False),
        ("It is so. [VIC-1] Named.", False),
        ("It is so.", False),
    ],
)
def test_a_fact_is_confirmed_where_any_part_of_it_is(words: str, confirmed: bool) -> None:
    assert fact_in(f"- **RPS-4.12** {words}").confirmed is confirmed


def test_a_fact_knows_its_number_and_its_line() -> None:
    fact = fact_in("# Leave\n\n- **OMU-24.7a** It is so. PROPOSAL\n- Not a fact. [V]\n")

    assert fact == Fact("OMU-24.7a", False, 3, "docs/facts/brief.md", proposal=True)


def test_rows_of_a_numbered_table_are_facts_and_take_the_mark_above_it() -> None:
    brief = """\
## The framework

Source for every row: the framework. Mark: Seen. Columns follow.

| No. | Para | In our words |
|---|---|---|
| SEF-1 | 1 | Where the section sits |
| SEF-2 | 2 | What it might do. Secondary |

## Sources

| Key | Title |
|---|---|
| PR-53 | Prison Rules, Seen |

| No. | Change |
|---|---|
| CHG-1 | No mark |
"""
    facts = parse_facts("brief.md", brief).value or {}

    assert {each.id: each.confirmed for each in facts.values()} == {
        "SEF-1": True,
        "SEF-2": False,
        "CHG-1": False,
    }


def test_every_page_of_the_product_that_must_names_facts_of_its_briefs() -> None:
    library = load(ROOT)
    resting = [p for p in library.pages.values() if p.kind in (Kind.GUIDANCE, Kind.AIDE_MEMOIRE)]

    assert len(resting) > 60
    assert all(page.facts for page in resting)
    assert len(library.facts) > 600
    assert library.facts["RPS-4.12"].confirmed
    assert not library.facts["OMU-1.13"].confirmed
