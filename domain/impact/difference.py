"""The difference between two texts, word by word."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum


class Fate(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


def difference(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[Fate, str], ...]:
    """Both texts in one, as runs of words that stayed, went or came.

    Where words were replaced, those that went stand before those that came.
    """
    runs: list[tuple[Fate, str]] = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, from_a, to_a, from_b, to_b in matcher.get_opcodes():
        if tag == "equal":
            runs.append((Fate.SAME, " ".join(before[from_a:to_a])))
            continue
        if to_a > from_a:
            runs.append((Fate.REMOVED, " ".join(before[from_a:to_a])))
        if to_b > from_b:
            runs.append((Fate.ADDED, " ".join(after[from_b:to_b])))
    return tuple(runs)
