"""The difference between two texts, paragraph by paragraph, in pieces that a page can show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.impact import Fate
from domain.impact import difference as runs

_BREAK = "\n"
# A line that starts something of its own: a list item, a table row, a heading, a box.
_STARTS_A_LINE = re.compile(r"\s*([-*+]\s|\d+[.)]\s|\||#|:::|>|:\s)")


@dataclass(frozen=True)
class Words:
    """Neighbouring words that share a fate."""

    fate: Fate
    text: str


Paragraph = tuple[Words, ...]


def difference(before: str, after: str) -> tuple[Paragraph, ...]:
    """Both texts in one, each word kept, added or removed.

    Where a line happens to be wrapped is no difference.
    """
    return tuple(_paragraphs(runs(_tokens(before), _tokens(after))))


def _tokens(text: str) -> list[str]:
    tokens = [_BREAK]
    for line in text.splitlines():
        starts_anew = not line.strip() or _STARTS_A_LINE.match(line)
        if starts_anew and tokens[-1] != _BREAK:
            tokens.append(_BREAK)
        tokens.extend(line.split())
    return tokens[1:]


def _paragraphs(compared: tuple[tuple[Fate, str], ...]) -> Iterator[Paragraph]:
    paragraph: list[Words] = []
    for fate, text in compared:
        first, *others = text.split(_BREAK)
        paragraph += _words(fate, first)
        for other in others:
            if paragraph:
                yield tuple(paragraph)
            paragraph = _words(fate, other)
    if paragraph:
        yield tuple(paragraph)


def _words(fate: Fate, text: str) -> list[Words]:
    return [Words(fate, text.strip())] if text.strip() else []
