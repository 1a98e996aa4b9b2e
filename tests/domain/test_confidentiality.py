"""The guard finds what its specification says, in the place where it stands, and nothing else."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confidentiality import (
    RULES_VERSION,
    BadShape,
    Code,
    Finding,
    Severity,
    compile_shape,
    scan,
)
from tests.builders.cases import CASES

TODAY = date(2026, 11, 23)


def lines_of(name: str) -> Iterator[str]:
    """The lines of a case file, without comments and empty ones."""
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def vectors() -> Iterator[object]:
    """Rule, what it says and text."""
    for line in lines_of("confidentiality-vectors.txt"):
        rule, said, text = line.split(maxsplit=2)
        yield pytest.param(rule, said, unescaped(text), id=f"{rule} {said}: {text}")


def unescaped(text: str) -> str:
    """The text that a line stands for."""
    for escape, character in (("\\n", "\n"), ("\\u200b", "\u200b"), ("\\u00ad", "\u00ad")):
        text = text.replace(escape, character)
    return text.replace("\\u00a0", "\u00a0").replace("\\u2011", "\u2011")


def said_by(rule: str, findings: tuple[Finding, ...]) -> set[str]:
    return {each.severity for each in findings if each.code == rule}


@pytest.mark.parametrize(("rule", "said", "text"), list(vectors()))
def test_a_rule_says_of_a_text_what_the_specification_says(rule: str, said: str, text: str) -> None:
    expected = set() if said == "no" else {said}

    assert said_by(rule, scan(text, on=TODAY)) == expected


def test_every_rule_has_a_vector_that_fires_and_one_that_does_not() -> None:
    rows = [line.split()[:2] for line in lines_of("confidentiality-vectors.txt")]

    fires = {rule for rule, said in rows if said != "no"}
    silent = {rule for rule, said in rows if said == "no"}

    # The reference of the section has no public shape: its tests stand below.
    assert fires == silent == set(Code) - {Code.MHC}


@pytest.mark.parametrize("text", list(lines_of("confidentiality-innocent.txt")))
def test_ordinary_policy_raises_nothing_above_a_note(text: str) -> None:
    found = scan(text, on=TODAY)

    assert [each.words for each in found if each.severity is not Severity.NOTE] == []


def test_a_finding_says_where_it_stands_in_the_text_as_it_was_given() -> None:
    number = "９９９\u200b 000\u00a000\u00ad18"
    text = f"First line.\r\n\r\nOf a patient: {number}, as said.\r\n"

    found = next(each for each in scan(text) if each.code is Code.NHS)

    assert text[found.start : found.end] == number
    assert found.line == 3
    assert found.words == f"looks like an NHS number, {len(number)} characters, third line"


def test_a_line_far_down_is_told_by_its_number() -> None:
    found = scan("\n" * 40 + "A1234AA")

    assert [each.words for each in found] == ["looks like a prison number, 7 characters, line 41"]


def test_details_that_add_up_are_told_by_their_kinds() -> None:
    found = scan("a 34-year-old man on Larch Ward, recalled on 3 March")

    assert [each.words for each in found] == [
        "holds details that together could tell who somebody is "
        "(age, gender, ward or unit, rare event), 42 characters, first line"
    ]


def test_details_far_apart_do_not_add_up() -> None:
    far = " and so on" * 30

    assert scan(f"a 34-year-old man{far} on Larch Ward{far} after an assault") == ()


def test_the_stronger_of_two_findings_in_one_place_is_told_alone() -> None:
    found = scan("AB 12 34 56 C")

    assert [each.code for each in found] == [Code.NIN]


def test_the_same_number_twice_is_two_findings() -> None:
    assert len(scan("A1234AA and A1234AA")) == 2


def test_nothing_of_what_was_found_is_kept() -> None:
    found = scan("born on 1 February 1970 in ZZ99 3VZ as patient AB, QQ123456C, 999 000 0018")

    told = " ".join(f"{each} {each.words}" for each in found)

    assert len(found) >= 5
    assert not [part for part in ("1970", "ZZ99", "AB", "QQ12", "000") if part in told]


def test_a_birth_counts_on_any_day_where_the_day_is_not_known() -> None:
    text = "born on 1 February 2020"

    assert said_by("DOB", scan(text)) == {"block"}
    assert said_by("DOB", scan(text, on=TODAY)) == set()


def test_references_of_our_own_are_found_by_the_shape_of_an_installation() -> None:
    shape = compile_shape("QX/@####")

    for text in ("QX/K1234", "qx k1234", "QX-K 12\n34", "ＱＸ/Ｋ１２３４"):
        assert said_by("MHC", scan(text, own=shape)) == {"block"}
    for text in ("QX/1234", "QX/K12345", "AQX/K1234"):
        assert said_by("MHC", scan(text, own=shape)) == set()
    assert said_by("MHC", scan("QX/K1234")) == set()


@pytest.mark.parametrize("shape", ["", "ABC", "###", "@@@@", ".*", "####é"])
def test_a_shape_that_says_too_little_is_refused(shape: str) -> None:
    with pytest.raises(BadShape, match="4 digits or more"):
        compile_shape(shape)


def test_the_rules_have_a_version_to_be_recorded() -> None:
    assert RULES_VERSION.isdecimal()


@given(st.text())
def test_any_text_gives_findings_that_lie_in_it_in_order(text: str) -> None:
    found = scan(text)

    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(1 <= each.line <= text.count("\n") + 1 for each in found)
    assert list(found) == sorted(found, key=lambda each: each.start)


PIECES = st.sampled_from(
    [
        *("999 000 0018", "A1234AA", "16/9000001C", "999999/99A", "QQ123456C", "X999999"),
        *("patient AB", "Mr Example", "born", "1/2/1970", "Larch Ward", "a man", "aged 34"),
        *("\u200b", "\u00ad", "½", "ß", "\u0130", "ﷺ", "é", "e\u0301", "한", "²", "\x00", "\r\n"),
        *(" ", "\n", "-", "/", ".", "(", "9", "0", "A", "@", "https://", "ISBN", "NHS"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_pieces_of_identifiers_in_any_order_give_findings_that_lie_in_the_text(text: str) -> None:
    found = scan(text, on=TODAY)

    assert all(0 <= each.start < each.end <= len(text) for each in found)


@given(st.lists(PIECES, max_size=12).map("".join), st.data())
def test_an_invisible_character_changes_no_finding(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    # Not between the two halves of a line end, nor before a mark that belongs to a letter.
    if text[place : place + 1] in ("\n", "\u0301"):
        return
    changed = f"{text[:place]}\u2060{text[place:]}"

    before = [(each.code, each.severity) for each in scan(text)]

    assert [(each.code, each.severity) for each in scan(changed)] == before
