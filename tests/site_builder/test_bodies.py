"""Bodies are rendered once, and anew whenever their HTML would differ."""

import sqlite3
from contextlib import closing
from pathlib import Path

from site_builder.bodies import open_bodies


def nowhere(target: str) -> str | None:
    return None


def somewhere(target: str) -> str | None:
    return f"../{target.removeprefix('page:')}/"


def kept(cache: Path) -> int:
    with closing(sqlite3.connect(cache / "bodies.sqlite3")) as connection:
        return int(connection.execute("SELECT count(*) FROM body").fetchone()[0])


def test_a_body_is_kept_and_what_is_no_longer_used_is_forgotten(tmp_path: Path) -> None:
    with open_bodies(tmp_path) as bodies:
        assert bodies.html("One *word*.", nowhere) == "<p>One <em>word</em>.</p>\n"
        assert bodies.plain("One *word*.") == "One word."
        bodies.keep()
    assert kept(tmp_path) == 2

    with open_bodies(tmp_path) as bodies:
        assert bodies.html("One *word*.", nowhere) == "<p>One <em>word</em>.</p>\n"
        bodies.keep()
    assert kept(tmp_path) == 1


def test_what_was_kept_is_used(tmp_path: Path) -> None:
    with open_bodies(tmp_path) as bodies:
        bodies.html("One word.", nowhere)
        bodies.keep()
    with closing(sqlite3.connect(tmp_path / "bodies.sqlite3")) as connection, connection:
        connection.execute("UPDATE body SET made = 'from the store'")

    with open_bodies(tmp_path) as bodies:
        assert bodies.html("One word.", nowhere) == "from the store"


def test_a_body_whose_link_leads_elsewhere_is_rendered_anew(tmp_path: Path) -> None:
    text = "See [recall](page:recall#how) or [that][x].\n\n[x]: page:that"
    with open_bodies(tmp_path) as bodies:
        assert "href" not in bodies.html(text, nowhere)
        html = bodies.html(text, somewhere)

    assert 'href="../recall#how/"' in html
    assert 'href="../that/"' in html


def test_emphasis_alone_makes_another_body(tmp_path: Path) -> None:
    with open_bodies(tmp_path) as bodies:
        assert bodies.html("One word.", nowhere) != bodies.html("*One* word.", nowhere)


def test_a_store_that_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "bodies.sqlite3").write_bytes(b"not a database, " * 300)

    with open_bodies(tmp_path) as bodies:
        bodies.html("One word.", nowhere)
        bodies.keep()

    assert kept(tmp_path) == 1
