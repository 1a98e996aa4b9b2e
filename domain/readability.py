"""How hard a text is to read: the length of its sentences and its Flesch–Kincaid grade.

The grade is 0.39 × words a sentence + 11.8 × syllables a word − 15.59. Syllables
are counted by rules for English spelling, which are near enough over a page and
no judge of a single word. Every paragraph and list item ends a sentence;
headings and tables are no prose and do not count.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from domain.problems import Problem, Severity

LONGEST_MEDIAN: Final = 20
HIGHEST_GRADE: Final = 12
# Of fewer words no figure says anything.
FEWEST_WORDS: Final = 100

_END: Final = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")
_NO_END: Final = re.compile(r"\b(?:e\.g|i\.e|etc|No|Nos|Mr|Mrs|Ms|Dr|para|paras|[A-Z])\.$")
_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ0-9]+(?:[-'’.,()/][A-Za-zÀ-ÿ0-9]+)*")
_LETTERS: Final = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-zÀ-ÿ]+)?|[0-9]+")

_SILENT_INSIDE: Final = re.compile(
    r"(?<=[^aeiouyl])e(?=(?:ment|ful|less|ly|ness|thing|where|body|one)s?$)"
)
_SILENT_END: Final = re.compile(
    r"(?<![aeiouy])(?:(?<![^aeiouy]l)e|(?<![cgsxz])(?<!ch)(?<!sh)(?<![^aeiouy]l)es|(?<![td])ed)$"
)
_VOWELS: Final = re.compile(r"[aeiouyàâäéèêëîïôöùûüŵŷ]+")
# Neighbours that are spoken apart: peri-od, materi-al, soci-ety, be-ing, apply-ing.
_APART: Final = re.compile(
    r"(?<=[^tscgxaeiou])i[ao]|(?<=c)ia(?=ti)|iety|(?<=[eou])ing|(?<=y)ing|(?<=[^q])ua(?=[lt])"
)


@dataclass(frozen=True)
class Readability:
    """What was counted. `median_words` is of a sentence."""

    words: int
    sentences: int
    median_words: float
    grade: float
    longest: str


def measure(blocks: Iterable[str]) -> Readability:
    """Measure prose, given by paragraphs and list items."""
    said = [(sentence, _WORD.findall(sentence)) for each in blocks for sentence in _split(each)]
    said = [(sentence, words) for sentence, words in said if words]
    lengths = [len(words) for _, words in said]
    words = sum(lengths)
    if not words:
        return Readability(0, 0, 0, 0, "")
    syllables = sum(syllables_in(word) for _, spoken in said for word in spoken)
    grade = 0.39 * words / len(said) + 11.8 * syllables / words - 15.59
    longest = max(said, key=lambda each: len(each[1]))[0]
    return Readability(words, len(said), median(lengths), round(grade, 2), longest)


def reading_problems(
    path: str, line: int, blocks: Sequence[str], exception: str
) -> Iterator[Problem]:
    """What makes a page too hard to read, unless its author gives a reason.

    A reason that is not needed is a warning, so that exceptions do not outlive their cause.
    """
    found = measure(blocks)
    mistakes = list(_mistakes(found)) if found.words >= FEWEST_WORDS else []
    if exception and not mistakes:
        message = "'reading_exception' is not needed: the page reads well enough"
        yield Problem(path, line, message, Severity.WARNING)
    if not exception:
        for message in mistakes:
            yield Problem(path, line, message)


def _mistakes(found: Readability) -> Iterator[str]:
    if found.median_words > LONGEST_MEDIAN:
        start = " ".join(found.longest.split()[:6])
        yield (
            f"the median sentence has {found.median_words:g} words, and {LONGEST_MEDIAN} is the "
            f"most: shorten sentences (the longest begins '{start}')"
        )
    if found.grade > HIGHEST_GRADE:
        yield (
            f"the page reads at grade {found.grade:.1f}, and {HIGHEST_GRADE} is the highest: "
            "use shorter sentences and words, or give a 'reading_exception'"
        )


def syllables_in(word: str) -> int:
    """About how many syllables are spoken; a number is one, an abbreviation one a letter."""
    return sum(map(_syllables, _LETTERS.findall(word))) or 1


def _syllables(part: str) -> int:
    if part.isdigit():
        return 1
    if part.isupper() and len(part) > 1 and _is_spelt(part):
        return len(part)
    plain = _SILENT_END.sub("", _SILENT_INSIDE.sub("", part.lower()))
    return max(1, len(_VOWELS.findall(plain)) + len(_APART.findall(plain)))


def _is_spelt(capitals: str) -> bool:
    """Whether an abbreviation is spoken letter by letter: HDC and OMU are, MAPPA is not."""
    return len(capitals) < 4 or not _VOWELS.search(capitals.lower())


def _split(block: str) -> Iterator[str]:
    """The sentences of a block."""
    kept = ""
    for piece in _END.split(" ".join(block.split())):
        kept = f"{kept} {piece}".strip()
        if not _NO_END.search(kept):
            yield kept
            kept = ""
    if kept:
        yield kept
