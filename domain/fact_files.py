"""From a fact brief to its numbered facts, and which of them somebody has confirmed.

A fact is an item that begins `- **RPS-4.12**`, or a row of a table whose first
column is headed `No.` or `Ref`. Its marks stand in its own words; a row without
any has those of the line `Mark: …` that stands above its table.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from domain.problems import Problem
from domain.source import Parsed

# "[V]", "[V text]" and "[V 2019 page]" are marks; so is the word "Seen".
_CONFIRMED: Final = re.compile(r"\[V\b[^\]]*\]|\bSeen\b")
_PROPOSAL: Final = re.compile(r"\bPROPOSAL\b")
_ANY_MARK: Final = re.compile(
    r"\[[VSK]\b[^\]]*\]|\b(?:Seen|Named|Secondary|UNCONFIRMED|PROPOSAL)\b"
)
_ID: Final = r"[A-Z]+-\d+(?:\.\d+)?[a-z]?"
_ITEM: Final = re.compile(rf"- \*\*({_ID})\*\*")
_ROW: Final = re.compile(rf"\|\s*\**({_ID})\**\s*\|")
_TABLE_OF_FACTS: Final = re.compile(r"\|\s*(?:No\.|Ref)\s*\|")
_MARK_ABOVE: Final = re.compile(r"\bMark: (.+)")


@dataclass(frozen=True)
class Fact:
    """One numbered fact, and where it stands. Lines count from 1.

    `confirmed` is true where any part of it was checked against the official
    text: a page may rest on that part. `proposal` tells our own advice.
    """

    id: str
    confirmed: bool
    line: int
    path: str = ""
    proposal: bool = False


Facts = Mapping[str, Fact]


def parse_facts(path: str, text: str) -> Parsed[Facts]:
    """The facts of a brief by their ids; an id that stands twice is a mistake."""
    facts: dict[str, Fact] = {}
    problems = []
    for fact in _facts(path, text.split("\n")):
        if fact.id in facts:
            message = f"the fact '{fact.id}' stands twice (first on line {facts[fact.id].line})"
            problems.append(Problem(path, fact.line, message))
        facts.setdefault(fact.id, fact)
    if not facts:
        message = "this brief has no fact: an item begins '- **RPS-1.1** ', a table with 'No.'"
        problems.append(Problem(path, 1, message))
    return Parsed(facts, tuple(problems), offers=frozenset(facts))


def _facts(path: str, lines: list[str]) -> Iterator[Fact]:
    in_table = False
    above = ""
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            above = ""
        elif found := _MARK_ABOVE.search(line):
            above = found[1]
        in_table = line.startswith("|") and (in_table or bool(_TABLE_OF_FACTS.match(line)))
        item, row = _ITEM.match(line), _ROW.match(line) if in_table else None
        if item:
            yield _fact(path, number, item[1], line)
        elif row:
            yield _fact(path, number, row[1], line if _ANY_MARK.search(line) else above)


def _fact(path: str, line: int, fact_id: str, marks: str) -> Fact:
    confirmed = bool(_CONFIRMED.search(marks))
    return Fact(fact_id, confirmed, line, path, bool(_PROPOSAL.search(marks)))
