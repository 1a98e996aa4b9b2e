"""The rules of the house are seen when they are broken."""

from tools.house import sizes, suppressions


def test_a_function_of_thirty_one_lines_is_too_long():
    text = "def f():\n" + "    x = 1\n" * 30

    assert list(sizes("domain/x.py", text)) == ["domain/x.py:1: f has 31 lines; at most 30"]


def test_a_function_of_thirty_lines_is_not():
    assert not list(sizes("domain/x.py", "def f():\n" + "    x = 1\n" * 29))


def test_a_file_of_more_than_three_hundred_lines_is_too_long():
    assert list(sizes("domain/x.py", "x = 1\n" * 301)) == [
        "domain/x.py:1: 301 lines; a file has at most 300"
    ]


def test_a_suppression_without_a_reason_is_found():
    text = "import os  # noqa: F401\nx: int = f()  # type: ignore[assignment]\n"

    assert [each.split(":")[1] for each in suppressions("domain/x.py", text)] == ["1", "2"]


def test_a_suppression_with_a_reason_is_not():
    text = (
        "import os  # noqa: F401  other modules take it from here\n"
        "x: int = f()  # type: ignore[assignment] the library gives no types\n"
    )

    assert not list(suppressions("domain/x.py", text))
