"""Five people walk their journeys through the running product, at a desk and on a telephone."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Page, expect

from domain.library import Library, load
from domain.markup import plain
from domain.quizzes import Quiz
from tests.browser.conftest import ROOT, Walker

pytestmark = pytest.mark.browser

MakeWalker: TypeAlias = Callable[[], Walker]


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT)


@pytest.fixture(scope="module")
def asked_for(library: Library) -> int:
    """How much the programme of a new caseworker asks for."""
    return len(library.programmes["caseworker-induction"].requirements)


def answer(page: Page, quiz: Quiz, *, right: bool) -> None:
    """Answer every question, all right or all wrong, whatever the order of the options."""
    for question in quiz.questions:
        group = page.get_by_role("group").filter(has_text=plain(question.text))
        for option in question.options:
            if option.correct is right:
                group.get_by_label(plain(option.text), exact=True).check()


def begin(walker: MakeWalker) -> tuple[Walker, str]:
    """A learner on their first day: an administrator adds them, they choose a password."""
    administrator, learner = walker(), walker()
    name = f"New starter {secrets.token_hex(3)}"
    address = f"{name.replace(' ', '-').lower()}@demonstration.example"
    administrator.sign_in("administrator")
    administrator.check_page()
    administrator.go("/administration/people/add")
    administrator.check_page()
    page = administrator.page
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Learner").check()
    page.get_by_label("Team").select_option(label="Casework team (demonstration)")
    page.get_by_label("Programme").select_option(label="Caseworker induction")
    page.get_by_label("Mentor").last.select_option(label="Mentor (demonstration)")
    administrator.press("Add this person")
    administrator.check_page()
    first_password = page.locator("code").inner_text()

    learner.sign_in_with(address, first_password)
    learner.check_page()
    learner.page.get_by_label("Current password").fill(first_password)
    learner.page.get_by_label("New password").fill(f"heron lantern {secrets.token_hex(6)}")
    learner.press("Change password")
    return learner, name


def test_a_new_starter_reads_fails_retries_and_passes(
    walker: MakeWalker, library: Library, asked_for: int
):
    quiz = library.quizzes["leave"]
    learner, _ = begin(walker)
    learner.go("/training/")
    expect(learner.page.get_by_role("heading", level=1)).to_have_text("Your training")
    learner.check_page()

    learner.follow("Section 17 leave")
    learner.check_page()
    learner.press("I have read this")
    expect(learner.page.get_by_text(f"1 of {asked_for} done")).to_be_visible()

    learner.go("/quizzes/leave/")
    learner.check_page()
    learner.press("Start")
    learner.press("Hand in your answers")
    expect(learner.page.get_by_text("There is a problem")).to_be_visible()
    learner.check_page()
    answer(learner.page, quiz, right=False)
    learner.press("Hand in your answers")
    expect(learner.page.get_by_role("heading", level=1)).to_contain_text("You did not pass")
    learner.check_page()

    learner.press("Try again")
    answer(learner.page, quiz, right=True)
    learner.press("Hand in your answers")
    expect(learner.page.get_by_role("heading", level=1)).to_have_text(
        "You passed with 100 per cent"
    )
    receipt = learner.page.get_by_text("Receipt number").locator("..").inner_text()
    assert len(receipt.split()[-1]) == 11

    # The link under an answer leads to the very paragraph.
    first = library.find_section(quiz.questions[0].cites[0].section)
    assert first is not None
    learner.page.get_by_role("link", name=first.title).first.click()
    expect(learner.page.locator(f"#{first.anchor}")).to_be_in_viewport()
    learner.go("/training/")
    expect(learner.page.get_by_text(f"2 of {asked_for} done")).to_be_visible()
    learner.check_page()


def test_a_mentor_signs_off_a_task(walker: MakeWalker, asked_for: int):
    learner, name = begin(walker)
    mentor = walker()
    learner.go("/training/")
    learner.follow("Draft a leave decision")
    learner.page.get_by_label("note").first.fill("Drafted from the made-up case in the module.")
    learner.check_page()
    learner.press("Ask for a sign-off")
    learner.check_page()

    mentor.sign_in("mentor")
    expect(mentor.page.get_by_role("heading", level=1)).to_contain_text("for you")
    mentor.check_page()
    mentor.page.get_by_role("row").filter(has_text=name).first.get_by_role("link").click()
    mentor.check_page()
    mentor.page.get_by_label("I saw this").check()
    mentor.page.get_by_role("textbox").first.fill("The reasons and the decision were clear.")
    mentor.press("Record your answer")
    mentor.check_page()

    learner.go("/training/")
    expect(learner.page.get_by_text(f"1 of {asked_for} done")).to_be_visible()


def test_a_manager_reads_the_table_and_takes_it_away(walker: MakeWalker, tmp_path: Path):
    manager = walker()
    manager.sign_in("manager")
    expect(manager.page.get_by_role("heading", level=1)).to_contain_text("Your team on")
    row = manager.page.get_by_role("row").filter(has_text="Caseworker B").first
    expect(row).to_contain_text("Overdue")
    manager.check_page()

    with manager.page.expect_download() as download:
        manager.follow("Download this table (CSV)")
    kept = tmp_path / "table.csv"
    download.value.save_as(kept)
    text = kept.read_text(encoding="utf-8-sig")
    assert "Caseworker B (demonstration)" in text
    assert "Overdue" in text

    row.get_by_role("link").filter(has_text="Overdue").first.click()
    manager.check_page()


def test_an_officer_scores_an_organisation_and_sees_it_on_the_matrix(
    walker: MakeWalker, width: int
):
    name = {1280: "Royal College of Nursing", 360: "Rethink Mental Illness"}[width]
    officer = walker()
    officer.sign_in("engagement-officer")
    officer.check_page()
    officer.follow(name)
    officer.check_page()
    officer.press("Assess")
    officer.check_page()
    levels = {"support": 4, "interest": 5, "influence": 3, "impact": 5, "importance": 4}
    for attribute, level in levels.items():
        officer.page.locator(f"input[name={attribute}][value='{level}']").check()
    officer.page.get_by_label("What do the scores rest on?").fill(
        "Its published response to our last consultation."
    )
    officer.page.get_by_label("Why these scores?").fill(
        "It answers most consultations and leads on the topic."
    )
    officer.press("Check your answers")
    summary = "Influence 3 + interest 5 + impact 5 + importance 4 = 17"
    expect(officer.page.get_by_text(summary).first).to_be_visible()
    expect(officer.page.get_by_text("about 80 times in 100").first).to_be_visible()
    officer.check_page()
    officer.page.get_by_role("button", name="Save").click()
    expect(officer.page.get_by_text(summary).first).to_be_visible()
    officer.check_page()

    officer.go("/stakeholders/matrix")
    cell = officer.page.get_by_role("cell").filter(has=officer.page.get_by_role("link", name=name))
    expect(cell.first).to_contain_text("5")
    officer.check_page()


def test_a_visitor_reads_the_public_site_and_searches_it(walker: MakeWalker, width: int):
    visitor = walker()
    visitor.go("/guidance/")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "Working with restricted patients"
    )
    visitor.check_page()
    search = visitor.page.get_by_role("search", name="Search the guidance")
    search.get_by_role("searchbox").fill("custody")
    search.get_by_role("button", name="Search").click()
    result = visitor.page.get_by_role("heading", name="Leave in custody").first
    expect(result).to_be_visible()
    visitor.check_page()
    result.click()
    expect(visitor.page.locator("#custody")).to_be_in_viewport()
    visitor.check_page()

    # What is for staff is not found, and not shown to whoever knows its address.
    visitor.go("/staff/leave/")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Sign in")


PUBLIC = (
    "a-z",
    "section-17-leave",
    "recall-to-hospital",
    "who-is-a-restricted-patient",
    "engagement-framework",
    "accessibility",
    "privacy",
    "what-we-hold",
    "contact",
)


@pytest.mark.parametrize("slug", PUBLIC)
def test_every_public_page_is_accessible_and_keeps_to_itself(walker: MakeWalker, slug: str):
    visitor = walker()
    visitor.go(f"/guidance/{slug}/")

    visitor.check_page()
