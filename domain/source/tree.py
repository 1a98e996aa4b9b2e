"""Strict YAML: every value is the text that was typed, and has a line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import yaml

from domain.problems import Problem

Location = tuple[str | int, ...]
"""The way from the top of a file to a value: keys, and indexes of lists."""

EACH: Final = -1
"""Stands for every entry of a list (or every key of a mapping) in a pattern."""

DEEPEST: Final = 12

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What is never closed is noticed far from where it began, often at the end of the file.
_NOTICED_LATE: Final = ("end of stream", "expected ','", "expected ':'")
_OUT_OF_PLACE: Final = (
    "this line does not fit those around it: indent it like them, "
    "and put text that starts with a bracket or a quotation mark in quotes"
)
_MEANINGS: Final = {
    "mapping values are not allowed": "text that has a colon and a space in it needs quotes",
    "could not find expected ':'": "a key needs a colon after it, or the text a quotation mark",
    "found unexpected end of stream": "a quotation mark is not closed",
    "expected ','": "a bracket is not closed, or text with one needs quotes",
    "expected alphabetic": "text that starts with & or * needs quotes",
    "did not find expected": _OUT_OF_PLACE,
    "expected <block end>": _OUT_OF_PLACE,
    "that cannot start": "text that starts with this character needs quotes",
}


@dataclass(frozen=True)
class Place:
    """Where a value stands: its line (its key's, from 1), and its span in line and column (from 0).

    `literal` tells a block (`|`) whose lines are those of the file, one by one.
    """

    line: int
    start: tuple[int, int]
    end: tuple[int, int]
    literal: bool = False


@dataclass(frozen=True)
class Source:
    """A value read from a file, which knows the line of everything in it."""

    path: str
    value: object
    places: Mapping[Location, Place]
    at: Location = ()

    def line(self, *location: str | int) -> int:
        """The line of what stands at a location, or else of the nearest thing around it."""
        full = self.at + location
        while full and full not in self.places:
            full = full[:-1]
        return self.places[full].line

    def has(self, *location: str | int) -> bool:
        """Whether anything stands at a location."""
        return self.at + location in self.places

    def place(self, *location: str | int) -> Place:
        """Where exactly a value stands. Raises KeyError where there is none."""
        return self.places[self.at + location]

    def parts(self, *location: str | int) -> tuple["Source", ...]:
        """The entries of a list, each as a source of its own."""
        value = _follow(self.value, location)
        count = len(value) if isinstance(value, list) else 0
        return tuple(self.part(*location, index) for index in range(count))

    def part(self, *location: str | int) -> "Source":
        """What stands at a location, as a source of its own."""
        return Source(self.path, _follow(self.value, location), self.places, self.at + location)

    def find(self, *pattern: str | int) -> Iterator[tuple[str, Location]]:
        """Every text that stands where the pattern says, with its location."""
        yield from _find(self.value, pattern, ())

    def problem(self, message: str, *location: str | int) -> Problem:
        """A mistake in what stands at a location."""
        return Problem(self.path, self.line(*location), message)


def read_yaml(
    path: str, text: str, first_line: int = 1
) -> tuple[Source | None, tuple[Problem, ...]]:
    """The one document of a text. There is no source where it cannot be read at all."""
    tabs = [number for number, line in enumerate(text.split("\n"), first_line) if "\t" in line]
    if tabs:
        return None, tuple(Problem(path, line, "a tab stands here: use spaces") for line in tabs)
    tree = _Tree(path, first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            tree.take(event)
    except yaml.MarkedYAMLError as refused:
        problem = Problem(path, _line_of(refused) + first_line, _explained(refused))
        return None, (*tree.problems, problem)
    except yaml.reader.ReaderError as refused:
        line = text.count("\n", 0, int(refused.position)) + first_line
        return None, (Problem(path, line, "a character stands here that YAML does not allow"),)
    except _Refused as refused:
        return None, (*tree.problems, Problem(path, refused.line + first_line, refused.message))
    if not tree.places:
        return None, (Problem(path, first_line, "this file says nothing yet"),)
    return Source(path, tree.value, tree.places), tuple(tree.problems)


class _Refused(Exception):
    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(message)


@dataclass
class _Open:
    """A mapping or list that is still being read."""

    value: dict[str, object] | list[object]
    location: Location
    key: str | None = None
    key_line: int = 0
    seen: dict[str, int] = field(default_factory=dict)


class _Tree:
    """Built from events and not by the library's own composer, which calls itself without bound."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.places: dict[Location, Place] = {}
        self.value: object = None
        self._open: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        self._refuse_what_is_not_plain(event)
        if isinstance(event, yaml.ScalarEvent):
            if self._expects_key():
                self._take_key(event)
            else:
                self._put(event.value, event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin([], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()

    def _refuse_what_is_not_plain(self, event: yaml.Event) -> None:
        line = _start(event)[0]
        if isinstance(event, yaml.DocumentStartEvent) and self.places:
            raise _Refused(line, "a second document starts here: a file holds one")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                line, "anchors (&) and aliases (*) are not supported: write it out, or in quotes"
            )
        if getattr(event, "tag", None) is not None:
            raise _Refused(line, "tags (!) are not supported: write the text in quotes")

    def _expects_key(self) -> bool:
        return (
            bool(self._open)
            and isinstance(self._open[-1].value, dict)
            and self._open[-1].key is None
        )

    def _take_key(self, event: yaml.ScalarEvent) -> None:
        parent, key, line = self._open[-1], event.value, _start(event)[0]
        if key in parent.seen:
            first = parent.seen[key] + self.first_line
            message = f"the key '{key}' stands twice (first on line {first})"
            self.problems.append(Problem(self.path, line + self.first_line, message))
        parent.seen.setdefault(key, line)
        parent.key, parent.key_line = key, line

    def _begin(self, value: dict[str, object] | list[object], event: yaml.Event) -> None:
        if self._expects_key():
            raise _Refused(_start(event)[0], "a key must be one word, not a list or mapping")
        if len(self._open) == DEEPEST:
            raise _Refused(_start(event)[0], "this is nested too deeply")
        self._open.append(_Open(value, self._put(value, event)))

    def _put(self, value: object, event: yaml.Event) -> Location:
        start = _start(event)
        end = (event.end_mark.line, event.end_mark.column) if event.end_mark else start
        line = start[0]
        location: Location = ()
        if not self._open:
            self.value = value
        else:
            parent = self._open[-1]
            if isinstance(parent.value, dict):
                key, parent.key = parent.key or "", None
                location, line = (*parent.location, key), parent.key_line
                parent.value[key] = value
            else:
                location = (*parent.location, len(parent.value))
                parent.value.append(value)
        literal = getattr(event, "style", None) == "|"
        self.places[location] = Place(line + self.first_line, start, end, literal)
        return location


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _follow(value: object, location: Location) -> object:
    for step in location:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _find(value: object, pattern: Location, at: Location) -> Iterator[tuple[str, Location]]:
    if not pattern:
        if isinstance(value, str):
            yield value, at
        return
    step, rest = pattern[0], pattern[1:]
    if isinstance(value, list) and step == EACH:
        for index, each in enumerate(value):
            yield from _find(each, rest, (*at, index))
    elif isinstance(value, dict):
        for key in value if step == EACH else [step] if step in value else []:
            yield from _find(value[key], rest, (*at, key))


def _line_of(refused: yaml.MarkedYAMLError) -> int:
    late = any(words in str(refused.problem) for words in _NOTICED_LATE)
    mark = (refused.context_mark if late else None) or refused.problem_mark
    return mark.line if mark else 0


def _explained(refused: yaml.MarkedYAMLError) -> str:
    theirs = str(refused.problem)
    ours = next((ours for part, ours in _MEANINGS.items() if part in theirs), theirs)
    return f"this is not YAML: {ours}"
