"""Stamping a question changes its stamp and not one other character of the file."""

import re
from pathlib import Path

import pytest

from domain.library import inspect, load, restamp
from domain.problems import ProblemsFound
from tests.builders.mistakes import TODAY, copy_of_sound_library, replace_once

STAMP = re.compile(r"[0-9a-f]{12}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound library in which one word of every cited section has changed."""
    root = copy_of_sound_library(tmp_path)
    replace_once(root / "content/guidance/leave.md", "Leave starts once", "Leave starts after")
    replace_once(root / "content/guidance/leave.md", "Say for how long.", "Say how long.")
    replace_once(root / "content/guidance/desk-notes.md", "Read [", "First read [")
    return root


def quiz_file(root: Path) -> Path:
    return root / "quizzes/leave-basics.yaml"


def test_all_questions_are_stamped_unless_some_are_named(root: Path) -> None:
    assert len(load(root).suspect_questions()) == 2

    assert restamp(root, "leave-basics") == ("consent", "contents")

    assert inspect(root, TODAY).problems == ()


def test_a_named_question_is_stamped_alone(root: Path) -> None:
    assert restamp(root, "leave-basics", ["contents"]) == ("contents",)

    assert [question.id for _, question in load(root).suspect_questions()] == ["consent"]


def test_only_the_stamps_change(root: Path) -> None:
    before = quiz_file(root).read_text(encoding="utf-8")
    restamp(root, "leave-basics")
    after = quiz_file(root).read_text(encoding="utf-8")

    assert after != before
    assert STAMP.sub("STAMP", after) == STAMP.sub("STAMP", before)
    assert "# the words on consent" in after


def test_line_ends_and_byte_order_mark_are_kept(root: Path) -> None:
    file = quiz_file(root)
    plain = file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n"))

    restamp(root, "leave-basics")
    windows = file.read_bytes()
    file.write_bytes(plain)
    restamp(root, "leave-basics")

    assert windows == b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (r'\n        version: "\w+"', "", "on consent\n        version: {}\n"),
        (r'version: "\w+"', "version:", "version: {}\n"),
        (r'version: "\w+"', "version: '0'", "version: '{}'\n"),
        (r'version: "\w+"', 'version: "0" # checked', 'version: "{}" # checked\n'),
    ],
)
def test_a_stamp_is_put_where_there_was_none_or_another(
    root: Path, old: str, new: str, expected: str
) -> None:
    file = quiz_file(root)
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(old, new, text, count=1), encoding="utf-8")

    assert restamp(root, "leave-basics", ["consent"]) == ("consent",)

    page = next(iter(load(root).quizzes["leave-basics"].questions))
    assert expected.format(page.cites[0].version) in file.read_text(encoding="utf-8")


def test_a_stamp_is_put_into_braces(root: Path) -> None:
    file = quiz_file(root)
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r", version: \w+}", "}", text), encoding="utf-8")

    assert restamp(root, "leave-basics") == ("consent", "contents")

    assert re.search(r"{section: leave#asking, version: \w{12}}", file.read_text(encoding="utf-8"))
    assert inspect(root, TODAY).problems == ()


def test_a_file_whose_stamps_are_right_is_not_written(root: Path) -> None:
    restamp(root, "leave-basics")
    quiz_file(root).chmod(0o640)
    written = quiz_file(root).stat()

    assert restamp(root, "leave-basics") == ()
    assert quiz_file(root).stat().st_mtime_ns == written.st_mtime_ns
    assert sorted(file.name for file in (root / "quizzes").iterdir()) == [
        "for-everybody.yaml",
        "leave-basics.yaml",
    ]


def test_the_rights_of_the_file_are_kept(root: Path) -> None:
    quiz_file(root).chmod(0o640)

    restamp(root, "leave-basics")

    assert quiz_file(root).stat().st_mode & 0o777 == 0o640


def test_other_mistakes_do_not_stand_in_the_way(root: Path) -> None:
    replace_once(quiz_file(root), "pass_mark: 80", "pass_mark: 800")
    replace_once(root / "content/topics.yaml", "recall: Recall", "recall:")

    assert restamp(root, "leave-basics") == ("consent", "contents")


@pytest.mark.parametrize(
    ("quiz", "questions", "message"),
    [
        (
            "leave-basic",
            None,
            "quizzes/leave-basic.yaml:1: there is no quiz 'leave-basic' "
            "(did you mean 'leave-basics'?)",
        ),
        (
            "leave-basics",
            ["content"],
            "quizzes/leave-basics.yaml:9: there is no question 'content' "
            "(did you mean 'contents'?)",
        ),
    ],
)
def test_what_is_not_there_cannot_be_stamped(
    root: Path, quiz: str, questions: list[str] | None, message: str
) -> None:
    with pytest.raises(ProblemsFound) as raised:
        restamp(root, quiz, questions)

    assert str(raised.value) == message


def test_a_question_about_no_section_is_told_and_nothing_is_written(root: Path) -> None:
    replace_once(quiz_file(root), "section: leave#asking", "section: leave#gone")
    before = quiz_file(root).read_bytes()

    with pytest.raises(ProblemsFound, match="'leave#gone' is on no page"):
        restamp(root, "leave-basics")

    assert quiz_file(root).read_bytes() == before
