"""What a text says: its headings, words, links, and what in it the dialect does not have."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Final

from markdown_it.token import Token

from domain.markup.dialect import TooMuchText, check_length, make_parser
from domain.markup.faults import Fault, Link, find_faults, find_links

_SECTION_LEVELS: Final = ("h1", "h2", "h3")
# It keeps a mark from ever equalling a word of an author.
_MARK: Final = "\x02"
_LISTS: Final = ("bullet_list", "ordered_list")
_NO_PROSE: Final = ("table", "heading", "dt")
_QUOTES: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00ad": None})


@dataclass(frozen=True)
class Heading:
    """A heading as it stands. `anchor` is None where none was written.

    `nested` tells a heading inside a list, a quotation or a box.
    """

    level: int
    title: str
    anchor: str | None
    line: int
    nested: bool = False


@dataclass(frozen=True)
class Segment:
    """A heading of level 1 to 3 with the Markdown directly under it.

    The first segment has no heading: it is what stands before them all. Its
    `words` include the heading's.
    """

    heading: Heading | None
    body: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A whole text, read once. Lines count from 1.

    `prose` are its paragraphs and list items as they are read aloud.
    """

    segments: tuple[Segment, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    faults: tuple[Fault, ...]
    prose: tuple[str, ...] = ()


def read(text: str) -> Reading:
    """Everything about a text, in one pass. What goes beyond the limits is a fault too."""
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    env: dict[str, object] = {}
    try:
        check_length(source)
        tokens = _PARSER.parse(source, env)
    except TooMuchText as refused:
        return Reading((), (), (), (Fault(refused.line, refused.message, hides=True),))
    lines = source.split("\n")
    headings = tuple(_headings(tokens))
    faults = find_faults(tokens, lines, env)
    segments, prose = tuple(_segments(tokens, lines)), tuple(_prose(tokens))
    return Reading(segments, headings, find_links(tokens), faults, prose)


def words(text: str) -> tuple[str, ...]:
    """The words of a text, and marks for its links, list items and table cells.

    Wrapping, white space, emphasis and the shape of quotation marks leave them
    as they are. Raises TooMuchText beyond the limits of the dialect.
    """
    return tuple(_words(_parse(text)))


def version_of(words: Iterable[str]) -> str:
    """Twelve hexadecimal characters that name these words in this order."""
    return sha256("\n".join(words).encode()).hexdigest()[:12]


def links(text: str) -> tuple[Link, ...]:
    """Every link of a text with its line, in order."""
    return find_links(_parse(text))


def plain(text: str) -> str:
    """The text without its markup, on one line: for search, CSV and page descriptions."""
    pieces = (_plain(token) for token in _parse(text))
    return " ".join(" ".join(piece for piece in pieces if piece).split())


def _parse(text: str) -> list[Token]:
    check_length(text)
    return _PARSER.parse(text)


def _plain(token: Token) -> str:
    if token.type == "inline":
        return _split_anchor(_inline_text(token))[0]
    if token.type == "container_box_open":
        return token.info.strip().partition(" ")[2]
    return token.content if token.type in ("fence", "code_block") else ""


def _inline_text(token: Token, *, with_links: bool = False) -> str:
    pieces = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif child.type == "link_open":
            pieces.append(f" {_MARK}link:{child.attrGet('href')} " if with_links else "")
        else:
            pieces.append(child.content)
    return "".join(pieces)


def _prose(tokens: Iterable[Token]) -> Iterator[str]:
    outside = 0
    for token in tokens:
        if token.type.partition("_")[0] in _NO_PROSE:
            outside += token.nesting
        elif token.type == "inline" and not outside and (text := _inline_text(token).strip()):
            yield text


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    depth = 0
    heading = False
    for token in tokens:
        if token.type.removesuffix("_open").removesuffix("_close") in _LISTS:
            depth += token.nesting
        heading = (heading or token.type == "heading_open") and token.type != "heading_close"
        yield from _marks(token, depth)
        text = _inline_text(token, with_links=True) if token.type == "inline" else token.content
        text = _split_anchor(text)[0] if heading else text
        yield from unicodedata.normalize("NFC", text).translate(_QUOTES).split()


def _marks(token: Token, depth: int) -> Iterator[str]:
    if token.type == "list_item_open":
        yield f"{_MARK}item:{depth}"
    elif token.type == "ordered_list_open" and token.attrGet("start") is not None:
        yield f"{_MARK}start:{token.attrGet('start')}"
    elif token.type in ("th_open", "td_open", "tr_open", "dt_open", "dd_open", "heading_open"):
        yield f"{_MARK}{token.type}"
    elif token.type == "container_box_open":
        yield f"{_MARK}box"
        yield from token.info.split()


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            yield _heading(opening, inline)


def _heading(opening: Token, inline: Token) -> Heading:
    title = " ".join(_split_anchor(_inline_text(inline))[0].split())
    anchor = _split_anchor(inline.content)[1]
    line = opening.map[0] + 1 if opening.map else 1
    return Heading(int(opening.tag[1]), title, anchor, line, nested=opening.level > 0)


def _split_anchor(heading: str) -> tuple[str, str | None]:
    """The words before `{#anchor}`, and the anchor."""
    at = heading.rfind("{#")
    if at < 0 or not heading.rstrip().endswith("}"):
        return heading, None
    return heading[:at].rstrip(), heading.rstrip()[at + 2 : -1]


def _segments(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Segment]:
    starts = [index for index, token in enumerate(tokens) if _starts_section(token)]
    bounds = [*starts, len(tokens)]
    first = _first_line(tokens, bounds[0], lines)
    yield Segment(None, _body(lines[:first]), tuple(_words(tokens[: bounds[0]])))
    for start, end in pairwise(bounds):
        heading = _heading(tokens[start], tokens[start + 1])
        below = (tokens[start].map or [0, 0])[1]
        body = _body(lines[below : _first_line(tokens, end, lines)])
        yield Segment(heading, body, tuple(_words(tokens[start:end])))


def _starts_section(token: Token) -> bool:
    return token.type == "heading_open" and token.tag in _SECTION_LEVELS and token.level == 0


def _first_line(tokens: Sequence[Token], index: int, lines: Sequence[str]) -> int:
    at = tokens[index].map if index < len(tokens) else None
    return at[0] if at else len(lines)


def _body(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n")


_PARSER: Final = make_parser(unsuspecting=True)
