"""Downloads hold what the rows hold, and no spreadsheet calculates with it."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from portal.exports import cell, csv_lines, csv_response, safe_text


def read_back(pieces: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(pieces.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+441",
        "-2",
        "@SUM(A1)",
        "|calc",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "\u200b=1",
        "\u202e=1",
        "\ufeff=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20A",
        "\ufe621",
        "\u22121",
    ],
)
def test_text_that_a_spreadsheet_would_calculate_is_marked(text: str) -> None:
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Leave", "1 = 2", "a@b.example", "Siân", "'quoted'", "½"])
def test_other_text_is_left_alone(text: str) -> None:
    assert safe_text(text) == text


def test_control_characters_never_reach_the_file() -> None:
    assert safe_text("a\x00b\x1bc") == "a\ufffdb\ufffdc"


def test_cells_keep_their_types() -> None:
    assert cell(-3) == -3
    assert cell(2.5) == 2.5
    assert cell(None) == ""
    assert cell(True) == "yes"
    assert cell(date(2026, 11, 21)) == "2026-11-21"
    assert cell(datetime(2026, 7, 1, 9, 30, tzinfo=UTC)) == "2026-07-01T09:30:00Z"


def test_numbers_are_bare_and_everything_else_is_quoted() -> None:
    written = "".join(csv_lines(["Name", "Right"], [["A, B", -3], ['say "so"', 2]]))

    assert written == '\ufeff"Name","Right"\r\n"A, B",-3\r\n"say ""so""",2\r\n'


def test_lines_inside_a_cell_come_back_as_they_were() -> None:
    written = "".join(csv_lines(["Note"], [["one\ntwo"]]))

    assert read_back(written) == [["Note"], ["one\ntwo"]]


def test_rows_are_read_as_the_download_goes() -> None:
    taken: list[int] = []

    def rows() -> Iterator[list[int]]:
        for number in range(1000):
            taken.append(number)
            yield [number]

    pieces = csv_lines(["Number"], rows())
    next(pieces)
    assert taken == []
    next(pieces)
    assert 0 < len(taken) < 1000
    list(pieces)
    assert len(taken) == 1000


def test_a_download_is_an_attachment_that_nobody_keeps() -> None:
    app = Flask(__name__)
    with app.test_request_context():
        response = csv_response("audit.csv", ["A"], [["b"]])

        assert response.get_data(as_text=True) == '\ufeff"A"\r\n"b"\r\n'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["../x.csv", 'a".csv', "a\r\nb.csv", "Übersicht.csv", "x.exe"])
def test_a_download_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        csv_response(name, ["A"], [])
