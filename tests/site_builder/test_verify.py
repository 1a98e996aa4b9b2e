"""A tree with a fault is told of, and never published."""

import json
from html.parser import HTMLParser

import pytest

from site_builder.reading import elements, read_page
from site_builder.search_index import PATH
from site_builder.verify import faults
from tests.builders.authored import TREES, Site

SOUND = '<h1 id="top">Home</h1><a href="leave/#when">Leave</a><a href="/training/">Mine</a>'
LEAVE = '<h1 id="when">Leave</h1><a href="../">Home</a><a href="#when">Here</a>'


def tree(index: str = SOUND, leave: str = LEAVE, **others: str) -> dict[str, bytes]:
    search = {"config": {}, "docs": [{"location": "leave/#when", "title": "", "text": ""}]}
    files = {"index.html": index, "leave/index.html": leave, PATH: json.dumps(search)}
    return {name: text.encode() for name, text in {**files, **others}.items()}


def test_a_sound_tree_has_no_fault() -> None:
    assert faults(tree(), "/guidance/") == ()


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ('<a href="../recall/">x</a>', "links to '../recall/', where there is nothing"),
        ('<a href="../#nowhere">x</a>', "links to '../#nowhere', which has no such anchor"),
        ('<a href="#nowhere">x</a>', "links to '#nowhere', which has no such anchor"),
        ('<a href="/guidance/gone/">x</a>', "links to '/guidance/gone/', where there is nothing"),
        ('<form action="../find/"></form>', "links to '../find/', where there is nothing"),
        ('<img src="../plan.svg" alt="">', "links to '../plan.svg', where there is nothing"),
        ('<script src="//cdn.example/x.js"></script>', "asks another host for //cdn.example/x.js"),
        (
            '<link rel="stylesheet" href="https://fonts.example/a.css">',
            "asks another host for https://fonts.example/a.css",
        ),
        ('<p style="color: red">x</p>', "the policy refuses <p style=…>"),
        ("<p onclick='go()'>x</p>", "the policy refuses <p onclick=…>"),
        ("<style>p{}</style>", "the policy refuses <style>"),
        ('<p id="when">x</p>', "two elements have the id 'when'"),
        ("<!-- hang:foot leave -->", "a placeholder was left empty"),
    ],
)
def test_each_fault_of_a_page_is_told_with_its_file(planted: str, told: str) -> None:
    assert faults(tree(leave=LEAVE + planted), "/guidance/") == (f"leave/index.html: {told}",)


def test_a_style_sheet_that_loads_something_is_told_of() -> None:
    css = 'p{background:url("x.png")} @import "y.css"; q{background:url(data:image/png;base64,)}'

    assert faults(tree(**{"a.css": css}), "/guidance/") == (
        "a.css: loads 'x.png'",
        "a.css: loads 'y.css'",
    )


def test_a_search_entry_that_leads_nowhere_is_told_of() -> None:
    found = faults(tree(leave="<h1>Leave</h1>", index=""), "/guidance/")

    assert found == (f"{PATH}: links to 'leave/#when', which has no such anchor",)


def test_links_to_other_hosts_and_to_the_portal_are_not_followed() -> None:
    links = '<a href="https://example.org/x#y">x</a><a href="mailto:a@example.org">y</a>'

    assert faults(tree(leave=LEAVE + links + '<a href="/staff/x/">z</a>'), "/guidance/") == ()


class Elements(HTMLParser):
    """Every element with attributes, by the parser of the standard library."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if attrs:
            self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.mark.parametrize("name", TREES)
def test_pages_are_read_as_the_standard_library_reads_them(site: Site, name: str) -> None:
    for html in site.pages(name).values():
        assert list(elements(html)) == Elements(html).found


@pytest.mark.parametrize(
    "html",
    [
        '<a href="x>y" title=\'a "b" c\'>z</a>',
        "<a href=x>y</a>",
        '<a\n  href="a&amp;b"\n>y</a>',
        "<script>if (a < b) document.write('<a href=\"no\">')</script><p id=yes>",
        "<!-- <a href='no'> --><input disabled value=''>",
        '<svg viewBox="0 0 1 1"/><br class="x"/>',
    ],
)
def test_unusual_html_is_read_as_the_standard_library_reads_it(html: str) -> None:
    assert [(tag, dict(values)) for tag, values in elements(html)] == [
        (tag, values) for tag, values in Elements(html).found
    ]


def test_what_is_only_linked_is_not_taken_for_what_is_loaded() -> None:
    page = read_page('<link rel="alternate feed" href="atom.xml"><link rel="icon" href="i.svg">')

    assert (page.links, page.loads) == (["atom.xml"], ["i.svg"])
