"""The guard over everything that was authored: comments, link targets and file names too."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, Protocol

from domain.confidentiality import AllowList, Finding, Severity, allow_list
from domain.library.files import ALLOW_LIST, FACTS, Gathered
from domain.problems import Problem
from domain.problems import Severity as Weight

_REGISTER: Final = "stakeholders/register.csv"
_WEIGHTS: Final = {Severity.BLOCK: Weight.ERROR, Severity.WARN: Weight.WARNING}
_ERRORS: Final = {Severity.BLOCK: Weight.ERROR}
_ADVICE: Final = {
    Severity.BLOCK: "nothing about a patient is ever written here",
    Severity.WARN: f"take it out, or say in {ALLOW_LIST} why it may stand",
}


class Look(Protocol):
    """How a text is searched; `domain.confidentiality.scan`, or what remembers its answers."""

    def __call__(self, text: str, allow: AllowList, *, on: date) -> tuple[Finding, ...]:
        """Everything found in the text."""


def guard_problems(gathered: Gathered, today: date, look: Look) -> Iterator[Problem]:
    """An error for all that is blocked, a warning for all that needs a reason."""
    allow, unlimited = _allow_lists(gathered, today)
    # Of a list with a mistake in it nobody knows what it would let pass.
    weights = _WEIGHTS if _is_sound(gathered) else _ERRORS
    for path, text in gathered.texts.items():
        # The briefs quote dates of statutes and cases by the hundred, and nothing of them is shown.
        if path.startswith(FACTS):
            continue
        # What an entry says in its own file is no second mistake once it has expired.
        allowed = unlimited if path == ALLOW_LIST else allow
        for line, part in _parts(path, text):
            for finding in look(part, allowed, on=today):
                yield from _problem(path, line + finding.line - 1, finding, weights)
        for finding in look(path, allow, on=today):
            yield from _problem(path, 1, finding, weights)


def _allow_lists(gathered: Gathered, today: date) -> tuple[AllowList, AllowList]:
    """What may stand today, and what all entries let pass, whether they have expired or not."""
    entries = gathered.single[ALLOW_LIST].value if ALLOW_LIST in gathered.single else None
    register = gathered.single[_REGISTER].value if _REGISTER in gathered.single else None
    websites = [each.website for each in register or ()]
    valid, every = allow_list(entries or (), today), allow_list(entries or ())
    return valid.with_websites(websites), every.with_websites(websites)


def _parts(path: str, text: str) -> Iterator[tuple[int, str]]:
    """The texts of a file, each with its first line."""
    if path != _REGISTER:
        yield 1, text
        return
    # Organisations that stand in neighbouring rows have nothing to do with each other.
    try:
        yield from list(_rows(text))
    except csv.Error:
        yield 1, text


def _rows(text: str) -> Iterator[tuple[int, str]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    for cells in reader:
        yield line, " | ".join(cells)
        line = reader.line_num + 1


def _is_sound(gathered: Gathered) -> bool:
    return ALLOW_LIST not in gathered.single or gathered.single[ALLOW_LIST].value is not None


def _problem(
    path: str, line: int, finding: Finding, weights: Mapping[Severity, Weight]
) -> Iterator[Problem]:
    if finding.severity in weights:
        message = f"this {finding.looks} ({finding.length} characters): {_ADVICE[finding.severity]}"
        yield Problem(path, line, message, weights[finding.severity])
