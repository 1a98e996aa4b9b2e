"""Takes the screenshots of `docs/screenshots` from the running product.

Run as `python -m tools.screenshots`; needs the test requirements and a Chromium.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium
from tools.environment import ROOT
from tools.product import Product, running

FOLDER = ROOT / "docs" / "screenshots"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the path it shows, who looks, how wide, and what is done first."""

    name: str
    path: str
    who: str = ""
    width: int = 1280
    height: int = 900
    first: Callable[[Page], None] | None = None


def _assess(page: Page) -> None:
    """Score one organisation, so that the matrix shows how it reads."""
    levels = {"support": 3, "interest": 5, "influence": 4, "impact": 4, "importance": 4}
    page.goto(page.url.split("/stakeholders")[0] + "/stakeholders/royal-college-of-nursing/assess")
    for attribute, level in levels.items():
        page.locator(f"input[name={attribute}][value='{level}']").check()
    page.get_by_label("What do the scores rest on?").fill("A published response, made up for this.")
    page.get_by_label("Why these scores?").fill("Made up, to show how the matrix reads.")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Save the assessment").click()


SHOTS = (
    Shot("site-front", "/guidance/"),
    Shot("site-page", "/guidance/section-17-leave/"),
    Shot("site-page-narrow", "/guidance/section-17-leave/", width=360, height=740),
    Shot("my-training", "/training/", "caseworker-b"),
    Shot("my-training-narrow", "/training/", "caseworker-b", 360, 740),
    Shot("quiz", "/quizzes/leave/", "new-starter"),
    Shot("my-team", "/team/", "manager"),
    Shot("register", "/stakeholders/", "engagement-officer"),
    Shot("matrix", "/stakeholders/matrix", "engagement-officer", height=1200, first=_assess),
    Shot("publishing", "/publishing/", "editor"),
    Shot("audit", "/administration/audit", "administrator"),
)


def main() -> int:
    """Take every picture. Exit code 1 where there is no Chromium."""
    found = chromium.find()
    if found is None:
        print(chromium.MISSING, file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as var,
        running(Path(var)) as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=str(found), args=list(chromium.ARGUMENTS)
        )
        for shot in SHOTS:
            _take(browser, product, shot)
        browser.close()
    print(f"{len(SHOTS)} pictures in {FOLDER.relative_to(ROOT)}")
    return 0


def _take(browser: Browser, product: Product, shot: Shot) -> None:
    context = browser.new_context(viewport={"width": shot.width, "height": shot.height})
    page = context.new_page()
    if shot.who:
        _sign_in(page, product, shot.who)
    page.goto(product.address + shot.path)
    if shot.first:
        shot.first(page)
        page.goto(product.address + shot.path)
    page.screenshot(path=FOLDER / f"{shot.name}.png")
    context.close()


def _sign_in(page: Page, product: Product, who: str) -> None:
    address, password = product.account(who)
    page.goto(product.address + "/sign-in")
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


if __name__ == "__main__":
    sys.exit(main())
