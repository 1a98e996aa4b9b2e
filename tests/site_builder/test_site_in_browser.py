"""The site of the real content, as a reader meets it in a browser, under its policy."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from domain.library import Library, load
from domain.pages import Kind
from site_builder.build import Plan, build
from site_builder.serve import serving
from site_builder.trees import TreeName
from tools import chromium

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).parents[2]
WIDTHS = {1280: 900, 360: 740}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What is not shown, or shown where nobody sees it, is no place for the keyboard to be.
SEEN = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  let opacity = 1;
  for (let each = element; each; each = each.parentElement) {
    opacity *= Number(getComputedStyle(each).opacity);
  }
  return {
    name: element.getAttribute("aria-label") || element.innerText || element.name,
    seen: box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0 && opacity > 0.5
      && getComputedStyle(element).visibility === "visible",
  };
}"""


@dataclass
class Served:
    """The staff tree of the real content, on this machine."""

    address: str
    library: Library
    release: Path
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> Page:
        """Note every console error, every failed script and every request to another host."""
        page.on("console", self._no_error)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._same_host(request.url))
        return page

    def _no_error(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location})")

    def _same_host(self, url: str) -> None:
        host = self.address.removesuffix("/staff/")
        if not url.startswith((host + "/", "data:", "blob:" + host)):
            self.complaints.append(f"a request to another host: {url}")

    def sample(self, at_length: bool) -> list[str]:
        """Two documents of each kind and all that no author wrote; every one at length."""
        if at_length:
            return self.documents()
        kinds = Counter[str]()
        chosen = []
        for path in self.documents():
            page = self.library.pages.get(path or "index")
            kind = page.kind.value if page else path
            kinds[kind] += 1
            if kinds[kind] <= 2:
                chosen.append(path)
        return chosen

    def documents(self) -> list[str]:
        """The path of every document."""
        tree = self.release / "staff"
        return sorted(
            path.parent.relative_to(tree).as_posix().removeprefix(".").rstrip("/")
            for path in tree.rglob("index.html")
        )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("real")
    library = load(PROJECT)
    built = build(library, Plan(folder / "out", folder / "cache"), lambda _: None)
    with serving(folder / "out", TreeName.STAFF, "/staff/", 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield Served(f"http://127.0.0.1:{server.server_port}/staff/", library, built.release)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = chromium.find()
    if found is None:
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(found), args=list(chromium.ARGUMENTS)
        )
        yield started
        started.close()


@pytest.fixture(params=sorted(WIDTHS), ids=lambda width: f"{width}px")
def page(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page at each width, which no error and no request to another host may cross."""
    size: ViewportSize = {"width": request.param, "height": WIDTHS[request.param]}
    context = browser.new_context(viewport=size)
    served.complaints.clear()
    yield served.watch(context.new_page())
    context.close()
    assert not served.complaints


def open_search(page: Page) -> None:
    """Reach the search as the keyboard does."""
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate(SEEN)["name"] == "Search":
            break
    if not page.locator(".md-search__input").evaluate("each => each === document.activeElement"):
        page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()


def test_every_document_is_accessible_and_never_scrolls_sideways(
    page: Page, served: Served, at_length: bool
) -> None:
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert len(served.documents()) > len(served.library.pages)

    for path in served.sample(at_length):
        page.goto(f"{served.address}{path}/" if path else served.address)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert page.evaluate(wider) <= 0, path
        assert page.locator("h1").count() == 1


def test_the_search_works_by_keyboard_alone(page: Page, served: Served) -> None:
    page.goto(served.address)

    open_search(page)
    page.keyboard.type("restricted")
    result = page.locator(".md-search-result__item a").first
    expect(result).to_be_visible()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    expect(page.locator("h1")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).not_to_have_url(served.address)
    expect(page.locator("h1")).to_have_count(1)
    assert found.violations_count == 0, found.generate_report()


def test_the_large_field_of_the_front_page_searches(page: Page, served: Served) -> None:
    page.goto(served.address)

    page.locator(".site-find__input").fill("leave")
    page.locator(".site-find__button").click()

    expect(page.locator(".md-search-result__meta")).to_contain_text("found")
    expect(page.locator(".md-search__input")).to_have_value("leave")
    assert page.url == served.address


def test_the_keyboard_is_never_where_nothing_is_seen(page: Page, served: Served) -> None:
    page.goto(f"{served.address}section-17-leave/")

    stops = []
    for _ in range(25):
        page.keyboard.press("Tab")
        page.wait_for_timeout(60)
        stops.append(page.evaluate(SEEN))

    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert stops[0]["name"] == "Skip to main content"
    assert page.locator(".md-search__output").is_hidden()


def test_single_letters_set_nothing_off(page: Page, served: Served) -> None:
    page.goto(f"{served.address}section-17-leave/")

    for letter in "sfnp/,.":
        page.keyboard.press(letter)

    assert page.url == f"{served.address}section-17-leave/"
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.locator(".md-search__output").is_hidden()


def test_a_link_to_a_section_leads_to_its_heading(page: Page, served: Served) -> None:
    library = served.library.pages["section-17-leave"]
    last = library.sections[-1]

    page.goto(f"{served.address}section-17-leave/#{last.anchor}")

    heading = page.locator(f"#{last.anchor}")
    expect(heading).to_be_in_viewport()
    expect(heading).to_contain_text(last.title)


def test_without_scripts_everything_can_be_read_and_found(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = served.watch(context.new_page())

    page.goto(f"{served.address}section-17-leave/")
    assert page.locator(".md-search").is_hidden()
    page.get_by_role("link", name="A to Z").click()
    page.get_by_role("link", name="Recall to hospital").first.click()

    expect(page.locator("h1")).to_have_text("Recall to hospital")
    context.close()


def test_an_aide_memoire_prints_on_one_sheet_without_the_frame(
    browser: Browser, served: Served, at_length: bool
) -> None:
    aides = [p for p in served.library.pages.values() if p.kind is Kind.AIDE_MEMOIRE]
    assert aides
    for aide in aides if at_length else aides[::6]:
        context = browser.new_context()
        page = served.watch(context.new_page())
        page.goto(f"{served.address}{aide.slug}/")

        printed = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")

        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        assert re.search(rb"/MediaBox\s*\[0 0 59[45]\.\d+ 84[12]\.\d+\]", printed)
        for part in (".site-header", ".site-footer", ".site-aside", ".site-breadcrumbs"):
            assert page.locator(part).is_hidden()
        assert page.locator(f"#{aide.sections[-1].anchor}").is_visible()
        context.close()


def test_every_page_that_the_foot_names_has_been_written(served: Served) -> None:
    html = (served.release / "public" / "index.html").read_text("utf-8")
    foot = html.partition('<footer class="site-footer"')[2]

    for words in ("Accessibility", "Privacy", "What we hold about you", "Contact"):
        assert f">{words}</a>" in foot
