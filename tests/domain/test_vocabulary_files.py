"""Roles, topics and bank holidays are read from their files."""

from datetime import date

from domain.vocabulary_files import parse_bank_holidays, parse_titles


def test_titles_stand_by_slug_in_the_order_of_the_file() -> None:
    parsed = parse_titles("t.yaml", "recall: Recall\nleave: Leave\n")

    assert parsed.value is not None
    assert list(parsed.value.items()) == [("recall", "Recall"), ("leave", "Leave")]
    assert parsed.offers == frozenset({"recall", "leave"})


def test_a_title_that_is_missing_is_told_and_its_slug_still_known() -> None:
    parsed = parse_titles("t.yaml", "recall:\nleave: [x]\n")

    assert [str(each) for each in parsed.problems] == [
        "t.yaml:1: 'title' is empty",
        "t.yaml:2: 'title' must be text, not a list",
    ]
    assert parsed.offers == frozenset({"recall", "leave"})


def test_what_cannot_be_read_offers_nothing_to_compare_with() -> None:
    assert parse_titles("t.yaml", "- leave").offers is None
    assert parse_titles("t.yaml", "'leave").offers is None


def test_bank_holidays_become_days() -> None:
    text = "- {date: 2026-12-25, name: Christmas Day}\n- {date: 2027-01-01, name: New Year}\n"

    days = frozenset({date(2026, 12, 25), date(2027, 1, 1)})
    assert parse_bank_holidays("b.yaml", text).value == days


def test_every_wrong_holiday_is_told() -> None:
    text = "- {date: 2026-12-32, name: x}\n- {date: 2026-12-26}\n- {day: 2026-12-28, name: x}\n"

    assert [problem.line for problem in parse_bank_holidays("b.yaml", text).problems] == [
        1,
        2,
        3,
        3,
    ]
