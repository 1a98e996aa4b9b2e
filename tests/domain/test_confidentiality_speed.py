"""The time that the guard takes grows with the length of a text and no faster, whatever it is."""

from datetime import date
from time import process_time

import pytest

from domain.confidentiality import Allowed, AllowEntry, allow_list, compile_shape, scan

MEBIBYTE = 1 << 20
SMALL, LARGE = 1 << 13, 1 << 16
# Eight times as much text takes eight times as long; with a square it would be 64 times.
MOST_TIMES_LONGER = 20
PROSE = (
    "Leave beyond the hospital needs the Secretary of State's consent before the responsible "
    "clinician grants it ([section 41(3)(c)(i)](ref:mha-1983-s41)). The first report is due within "
    "4 weeks of discharge; later ones follow every 3 months. Since 18 February 2026 a discharge "
    "may carry other conditions.\n\n- Tell the section if a report will be late.\n- Whoever is "
    "worried about risk does not wait: the details are on GOV.UK – and nowhere else.\n\n"
)
SHAPE = compile_shape("QX/@####")
ALLOWED = allow_list(
    [AllowEntry(Allowed.CITATION, "R (MM) v SSHD [2016] UKSC 46", "x", "x", date(2027, 1, 1))]
)


def seconds_for(text: str) -> float:
    """The processor time of the quicker of two looks."""

    def look() -> float:
        started = process_time()
        scan(text, ALLOWED, own=SHAPE)
        return process_time() - started

    return min(look(), look())


def repeated(part: str, length: int) -> str:
    return (part * (length // len(part) + 1))[:length]


def test_a_mebibyte_of_prose_takes_less_than_a_second() -> None:
    assert seconds_for(repeated(PROSE, MEBIBYTE)) < 1


@pytest.mark.parametrize(
    "part",
    [
        *("9", "9 ", "9-", "9.", "(9", "9\n        ", "999 000 001 ", "999 000 0018 ", "0 1 "),
        *("A", "A ", "AB1", "A1234A ", "A 1 2 3 4 A ", "QQ 12 34 56 ", "X 99999 ", "SF39/9999 "),
        *("1/", "1/1/", "2016/9000001 ", "999999/99 ", "HM/1/", "HM/1234/201 ", "[2016] UKSC "),
        *(
            "01632 96012 ",
            "+44 ",
            "+44 1632 ",
            "00 1 ",
            "a@",
            "a@a.aa ",
            "a@a.",
            "@",
            f"{'x' * 63}@",
        ),
        *("1/2/1970 ", "1/2/", "1 January ", "January 1 ", "1 January 1970 ", "born 1/2/1970 "),
        *("born ", "aged ", "DOB ", "NHS 9990000018 ", "probation X999999 ", "PNC 16/1 "),
        *("patient ", "patient A", "patient AB ", "Mr ", "Mr A. ", "Dr ", "John ", "John Smith "),
        *("Larch Ward ", "Ward ", "St ", "Leeds ", "34-year-old man ", "37/41 ", "J.S. ", "LS1 "),
        *("recalled on ", "SW1A 2A ", "SW1A 2AA ", "https://", "https://a.aa/9990000018 ", "www."),
        *(" ", "\n", "\t", "-", "\u200b", "9\u200b", "漢字", "é", "½", "\ufdfa", "²", "\x00"),
        *("[", "](", "**", "| ", "> ", "`", "QX/", "QX/K", "QX K1 ", "R (", "R (MM) v ", "R   "),
    ],
)
def test_near_matches_take_no_more_than_linear_time(part: str) -> None:
    small, large = seconds_for(repeated(part, SMALL)), seconds_for(repeated(part, LARGE))

    assert large < MOST_TIMES_LONGER * max(small, 0.002)
