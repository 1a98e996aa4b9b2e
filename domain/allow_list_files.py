"""From a YAML file to what may stand in texts although the guard knows its shape."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Final

from domain.confidentiality import Allowed, AllowEntry
from domain.problems import Problem, Severity
from domain.source import (
    EACH,
    Authored,
    Day,
    Naming,
    Parsed,
    Slug,
    Source,
    Text,
    choice_of,
    listed_parts,
    mentions_of,
    read_yaml,
    repeated,
    validate,
)

SHORTEST_REASON: Final = 10

_OWNERS: Final = (((EACH, "owner"), Naming.ROLE, "the entry belongs to"),)
_SHAPES: Final = {
    Allowed.MAILBOX: (re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+"), "an email address"),
    Allowed.DOMAIN: (re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"), "a name such as example.org"),
    Allowed.TELEPHONE: (re.compile(r"\+?[\d\s()-]{10,25}", re.ASCII), "a telephone number"),
    Allowed.POSTCODE: (
        re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}", re.ASCII),
        "a postcode in capitals",
    ),
    # A single word would let every sentence pass that has it.
    Allowed.CITATION: (re.compile(r"\S+(\s\S+)+"), "a whole citation"),
    Allowed.NAME: (re.compile(r"\S+(\s\S+)+"), "a whole name"),
}


class Entry(Authored):
    """One thing that may stand in texts."""

    kind: Annotated[Allowed, choice_of(Allowed)]
    value: Text
    owner: Slug
    reason: Text
    expires_on: Day


def parse_allow_list(
    path: str, text: str, today: date | None = None
) -> Parsed[tuple[AllowEntry, ...]]:
    """The entries, in the order of the file. One that has expired by today is worth a warning."""
    source, problems = read_yaml(path, text)
    if source is None:
        return Parsed(None, problems)
    parts, none_listed = listed_parts(source)
    problems += none_listed + tuple(repeated(parts, "value", "the value"))
    entries = []
    for part in parts:
        entry, misfits = validate(part, Entry)
        problems += misfits + (tuple(_mistakes(part, entry, today)) if entry else ())
        entries += [AllowEntry(line=part.line("value"), **entry.model_dump())] if entry else []
    sound = not any(each.severity is Severity.ERROR for each in problems)
    return Parsed(tuple(entries) if sound else None, problems, mentions_of(source, _OWNERS))


def _mistakes(part: Source, entry: Entry, today: date | None) -> Iterator[Problem]:
    if len(entry.reason) < SHORTEST_REASON:
        yield part.problem(f"'reason' needs {SHORTEST_REASON} characters or more", "reason")
    wanted = _wanted(entry)
    if wanted:
        yield part.problem(f"the value of a {entry.kind} must be {wanted}", "value")
    if today is not None and entry.expires_on < today:
        message = f"this entry ended on {entry.expires_on}: look at it again, or take it out"
        yield replace(part.problem(message, "expires_on"), severity=Severity.WARNING)


def _wanted(entry: Entry) -> str:
    """What the value should have been; empty where it will do."""
    fits, wanted = _SHAPES[entry.kind]
    return "" if fits.fullmatch(entry.value) else wanted
