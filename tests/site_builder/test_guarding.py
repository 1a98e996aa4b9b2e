"""No site is built from a text that tells of a patient; a build looks at no text twice a day."""

import json
from datetime import date
from pathlib import Path

import pytest

from domain.confidentiality import NOTHING_ALLOWED, AllowList
from site_builder.failures import BuildFailed
from site_builder.guarding import VARIABLE, guard
from tests.builders.authored import replace_in

RECALL = Path("content/guidance/recall.md")
TODAY = date(2026, 11, 23)
NUMBER = "the patient 999 000 0018"


def test_a_number_of_a_patient_is_an_error_with_its_line(root: Path, run) -> None:
    replace_in(root / RECALL, "An official", "About 999 000 0018: an official")

    told = run("check", "--root", root)

    assert told.code == 1
    assert (
        "content/guidance/recall.md:17: this looks like an NHS number (12 characters): "
        "nothing about a patient is ever written here" in told.out
    )
    assert "000 0018" not in told.out


def test_nothing_is_built_from_it_either(root: Path, tmp_path: Path, run) -> None:
    replace_in(root / RECALL, "An official", "About 999 000 0018: an official")
    out = tmp_path / "out"

    for _ in range(2):
        told = run("build", "--root", root, "--out", out)
        assert told.code == 1
        assert "looks like an NHS number" in told.err

    assert not out.exists()


def test_what_needs_a_reason_is_a_warning(root: Path, run) -> None:
    replace_in(root / RECALL, "An official", "Call 01632 960123: an official")

    told = run("check", "--root", root)

    assert told.code == 0
    assert "recall.md:17: warning: this looks like a telephone number (12 char" in told.out


def test_references_of_the_section_are_found_by_their_shape(
    root: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_in(root / RECALL, "An official", "About QX/1234: an official")
    assert run("check", "--root", root).code == 0

    monkeypatch.setenv(VARIABLE, "QX/####")
    told = run("check", "--root", root)

    assert told.code == 1
    assert "recall.md:17: this looks like an MHCS reference" in told.out


def test_a_shape_that_will_not_do_is_refused_without_repeating_it(
    root: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "QX/##")

    told = run("check", "--root", root)

    assert told.code == 1
    assert told.err.startswith(f"error: {VARIABLE}: the shape of a reference needs 4 digits")
    assert "QX" not in told.err


def test_a_clean_text_is_known_again_for_the_day(tmp_path: Path) -> None:
    first = guard({}, tmp_path)
    assert first("A clean text", NOTHING_ALLOWED, on=TODAY) == ()
    assert first(NUMBER, NOTHING_ALLOWED, on=TODAY) != ()
    first.keep(tmp_path)

    kept = json.loads((tmp_path / "clean-texts.json").read_text())
    again = guard({}, tmp_path)

    assert len(kept) == 1
    assert again(NUMBER, NOTHING_ALLOWED, on=TODAY) != ()
    assert again("A clean text", NOTHING_ALLOWED, on=TODAY) == ()


@pytest.mark.parametrize("kept", ["", "{", "7", '{"a": 1}', "[1]"])
def test_what_was_kept_and_cannot_be_read_is_nothing(kept: str, tmp_path: Path) -> None:
    (tmp_path / "clean-texts.json").write_text(kept)

    assert guard({}, tmp_path)(NUMBER, NOTHING_ALLOWED, on=TODAY) != ()


def test_a_text_is_looked_at_again_where_less_is_allowed_or_another_day(tmp_path: Path) -> None:
    text = "Call 01632 960123, DOB 1/2/2016"
    allowing = AllowList(telephones=frozenset({"01632960123"}))
    first = guard({}, tmp_path)
    assert all(each.severity == "note" for each in first(text, allowing, on=date(2026, 1, 1)))
    first.keep(tmp_path)

    again = guard({}, tmp_path)

    assert again(text, allowing, on=date(2026, 1, 1)) == ()
    assert [each.code for each in again(text, allowing, on=date(2026, 2, 2))] == ["DOB"]
    assert "TEL" in [each.code for each in again(text, NOTHING_ALLOWED, on=date(2026, 1, 1))]


def test_a_shape_that_will_not_do_stops_a_build() -> None:
    with pytest.raises(BuildFailed):
        guard({VARIABLE: "##"})
