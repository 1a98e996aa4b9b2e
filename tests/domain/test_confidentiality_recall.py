"""Identifiers with a number are found in whatever document, however they are written."""

from collections import Counter

import pytest

from domain.confidentiality import Code, Severity, scan
from tests.builders.identifiers import DISGUISES, IDENTIFIERS, Planted, planted

ALL, SOME = 5000, 500
# An identifier of one register can also be one of another: a National Insurance number
# without its last letter, for one. What matters is that the author is stopped.
NUMBERED = frozenset(IDENTIFIERS)


def is_found(document: Planted) -> bool:
    """Whether a finding that an author must deal with covers the identifier."""
    return any(
        each.code in NUMBERED
        and each.severity is not Severity.NOTE
        and each.start <= document.start
        and each.end >= document.end
        for each in scan(document.text)
    )


def test_every_identifier_planted_in_five_thousand_documents_is_found() -> None:
    documents = (planted(number) for number in range(ALL))

    assert [each for each in documents if not is_found(each)] == []


def test_the_documents_hold_every_identifier_in_every_disguise() -> None:
    made = [planted(number) for number in range(ALL)]

    seen = Counter((document.code, document.disguise) for document in made)

    assert set(seen) == {(code, disguise) for code in IDENTIFIERS for disguise in DISGUISES}


def test_the_documents_are_innocent_without_what_was_planted() -> None:
    for number in range(100):
        document = planted(number)
        rest = f"{document.text[: document.start]}something{document.text[document.end :]}"

        assert [each for each in scan(rest) if each.severity is not Severity.NOTE] == []


def test_what_was_planted_is_mostly_told_as_what_it_is() -> None:
    documents = [planted(number) for number in range(SOME)]

    exact = sum(
        any(each.code == document.code for each in scan(document.text)) for document in documents
    )

    assert exact >= 0.98 * SOME


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nine nine nine zero zero zero zero zero one eight", Code.NHS),
        ("99900O0018 and 999 OOO 0018", Code.NHS),
        ("abc9990000018", Code.NHS),
        ("the a 1234 bc of somebody", Code.PRI),
        ("A 2016 UK", Code.PRI),
        ("is 123456", Code.PRI_OLD),
        ("16 / 1234 Z", Code.PNC),
        ("jane example of leeds", Code.NAM_3),
    ],
)
def test_the_known_gaps_are_gaps_still(text: str, code: Code) -> None:
    """Listed in docs/decisions/0005-confidentiality-guard.md: who closes one says so there."""
    assert code not in {each.code for each in scan(text)}
