"""What may stand in texts although a detector knows its shape: published, and of nobody's case."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from domain.confidentiality.findings import Clue, Code, Severity
from domain.confidentiality.reading import Reading, Spans
from domain.confidentiality.shapes import characters_of, digits_of


class Allowed(StrEnum):
    """What an entry lets pass."""

    MAILBOX = "mailbox"
    DOMAIN = "domain"
    TELEPHONE = "telephone"
    POSTCODE = "postcode"
    CITATION = "citation"
    NAME = "name"


@dataclass(frozen=True)
class AllowEntry:
    """One thing that may stand in texts: who answers for that, why, and up to which day."""

    kind: Allowed
    value: str
    owner: str
    reason: str
    expires_on: date
    line: int = 0


# A citation may hold initials; nothing else lifts a block.
_LIFTED: Final = {
    Allowed.CITATION: frozenset({Code.TRI, Code.NAM_1, Code.NAM_2, Code.NAM_3, Code.DAT, Code.QID}),
    Allowed.NAME: frozenset({Code.NAM_1, Code.NAM_3}),
}


@dataclass(frozen=True)
class AllowList:
    """The entries that hold on a day, ready to be looked up."""

    mailboxes: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    telephones: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    citations: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def with_websites(self, addresses: Iterable[str]) -> "AllowList":
        """The same, with the mailboxes of organisations that have a domain of their own."""
        own = {domain for each in addresses if (domain := _own_domain(each))}
        return replace(self, domains=self.domains | own)

    def remaining(self, reading: Reading, clues: Iterable[Clue]) -> Iterator[Clue]:
        """The clues that nothing here explains."""
        spans = {
            Allowed.CITATION: Spans(_occurrences(reading, self.citations)),
            Allowed.NAME: Spans(_occurrences(reading, self.names)),
        }
        for clue in clues:
            if not self._knows(clue, reading.upper[clue.start : clue.end]) and not any(
                clue.code in _LIFTED[kind] and span.cover(clue.start, clue.end)
                for kind, span in spans.items()
            ):
                yield clue

    def _knows(self, clue: Clue, text: str) -> bool:
        if clue.severity is Severity.BLOCK:
            return False
        if clue.code is Code.EML:
            domain = text.partition("@")[2]
            parents = (domain[at:] for at in _label_starts(domain))
            return text in self.mailboxes or any(each in self.domains for each in parents)
        if clue.code is Code.TEL:
            return _line(text) in self.telephones
        return clue.code is Code.PCD and characters_of(text) in self.postcodes


NOTHING_ALLOWED: Final = AllowList()


def allow_list(entries: Iterable[AllowEntry], on: date | None = None) -> AllowList:
    """The list of those entries that have not expired on a day; of all, where none is given."""
    valid = [each for each in entries if on is None or on <= each.expires_on]
    of_kind = {kind: [each.value for each in valid if each.kind is kind] for kind in Allowed}
    return AllowList(
        mailboxes=frozenset(each.strip().upper() for each in of_kind[Allowed.MAILBOX]),
        domains=frozenset(each.strip().upper() for each in of_kind[Allowed.DOMAIN]),
        telephones=frozenset(_line(each) for each in of_kind[Allowed.TELEPHONE]),
        postcodes=frozenset(characters_of(each.upper()) for each in of_kind[Allowed.POSTCODE]),
        citations=frozenset(of_kind[Allowed.CITATION]),
        names=frozenset(of_kind[Allowed.NAME]),
    )


def _line(text: str) -> str:
    """The digits of a telephone number as they are dialled at home."""
    digits = digits_of(text)
    return re.sub(r"\A(?:0044|44)0?", "0", digits)


def _own_domain(address: str) -> str:
    """The domain of a website; empty where it is a part of somebody else's."""
    parts = urlsplit(address)
    shared = parts.path.strip("/") or not parts.hostname
    return "" if shared else str(parts.hostname).upper().removeprefix("WWW.")


def _label_starts(domain: str) -> Iterator[int]:
    yield 0
    yield from (each.end() for each in re.finditer(r"\.", domain))


def _occurrences(reading: Reading, phrases: Iterable[str]) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        for found in _phrase(phrase).finditer(reading.text):
            yield found.span()


@lru_cache(maxsize=1024)
def _phrase(words: str) -> re.Pattern[str]:
    """The words of a phrase, wrapped as they may be."""
    folded = Reading(words).text.split()
    return re.compile(
        r"(?<![A-Za-z0-9])" + r"\s{1,9}".join(map(re.escape, folded)) + r"(?![A-Za-z0-9])"
    )
