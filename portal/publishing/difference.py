"""The difference between two texts, word by word, in pieces that a page can show."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Words:
    """Neighbouring words that share a fate."""

    fate: Fate
    text: str


Paragraph = tuple[Words, ...]

_BREAK = "\n"
# A line that starts something of its own: a list item, a table row, a heading, a callout.
_STARTS_A_LINE = re.compile(r"\s*([-*+]\s|\d+[.)]\s|\||#|:::|>|:\s)")


def difference(before: str, after: str) -> tuple[Paragraph, ...]:
    """Both texts in one, paragraph by paragraph, each word kept, added or removed.

    Where a line happens to be wrapped is no difference.
    """
    return tuple(_paragraphs(_compared(_tokens(before), _tokens(after))))


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for line in text.strip().splitlines():
        if not line.strip() or _STARTS_A_LINE.match(line):
            tokens.append(_BREAK)
        tokens.extend(line.split())
    return [token for token, previous in zip(tokens, [_BREAK, *tokens], strict=False)
            if token != _BREAK or previous != _BREAK]


def _compared(before: list[str], after: list[str]) -> Iterator[tuple[Fate, str]]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, from_a, to_a, from_b, to_b in matcher.get_opcodes():
        if tag == "equal":
            yield from ((Fate.KEPT, token) for token in before[from_a:to_a])
        else:
            yield from ((Fate.REMOVED, token) for token in before[from_a:to_a])
            yield from ((Fate.ADDED, token) for token in after[from_b:to_b])


def _paragraphs(marked: Iterable[tuple[Fate, str]]) -> Iterator[Paragraph]:
    for is_break, run in groupby(marked, key=lambda each: each[1] == _BREAK):
        if not is_break:
            yield tuple(
                Words(fate, " ".join(token for _, token in words))
                for fate, words in groupby(run, key=lambda each: each[0])
            )
