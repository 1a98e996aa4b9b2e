"""Whatever text is stored, however it got there, is shown as text: on pages and in files."""

import csv
import io
from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.models import Role
from tests.builders.browser import PortalClient
from tests.builders.owner import set_as_owner
from tests.builders.world import World, addresses, whoever_may

Browsers = dict[Role | None, PortalClient]
# Each with a number, so that a text that no page shows is noticed; short enough for any column.
ATTACK = "=1+<q{0} onload=a>\"'<script>"
ADDRESS = "javascript:q{0}()//<q{0}>"
# Every column that holds what somebody typed or what a file was read from.
COLUMNS = {
    1: ("person", "name"),
    2: ("person", "email"),
    3: ("team", "name"),
    4: ("training_event", "note"),
    5: ("organisation", "name"),
    6: ("organisation", "stake"),
    7: ("organisation", "source"),
    8: ("organisation", "jurisdiction"),
    9: ("stakeholder_assessment", "evidence"),
    10: ("stakeholder_assessment", "reason"),
    11: ("publication", "summary"),
    12: ("published_section", "title"),
    13: ("published_section", "reason"),
    14: ("published_section", "body"),
    15: ("audit_event", "subject"),
    16: ("audit_event", "detail"),
    17: ("audit_event", "action"),
    18: ("login_session", "browser"),
    19: ("organisation", "group"),
    20: ("organisation", "themes"),
    21: ("audit_event", "request_id"),
    22: ("stakeholder_assessment", "scheme_version"),
    23: ("organisation", "website"),
}
# Kept as slugs, and shown by the titles that the library has for them, or not at all.
NEVER_SHOWN = {("organisation", "themes"), ("stakeholder_assessment", "scheme_version")}


@pytest.fixture
def answers(
    app: Flask, world: World, browsers: Browsers, database: Session
) -> list[tuple[str, TestResponse]]:
    """Every page and file that there is, once every stored text is an attack."""
    for number, (table, column) in COLUMNS.items():
        text = (ADDRESS if column == "website" else ATTACK).format(number).replace("'", "''")
        # What must be unique stays so.
        set_as_owner(database, table, column, f"'{text}' || id")
    # Published words that differ from the library, and for good reason: so they are shown.
    set_as_owner(database, "published_section", "meaning", "'material'")
    set_as_owner(database, "published_section", "version", "'000000000000'")
    set_as_owner(database, "publication", "publisher_id", str(world.person(Role.EDITOR).id))
    found = []
    for address in addresses(app, world):
        if address.method == "GET":
            answer = whoever_may(address, browsers).get(address.path)
            assert answer.status_code < 500, address
            found.append((address.path, answer))
    return found


class _Page(HTMLParser):
    """What a page has that its text must never make: elements, handlers, addresses that run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        addresses = {value or "" for name, value in attrs if name in {"href", "src", "action"}}
        if tag.startswith("q") or any(name.startswith("on") for name in names):
            self.bad.append(self.get_starttag_text() or tag)
        if tag == "script" and "src" not in names and dict(attrs).get("type") != "application/json":
            self.bad.append("a script in the page")
        if any(each.strip().lower().startswith(("javascript:", "data:text")) for each in addresses):
            self.bad.append(self.get_starttag_text() or tag)


def test_no_stored_text_becomes_part_of_a_page(answers: list[tuple[str, TestResponse]]) -> None:
    pages = [(path, each.text) for path, each in answers if each.mimetype == "text/html"]

    assert {path: _Page(page).bad for path, page in pages if _Page(page).bad} == {}
    assert len(pages) > 30


def test_no_stored_text_becomes_a_formula_in_a_file(
    answers: list[tuple[str, TestResponse]],
) -> None:
    files = {path: each for path, each in answers if each.mimetype == "text/csv"}
    cells = [
        cell
        for each in files.values()
        for row in csv.reader(io.StringIO(each.text.removeprefix("\ufeff")))
        for cell in row
    ]

    assert len(files) == 5
    assert any("<q" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_every_stored_text_is_shown_somewhere(answers: list[tuple[str, TestResponse]]) -> None:
    shown = "".join(each.text for _path, each in answers)
    marks = {number: (f"&lt;q{number} ", f"<q{number} ", f"q{number}()") for number in COLUMNS}

    unseen = {number for number, looks in marks.items() if not any(x in shown for x in looks)}
    assert {COLUMNS[number] for number in unseen} == NEVER_SHOWN
