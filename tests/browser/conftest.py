"""The running product, as `python3 run.py` starts it, and a Chromium to walk it with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright

from tools import chromium
from tools.product import Product, running

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = {1280: 900, 360: 740}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MILLISECONDS_TO_APPEAR = 15_000


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole product with its demonstration cast, in a folder of its own."""
    with running(tmp_path_factory.mktemp("var")) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium of this machine."""
    found = chromium.find()
    if found is None:
        pytest.skip(chromium.MISSING)
    expect.set_options(timeout=MILLISECONDS_TO_APPEAR)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(found), args=list(chromium.ARGUMENTS)
        )
        yield started
        started.close()


@dataclass
class Walker:
    """Somebody at a browser, who notices console errors and requests to other hosts."""

    page: Page
    product: Product
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._no_error)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._same_host(request.url))
        self.page.on("response", self._strict_policy)

    def _no_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def _strict_policy(self, response: Response) -> None:
        if response.request.resource_type == "document":
            policy = response.headers.get("content-security-policy", "")
            if "default-src 'none'" not in policy or "unsafe" in policy:
                self.complaints.append(f"{response.url} has the policy '{policy}'")

    def _same_host(self, url: str) -> None:
        if not url.startswith(
            (self.product.address + "/", "data:", "blob:" + self.product.address)
        ):
            self.complaints.append(f"a request to another host: {url}")

    def go(self, path: str) -> None:
        """Open a page by its path."""
        self.page.goto(self.product.address + path)

    def sign_in(self, account: str) -> None:
        """Sign in as one of the cast."""
        self.sign_in_with(*self.product.account(account))

    def sign_in_with(self, address: str, password: str) -> None:
        """Sign in with an e-mail address and a password."""
        self.go("/sign-in")
        self.page.get_by_label("Email address").fill(address)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Sign in")

    def press(self, name: str) -> None:
        """Press the button with this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow the first link with this name."""
        self.page.get_by_role("link", name=name).first.click()

    def check_page(self) -> None:
        """What holds of every page: one heading, axe clean, no sideways scroll, no complaint."""
        self.page.wait_for_load_state()
        # The theme gives each page that a search finds a heading of its own.
        headings = self.page.locator("h1:not(.md-search-result h1)")
        assert headings.count() == 1, self.page.url
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wider) <= 0, f"{self.page.url} scrolls sideways"
        assert not self.complaints, f"{self.page.url}: {self.complaints}"


@pytest.fixture(params=sorted(WIDTHS), ids=lambda width: f"{width}px")
def width(request: pytest.FixtureRequest) -> int:
    """How wide the screen is: a desk and a telephone."""
    return int(request.param)


@pytest.fixture
def walker(
    browser: Browser,
    product: Product,
    width: int,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[Callable[[], Walker]]:
    """Makes people with browsers of their own, each checked for complaints at the end."""
    made: list[Walker] = []

    def make() -> Walker:
        context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]})
        context.set_default_timeout(MILLISECONDS_TO_APPEAR)
        made.append(Walker(context.new_page(), product))
        return made[-1]

    yield make
    for number, each in enumerate(made):
        if request.session.testsfailed:
            each.page.screenshot(path=tmp_path / f"{number}.png", full_page=True)
        each.page.context.close()
        assert not each.complaints
