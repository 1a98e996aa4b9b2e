"""The spelling check knows British from American and prose from code."""

import pytest

from tools.spelling import Speller, unknown


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(frozenset({"rescore"}))


def test_american_spelling_is_unknown(speller):
    text = "The organization\nhas a color."

    assert list(unknown(speller, text, 5)) == [(5, "organization"), (6, "color")]


def test_british_spelling_is_known(speller):
    assert not list(unknown(speller, "The organisation's colour; a Rescore, isn't it?", 1))


def test_code_addresses_anchors_and_names_are_no_prose(speller):
    text = "`colour_of` [it](page:leeve#xyzzy) {#xyzzy} https://example.org/colorx snake_casexx"

    assert not list(unknown(speller, text, 1))
