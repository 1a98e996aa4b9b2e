"""Somebody writes what may tell of a patient, and is helped to write something else."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Walker

pytestmark = pytest.mark.browser

MakeWalker: TypeAlias = Callable[[], Walker]
NUMBER = "999 000 0018"
LINE = "01632 960123"


def kept_below(folder: Path, text: str) -> list[Path]:
    """The files below a folder that hold a text, databases and journals included."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [each for each in files if text.encode() in each.read_bytes()]


def test_what_tells_of_a_patient_goes_and_what_is_doubtful_gets_a_reason(
    walker: MakeWalker, width: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name = {1280: "Nacro", 360: "Clinks"}[width]
    officer = walker()
    officer.sign_in("engagement-officer")
    officer.follow(name)
    officer.press("Assess")
    for attribute in ("support", "interest", "influence", "impact", "importance"):
        officer.page.locator(f"input[name={attribute}][value='3']").check()
    evidence = officer.page.get_by_label("What do the scores rest on?")
    evidence.fill(f"Its letter of May.\nThe patient was {NUMBER}.")
    officer.page.get_by_label("Why these scores?").fill("It answers most consultations.")

    officer.press("Check your answers")

    error = "12 characters on the second line that look like an NHS number"
    officer.follow(error)
    expect(evidence).to_be_focused()
    expect(evidence).to_have_value(f"Its letter of May.\nThe patient was {NUMBER}.")
    officer.check_page()

    evidence.fill(f"Its letter of May, with the number {LINE}.")
    officer.press("Check your answers")
    reason = officer.page.get_by_label("Why can it stay?")
    expect(reason).to_be_visible()
    officer.check_page()
    reason.fill("published")
    officer.press("Check your answers")
    officer.follow("Say in 10 characters or more")
    expect(reason).to_be_focused()
    officer.check_page()
    reason.fill("It is the published line of their office.")
    officer.press("Check your answers")
    expect(officer.page.get_by_text("Nothing is saved yet.")).to_be_visible()
    officer.check_page()
    officer.press("Save the assessment")

    expect(officer.page.get_by_text(f"Your assessment of {name} is saved")).to_be_visible()
    expect(officer.page.get_by_text(LINE).first).to_be_visible()
    assert kept_below(tmp_path_factory.getbasetemp(), LINE)
    assert kept_below(tmp_path_factory.getbasetemp(), NUMBER) == []
