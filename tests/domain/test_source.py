"""YAML and CSV are read as they were typed, and what does not fit is told with its line."""

from datetime import date
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from domain.source import (
    EACH,
    Authored,
    AuthoredText,
    Day,
    Naming,
    OptionalWebAddress,
    Slug,
    Source,
    Text,
    Truth,
    decode,
    mentions_of,
    read_csv,
    read_yaml,
    texts_of,
    validate,
    whole_number,
)


class Leaf(Authored):
    text: Text
    right: Truth = False


class Tree(Authored):
    title: Text
    on: Day = date(2026, 1, 1)
    count: Annotated[int, whole_number(1, 100)] = 1
    site: OptionalWebAddress = ""
    slugs: tuple[Slug, ...] = ()
    leaves: Annotated[tuple[Leaf, ...], Field(min_length=1, max_length=3)] = (Leaf(text="x"),)
    by_name: dict[str, Leaf] = Field(default={})


def source_of(text: str, first_line: int = 1) -> Source:
    source, problems = read_yaml("f.yaml", text, first_line)
    assert problems == ()
    assert source is not None
    return source


def told(text: str) -> list[str]:
    source, problems = read_yaml("f.yaml", text)
    misfits = validate(source, Tree)[1] if source else ()
    return [str(problem) for problem in sorted(problems + misfits)]


@pytest.mark.parametrize(
    "typed",
    [
        *("NO", "no", "yes", "on", "True", "~", "null", "="),
        *("1.10", "012", "12:30", "2026-11-27", "1e3", "0x1F", "1_000", ".inf"),
    ],
)
def test_values_stay_what_was_typed(typed: str) -> None:
    assert source_of(f"- {typed}\n- a: {typed}").value == [typed, {"a": typed}]


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1))
def test_any_word_comes_back_as_it_is(word: str) -> None:
    assert source_of(f"key: {word}").value == {"key": word}


@given(st.text(max_size=300))
def test_any_text_at_all_gives_a_source_or_a_problem(text: str) -> None:
    decoded, problems = decode("f.yaml", text.encode("utf-8", "replace"))
    if not problems:
        source, problems = read_yaml("f.yaml", decoded)
        assert (source is None) <= bool(problems)


@given(st.lists(st.sampled_from("{}[]:,-?!&*|>'\"#%@` \nab"), max_size=60).map("".join))
def test_any_marks_of_yaml_give_a_source_or_a_problem(text: str) -> None:
    source, problems = read_yaml("f.yaml", text)

    assert (source is None) <= bool(problems)
    assert all(problem.line >= 1 for problem in problems)


def test_everything_knows_its_line() -> None:
    source = source_of("title: x\nleaves:\n  - text: a\n  - right: true\n    text: b\n", 10)

    assert source.line("leaves") == 11
    assert source.line("leaves", 1) == 13
    assert source.line("leaves", 1, "text") == 14
    assert source.line("leaves", 1, "missing") == 13
    assert [part.line("text") for part in source.parts("leaves")] == [12, 14]


def test_every_problem_of_a_file_is_told_at_once() -> None:
    text = (
        "title:\non: 27/11/2026\ncount: '0'\nslugs: [A b]\n"
        "leaves: [{text: a, wrong: x}]\nwebsite: x"
    )

    assert told(text) == [
        "f.yaml:1: 'title' is empty",
        "f.yaml:2: 'on' must be a date such as 2026-11-27, not '27/11/2026' "
        "(did you mean '2026-11-27'?)",
        "f.yaml:3: 'count' must be a whole number from 1 to 100, not '0'",
        "f.yaml:4: entry 1 of 'slugs' must be made of small letters, digits and hyphens, "
        "not 'A b' (did you mean 'a-b'?)",
        "f.yaml:5: unknown key 'wrong' (there are text, right)",
        "f.yaml:6: unknown key 'website' (did you mean 'site'?)",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: [x]", "'title' must be text, not a list"),
        ("title: {x: y}", "'title' must be text, not a mapping"),
        ("title: x\ncount: [1]", "'count' must be a whole number, not a list"),
        ("title: x\ncount: ١", "'count' must be a whole number from 1 to 100, not '١'"),
        ("title: x\ncount: 1.0", "'count' must be a whole number from 1 to 100, not '1.0'"),
        ("title: x\non: 2026-1-2", "'on' must be a date such as 2026-11-27, not '2026-1-2'"),
        ("title: x\non: 20260102", "'on' must be a date such as 2026-11-27, not '20260102'"),
        ("title: x\nleaves: []", "'leaves' needs at least 1 entry"),
        ("title: x\nleaves: x", "'leaves' must be a list, not the text 'x'"),
        ("title: x\nleaves: ", "'leaves' must be a list, not nothing"),
        (
            "title: x\nleaves: [x]",
            "entry 1 of 'leaves' must be a mapping of keys to values, not the text 'x'",
        ),
        (
            "title: x\nleaves: [{text: a}, {text: a}, {text: a}, {text: a}]",
            "'leaves' has more than 3 entries",
        ),
        (
            "title: x\nsite: javascript:alert(1)",
            "'site' must be a web address such as https://www.gov.uk/, not 'javascript:alert(1)'",
        ),
        ("title: x\nby_name: {a: {txt: b}}", "unknown key 'txt' (did you mean 'text'?)"),
        (
            "title: x\nby_name: x",
            "'by_name' must be a mapping of keys to values, not the text 'x'",
        ),
        ("- title: x", "this must be a mapping of keys to values, not a list"),
        ("'x", "this is not YAML: a quotation mark is not closed"),
        ("title: &", "this is not YAML: text that starts with & or * needs quotes"),
        ("title: x\n? [a]\n: b", "a key must be one word, not a list or mapping"),
        ("title: x\n\x01", "a character stands here that YAML does not allow"),
        ("{" * 5_000, "a key must be one word, not a list or mapping"),
        ("[" * 50_000, "this is nested too deeply"),
        (
            "a: " + "- " * 50_000,
            "this is not YAML: block sequence entries are not allowed in this context",
        ),
        (
            "<<: x\ntitle: x",
            "unknown key '<<' (there are title, on, count, site, slugs, leaves, by_name)",
        ),
    ],
)
def test_what_does_not_fit_is_told_in_one_line(text: str, message: str) -> None:
    assert [line.partition(": ")[2] for line in told(text)] == [message]


def test_an_empty_address_is_none_and_not_a_mistake() -> None:
    assert validate(source_of("title: x\nsite: ''"), Tree)[1] == ()


def test_a_file_with_a_mark_and_windows_line_ends_reads_like_any_other() -> None:
    plain = b"title: x\nsite: ''\n"
    windows = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")

    assert decode("f", windows) == decode("f", plain) == ("title: x\nsite: ''\n", ())


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"a\nb\xff\n", 2, "not UTF-8"),
        ("a".encode("utf-16"), 1, "not UTF-8"),
        (b"a\n\x00", 2, "U+0000"),
        (b"a\rb", 1, "U+000D"),
        ("a\n\nb\u202ec".encode(), 3, "U+202E, right-to-left override"),
        ("a\u200bb".encode(), 1, "U+200B, zero width space"),
        ("a\u2028b".encode(), 1, "U+2028"),
        ("a\x85b".encode(), 1, "U+0085"),
        (b"a" * 1_000_001, 1, "larger than 1,000,000 bytes"),
    ],
)
def test_what_cannot_be_seen_or_read_is_refused_with_its_line(
    data: bytes, line: int, words: str
) -> None:
    _, problems = decode("f.md", data)

    assert len(problems) == 1
    assert problems[0].line == line
    assert words in problems[0].message


def test_letters_of_other_languages_are_welcome() -> None:
    text = "Llŷn – “naïve” £5 … 日本 😀\tx"

    assert decode("f.md", text.encode()) == (text, ())


def test_a_table_knows_the_line_of_each_row_even_after_long_cells() -> None:
    source, problems = read_csv("f.csv", 'a,b\n1,"x\ny"\n\n2,z\n', ("a", "b"))

    assert problems == ()
    assert source is not None
    assert source.value == [{"a": "1", "b": "x\ny"}, {"a": "2", "b": "z"}]
    assert [part.line("a") for part in source.parts()] == [2, 5]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "f.csv:1: this file says nothing yet"),
        ("a\n1\n", "f.csv:1: the column 'b' is missing"),
        ("a,b,b\n", "f.csv:1: the column 'b' stands twice"),
        ("a,bee\n", "f.csv:1: unknown column 'bee'"),
        ('a,b\n1,2\n3,"4', "f.csv:3: this is not CSV"),
        ("a,b\n1,2,3\n", "f.csv:2: this row has 3 cells, but there are 2 columns"),
        ("a,b\n" + "x" * 200_000 + ",1", "f.csv:2: this is not CSV"),
    ],
)
def test_a_table_of_another_shape_is_told_with_its_line(text: str, message: str) -> None:
    _, problems = read_csv("f.csv", text, ("a", "b"))

    assert any(str(problem).startswith(message) for problem in problems)


def test_what_a_file_names_is_found_with_its_line() -> None:
    source = source_of("owner: mentor\ncites:\n- {page: a}\n- {page: ''}\n- {page: Not One}")
    patterns = (
        (("owner",), Naming.ROLE, "the owner is"),
        (("cites", EACH, "page"), Naming.PAGE, ""),
    )

    found = mentions_of(source, patterns)

    assert [(each.naming, each.target, each.line) for each in found] == [
        (Naming.ROLE, "mentor", 1),
        (Naming.PAGE, "a", 3),
    ]


def test_lines_of_a_literal_block_are_those_of_the_file() -> None:
    source = source_of("a: |\n  one\n  two\nb: >\n  three\n  four\n")

    literal, folded = texts_of(source, (("a",), ("b",)))

    assert literal == AuthoredText("one\ntwo\n", "f.yaml", 1, literal=True)
    assert literal.line_of(2) == 3
    assert folded.line_of(2) == 4
