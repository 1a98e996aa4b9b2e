"""A text is measured as a person with a pencil would measure it."""

import re
from pathlib import Path

import pytest

from domain import markup
from domain.page_files import parse_page
from domain.problems import Severity
from domain.readability import FEWEST_WORDS, measure, reading_problems, syllables_in

# Each word with its parts as they are spoken.
SPOKEN = (
    *(
        "cat",
        "state",
        "sec-re-ta-ry",
        "con-sents",
        "cli-ni-cian",
        "pa-tient",
        "tri-bu-nal",
        "re-spon-si-ble",
        "pe-ri-od",
    ),
    *(
        "pri-son",
        "con-di-tions",
        "se-ri-ous",
        "ma-te-ri-al",
        "ap-pro-pri-ate",
        "as-so-ci-a-tion",
        "be-ing",
        "ap-ply-ing",
        "so-ci-e-ty",
    ),
    *(
        "e-vi-dence",
        "re-leased",
        "de-ci-ded",
        "re-stric-ted",
        "makes",
        "chan-ges",
        "of-fen-ces",
        "rules",
        "peo-ple",
    ),
    *(
        "state-ment",
        "ma-nage-ment",
        "set-tle-ment",
        "a-gree-ment",
        "im-me-di-ate-ly",
        "spe-cial",
        "ta-bles",
        "the",
        "dis-charge",
    ),
    *(
        "dis-charged",
        "con-di-tio-nal",
        "ac-tu-al",
        "si-tu-a-tion",
        "e-qual",
        "li-ber-ty",
        "su-per-vised",
        "qua-li-ty",
        "in-di-vi-du-al",
    ),
    *("used",),
)


@pytest.mark.parametrize("parts", SPOKEN)
def test_the_syllables_of_a_word_are_those_that_are_spoken(parts: str) -> None:
    assert syllables_in(parts.replace("-", "")) == parts.count("-") + 1


@pytest.mark.parametrize(
    ("word", "spoken"),
    [("28", 1), ("MHCS", 4), ("OMU", 3), ("MAPPA", 2), ("two-day", 2), ("patient's", 2), ("A", 1)],
)
def test_numbers_and_abbreviations_count_as_they_are_read_out(word: str, spoken: int) -> None:
    assert syllables_in(word) == spoken


def test_one_short_sentence() -> None:
    found = measure(["The cat sat on the mat."])

    # 6 words, 6 syllables: 0.39 × 6 + 11.8 × 1 − 15.59
    assert (found.words, found.sentences, found.median_words) == (6, 1, 6)
    assert found.grade == pytest.approx(-1.45)


def test_two_sentences_of_the_field() -> None:
    found = measure(["The Secretary of State consents. The clinician grants the leave."])

    # 10 words, 2 sentences, 9 + 7 syllables: 0.39 × 5 + 11.8 × 1.6 − 15.59
    assert (found.words, found.sentences, found.median_words) == (10, 2, 5)
    assert found.grade == pytest.approx(5.24)


def test_the_median_lies_between_the_two_in_the_middle() -> None:
    found = measure(
        ["One two three.", "One two three four five six.", "One.", "One two three four."]
    )

    assert found.median_words == 3.5
    assert found.longest == "One two three four five six."


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is so. It is not.", 2),
        ("Is it? Yes! It is.", 3),
        ("He wrote 'It is so.' Nobody read it.", 2),
        ("See section 42(3). 28 days follow.", 2),
        ("It costs 4.50 a day.", 1),
        ("Some papers, e.g. Warrants, are kept.", 1),
        ("Form No. 4 is used.", 1),
        ("", 0),
        ("…", 0),
    ],
)
def test_a_sentence_ends_where_another_begins(text: str, sentences: int) -> None:
    assert measure([text]).sentences == sentences


def test_paragraphs_items_and_boxes_are_prose_but_headings_and_tables_are_not() -> None:
    text = """\
## A heading {#a}

A paragraph with a
[link](page:leave).

- [ ] An item

| Cell | Cell |
| --- | --- |
| Cell | Cell |

Term
: Its meaning

::: note Title
In a box.
:::
"""
    said = ("A paragraph with a link.", "An item", "Its meaning", "In a box.")

    assert tuple(each.removeprefix("[ ] ") for each in markup.read(text).prose) == said


LONG = "The dog and the cat and the pig and the hen ran to the big red barn on the top of the hill."
HARD = "Considerable organisational responsibility necessitates interdepartmental communication."


def told(sentence: str, exception: str = "", times: int = 20) -> list[str]:
    found = reading_problems("page.md", 7, [sentence] * times, exception)
    return [re.sub(r"\d+\.\d", "N", str(each)) for each in found]


def test_long_sentences_are_told_with_the_longest() -> None:
    assert told(LONG) == [
        "page.md:7: the median sentence has 23 words, and 20 is the most: shorten sentences "
        "(the longest begins 'The dog and the cat and')"
    ]


def test_hard_words_are_told() -> None:
    assert told(HARD) == [
        "page.md:7: the page reads at grade N, and 12 is the highest: use shorter sentences and "
        "words, or give a 'reading_exception'"
    ]


def test_a_median_of_twenty_words_is_allowed() -> None:
    twenty = LONG.replace("the top of ", "")

    assert measure([twenty]).median_words == 20
    assert told(twenty) == []


def test_a_text_of_a_few_words_is_not_judged() -> None:
    few = (FEWEST_WORDS - 1) // len(HARD.split())

    assert told(HARD, times=few) == []
    assert told(HARD, times=FEWEST_WORDS) != []


def test_an_exception_with_a_reason_is_accepted_and_one_without_need_is_doubted() -> None:
    assert told(HARD, "It lists terms.") == []
    (doubt,) = reading_problems("page.md", 7, ["The cat sat."] * 50, "It lists terms.")
    assert doubt.severity is Severity.WARNING
    assert doubt.line == 7


SOUND = Path(__file__).parent / "sound/content/guidance/leave.md"


def page_with(front: str, body: str) -> list[str]:
    text = SOUND.read_text("utf-8").replace("legislation:", f"{front}legislation:") + f"\n{body}\n"
    return [str(each) for each in parse_page("leave.md", "leave", text).problems]


def test_a_page_is_judged_unless_it_gives_a_reason() -> None:
    (mistake,) = page_with("", f"{HARD} " * 40)

    assert mistake.startswith("leave.md:1: the page reads at grade ")
    assert page_with("reading_exception: It lists terms.\n", f"{HARD} " * 40) == []
