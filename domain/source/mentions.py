"""What an authored file names elsewhere, so that the library can tell whether it is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from domain.problems import Problem
from domain.source.schema import is_slug
from domain.source.tree import Location, Source

Value = TypeVar("Value")


class Naming(StrEnum):
    """The kinds of things that a file can name."""

    ROLE = "role"
    TOPIC = "topic"
    REFERENCE = "reference"
    PAGE = "page"
    SECTION = "section"
    QUIZ = "quiz"
    GROUP = "group"
    ISSUE = "issue"
    FACT = "fact"
    OBJECTIVE = "objective"


@dataclass(frozen=True)
class Mention:
    """One thing named in one line. `saying` begins the sentence: "question 'x' cites".

    `public` tells that whoever has no account may read this line.
    """

    naming: Naming
    target: str
    path: str
    line: int
    saying: str
    public: bool = False


@dataclass(frozen=True)
class AuthoredText:
    """Markdown that stands in a YAML file.

    `line` is that of its key; `literal` tells that each of its lines is one of
    the file, beginning below the key.
    """

    text: str
    path: str
    line: int
    literal: bool
    public: bool = False

    def line_of(self, line: int) -> int:
        """The line of the file on which a line of the text stands."""
        return self.line + line if self.literal else self.line


@dataclass(frozen=True)
class Parsed(Generic[Value]):
    """What came of a file: its value where it is sound, and what is still to be checked.

    `offers` are the names that others may use (anchors of a page, slugs of a
    list), also where the file has mistakes elsewhere, so that one mistake is
    reported once. It is None where the file could not be read at all.
    """

    value: Value | None
    problems: tuple[Problem, ...] = ()
    mentions: tuple[Mention, ...] = ()
    texts: tuple[AuthoredText, ...] = ()
    offers: frozenset[str] | None = None
    staff: bool = False


def naming_of(target: str) -> tuple[Naming, str] | None:
    """What the target of a link names: a page, a section or a reference; None of another site."""
    scheme, _, name = target.partition(":")
    if scheme == "ref":
        return Naming.REFERENCE, name
    if scheme == "page":
        return (Naming.SECTION if "#" in name else Naming.PAGE), name
    return None


def mentions_of(
    source: Source,
    patterns: Iterable[tuple[Location, Naming, str]],
    *,
    public: bool = False,
) -> tuple[Mention, ...]:
    """Every text that stands where the patterns say, as a mention.

    What is no slug names nothing: its shape is a mistake of its own.
    """
    return tuple(
        Mention(naming, text.strip(), source.path, source.line(*location), saying, public)
        for pattern, naming, saying in patterns
        for text, location in source.find(*pattern)
        if is_slug(text.strip()) or naming in (Naming.SECTION, Naming.FACT)
    )


def texts_of(
    source: Source, patterns: Iterable[Location], *, public: bool = False
) -> tuple[AuthoredText, ...]:
    """Every text that stands where the patterns say, as Markdown to be checked."""
    found = [each for pattern in patterns for each in source.find(*pattern)]
    return tuple(
        AuthoredText(text, source.path, place.line, place.literal, public)
        for text, location in found
        for place in (source.place(*location),)
    )
