"""References are read from their file."""

from datetime import date

from domain.reference_files import parse_references
from domain.source import Naming
from tests.builders.mistakes import SOUND

TEXT = (SOUND / "content/references.yaml").read_text(encoding="utf-8")


def test_an_entry_becomes_a_reference_that_knows_its_line() -> None:
    references = parse_references("r.yaml", TEXT).value

    assert references is not None
    assert list(references) == ["mha-1983-s17", "mha-1983-s41"]
    section = references["mha-1983-s41"]
    assert section.url == "https://www.legislation.gov.uk/ukpga/1983/20/section/41"
    assert (section.checked_on, section.checked_by) == (date(2026, 11, 20), "policy-lead")
    assert section.line == 6


def test_whoever_checked_a_reference_is_a_role() -> None:
    mentions = parse_references("r.yaml", TEXT).mentions

    assert [(each.naming, each.target, each.line) for each in mentions] == [
        (Naming.ROLE, "policy-lead", 5),
        (Naming.ROLE, "policy-lead", 10),
    ]


def test_a_reference_with_a_mistake_is_told_and_its_slug_still_known() -> None:
    parsed = parse_references("r.yaml", TEXT.replace("2026-11-20", "last week", 1))

    assert [problem.line for problem in parsed.problems] == [4]
    assert parsed.value is None
    assert parsed.offers == frozenset({"mha-1983-s17", "mha-1983-s41"})
