"""The table of promises names tests that are there."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TABLE = (TESTS.parent / "docs" / "security.md").read_text("utf-8")
_NAMED = re.compile(r"`([a-z_/]+\.py)::(test_[a-z0-9_]+)`")


def test_every_promise_names_a_test_that_exists() -> None:
    rows = [line for line in TABLE.splitlines() if re.match(r"\| \d+ \|", line)]

    assert [int(row.split("|")[1]) for row in rows] == list(range(1, 21))
    assert [row for row in rows if not _NAMED.search(row)] == []
    assert [
        f"{file}::{name}"
        for file, name in _NAMED.findall(TABLE)
        if f"def {name}(" not in (TESTS / file).read_text("utf-8")
    ] == []
