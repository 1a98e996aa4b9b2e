"""A YAML file becomes a programme, with a version that follows its rules."""

import pytest

from domain.programme_files import parse_programme
from domain.programmes import Programme, RequirementKind
from tests.builders.mistakes import SOUND

TEXT = (SOUND / "content/programmes/induction.yaml").read_text(encoding="utf-8")


def programme_of(text: str = TEXT) -> Programme:
    parsed = parse_programme("content/programmes/induction.yaml", "induction", text)
    assert parsed.problems == ()
    assert parsed.value is not None
    return parsed.value


def test_a_file_becomes_a_programme() -> None:
    programme = programme_of()
    reading, quiz, task = programme.requirements

    assert (programme.slug, programme.role) == ("induction", "caseworker")
    assert (reading.kind, reading.subject) == (RequirementKind.READING, "leave")
    assert (quiz.kind, quiz.subject) == (RequirementKind.QUIZ, "leave-basics")
    assert (task.kind, task.subject) == (RequirementKind.OBSERVED_TASK, "")
    assert [each.due_after_working_days for each in programme.requirements] == [5, 10, 20]
    assert task.what_good_looks_like == ("Names the power", "Gives *reasons*")
    assert task.cites == ("leave#deciding",)


def test_what_is_not_said_of_expiry_has_a_sensible_value() -> None:
    reading, quiz, _ = programme_of().requirements

    assert (reading.valid_for_months, reading.expiring_within_days) == (None, 30)
    assert (quiz.valid_for_months, quiz.expiring_within_days) == (12, 30)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("valid_for_months: 12", "valid_for_months: 24"),
        ("due_after_working_days: 5", "due_after_working_days: 6"),
        ("Names the power", "Names the section"),
        ("role: caseworker", "role: mentor"),
    ],
)
def test_another_rule_makes_another_version(old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    assert programme_of(TEXT.replace(old, new)).version != programme_of().version


def test_a_comment_above_the_requirements_changes_no_version() -> None:
    commented = programme_of(f"# What new caseworkers learn.\n{TEXT}")

    assert commented.version == programme_of().version
    assert commented.requirements[0].line == programme_of().requirements[0].line + 1


def test_a_programme_without_requirements_is_told() -> None:
    head = TEXT.partition("requirements:")[0]

    for text in (head, f"{head}requirements: []\n", f"{head}requirements: none\n"):
        assert len(parse_programme("p.yaml", "p", text).problems) == 1
