"""A text as the guard reads it: normalised, with the way back to where everything stood."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from domain.confidentiality.findings import Clue, Finding
from domain.confidentiality.folding import foldings, upper

WINDOW: Final = 120
"""How many characters either side count as near."""

_ADDRESS: Final = re.compile(r"(?:HTTPS?://|WWW\.)[^\s<>\"']+")
_UNPRINTABLE: Final = re.compile(r"[^\t-\r -~]")


class Reading:
    """One text. `text` is normalised, `upper` the same in capitals, place for place."""

    def __init__(self, original: str) -> None:
        self.text = original
        self._starts: list[int] = [0]
        self._origins: list[int] = [0]
        if _UNPRINTABLE.search(original):
            self._normalise(original)
        self.upper = upper(self.text)
        self._line_ends = [found.start() for found in re.finditer("\n", original)]
        self._mentions: dict[re.Pattern[str], list[int]] = {}
        self.addresses = Spans(each.span() for each in _ADDRESS.finditer(self.upper))

    def _normalise(self, original: str) -> None:
        table = foldings(original)
        self.text = original.translate(table)
        longer = {chr(code): len(into) for code, into in table.items() if len(into) != 1}
        shift = 0
        for origin in [at for at, each in enumerate(original) if each in longer]:
            length = longer[original[origin]]
            # Each of the characters that one became leads back to that one.
            for extra in range(1, length):
                self._starts.append(origin + shift + extra)
                self._origins.append(origin)
            shift += length - 1
            self._starts.append(origin + 1 + shift)
            self._origins.append(origin + 1)

    def origin(self, place: int) -> int:
        """Where in the original text the character stood that is now here."""
        index = bisect_right(self._starts, place) - 1
        return self._origins[index] + place - self._starts[index]

    def finding(self, clue: Clue) -> Finding:
        """A clue with its place in the original text."""
        start, end = self.origin(clue.start), self.origin(clue.end - 1) + 1
        line = bisect_left(self._line_ends, start) + 1
        return Finding(clue.code, clue.severity, start, end, line, clue.kinds)

    def is_near(self, words: re.Pattern[str], start: int, end: int, within: int = WINDOW) -> bool:
        """Whether one of these words (in capitals) begins near a place."""
        if words not in self._mentions:
            self._mentions[words] = [each.start() for each in words.finditer(self.upper)]
        return begins_within(self._mentions[words], start - within, end + within)


class Spans:
    """Stretches of a text, in order, that can be asked whether they cover or touch another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self.starts = [start for start, _ in ordered]
        self._reach: list[int] = []
        reach = 0
        for _, end in ordered:
            reach = max(reach, end)
            self._reach.append(reach)

    def cover(self, start: int, end: int) -> bool:
        """Whether the whole of it lies inside one of them."""
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and self._reach[index] >= end

    def touch(self, start: int, end: int) -> bool:
        """Whether any of it lies inside one of them."""
        index = bisect_left(self.starts, end) - 1
        return index >= 0 and self._reach[index] > start

    def near(self, start: int, end: int, within: int = WINDOW) -> bool:
        """Whether one of them lies near a place."""
        return self.touch(start - within, end + within)


def begins_within(starts: Sequence[int], first: int, last: int) -> bool:
    """Whether any of these places, which are in order, lies between two others."""
    index = bisect_left(starts, first)
    return index < len(starts) and starts[index] <= last
