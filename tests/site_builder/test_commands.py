"""The commands tell a person what is wrong in a line, and end with the right code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.clock import today
from tests.builders.authored import AUTHORED, Site, files_below, replace_in

PROJECT = Path(__file__).parents[2]
RECALL = Path("content/guidance/recall.md")
QUIZ = Path("quizzes/leave-basics.yaml")


def test_sound_content_passes_the_check(run) -> None:
    told = run("check", "--root", AUTHORED)

    assert (told.code, told.err) == (0, "")
    assert told.out == "11 pages, 2 quizzes and 2 programmes checked: nothing wrong.\n"


def test_each_mistake_is_a_line_with_file_and_line_and_the_last_line_counts_them(
    root: Path, run
) -> None:
    replace_in(root / RECALL, "review_on: 2099-11-02", "review_on: 2026-11-06")
    replace_in(root / RECALL, "An official", "An [official](page:leve)")
    replace_in(root / QUIZ, "leave#deciding", "leave#decided")

    told = run("check", "--root", root)

    lines = told.out.splitlines()
    assert told.code == 1
    assert any(line.startswith("content/guidance/recall.md:17: ") for line in lines)
    assert any(line.startswith("quizzes/leave-basics.yaml:37: ") for line in lines)
    assert any("did you mean 'leave'" in line for line in lines)
    assert lines[-1].startswith("2 errors")
    assert lines[-1].endswith("Nothing can be published until the errors are mended.")


def test_a_warning_is_told_and_does_not_fail_the_check(root: Path, run) -> None:
    replace_in(root / RECALL, "review_on: 2099-11-02", "review_on: 2026-11-06")
    assert today().isoformat() > "2026-11-06"

    told = run("check", "--root", root)

    assert told.code == 0
    assert "content/guidance/recall.md:9: warning: " in told.out
    assert told.out.endswith("checked: 1 warning.\n")


def test_a_program_reads_the_same_as_json(root: Path, run) -> None:
    replace_in(root / QUIZ, "leave#deciding", "leave#decided")

    told = run("check", "--root", root, "--format", "json")

    found = json.loads(told.out)
    assert told.code == 1
    assert (found["errors"], found["warnings"]) == (1, 0)
    [problem] = found["problems"]
    assert problem["path"] == "quizzes/leave-basics.yaml"
    assert problem["line"] == 37
    assert problem["severity"] == "error"
    assert "leave#decided" in problem["message"]


def test_a_site_needs_a_public_front_page_and_free_addresses(root: Path, run) -> None:
    (root / "content" / "information" / "contact.md").rename(
        root / "content" / "guidance" / "a-z.md"
    )
    replace_in(root / "content" / "index.md", "visibility: public", "visibility: staff")

    told = run("check", "--root", root)

    assert told.code == 1
    assert "content/guidance/a-z.md:1: no page can be called 'a-z'" in told.out
    assert "content/index.md:1: the front page must be public" in told.out


def test_a_site_without_a_front_page_is_not_built(root: Path, tmp_path: Path, run) -> None:
    (root / "content" / "index.md").unlink()

    told = run("build", "--root", root, "--out", tmp_path / "out")

    assert told.code == 1
    assert "content/index.md:1: the front page is missing" in told.err
    assert not (tmp_path / "out").exists()


def test_a_build_tells_what_it_published_and_what_it_is_doing(
    root: Path, cache: Path, tmp_path: Path, run
) -> None:
    words = ("build", "--root", root, "--out", tmp_path / "out", "--cache", cache)

    first, second = run(*words), run(*words)

    assert (first.code, second.code) == (0, 0)
    assert first.out.startswith("Published 11 pages as releases/0001-")
    assert second.out.startswith("Nothing has changed: releases/0001-")
    assert first.err.splitlines() == [
        "Reading what authors wrote …",
        "Drawing the frames …",
        "Hanging the public tree …",
        "Hanging the staff tree …",
        "Publishing …",
    ]


def test_a_failed_build_leaves_the_site_as_it_was(
    root: Path, cache: Path, tmp_path: Path, run
) -> None:
    words = ("build", "--root", root, "--out", tmp_path / "out", "--cache", cache)
    run(*words)
    before = files_below(tmp_path / "out" / "current")
    replace_in(root / RECALL, "An official", "An [official](page:leve)")

    told = run(*words)

    assert told.code == 1
    assert told.err.endswith("1 error found; nothing was written.\n")
    assert files_below(tmp_path / "out" / "current") == before


def test_the_portal_and_the_prefixes_can_stand_elsewhere(
    root: Path, cache: Path, tmp_path: Path, run
) -> None:
    run(
        *("build", "--root", root, "--out", tmp_path / "out", "--cache", cache),
        *("--portal-url", "https://portal.example/learn/training/", "--staff-prefix", "/inside/"),
    )

    staff = tmp_path / "out" / "current" / "staff"
    html = (staff / "leave" / "index.html").read_text("utf-8")
    assert 'href="https://portal.example/learn/training/">My training' in html
    assert 'href="https://portal.example/learn/quizzes/leave-basics/"' in html
    assert 'href="/inside/a-z/"' in (staff / "404.html").read_text("utf-8")


def test_a_demonstration_says_so_on_every_page_and_nothing_else_does(
    site: Site, root: Path, cache: Path, tmp_path: Path, run
) -> None:
    words = ("build", "--root", root, "--out", tmp_path / "out", "--cache", cache)

    assert run(*words, "--demonstration").code == 0

    shown = files_below(tmp_path / "out" / "current" / "staff")
    pages = [content for name, content in shown.items() if name.endswith(".html")]
    assert all(b"<strong>Demonstration</strong>" in content for content in pages)
    assert not [html for html in site.pages("staff").values() if "Demonstration" in html]


def test_a_stamp_clears_a_suspect_question_and_touches_nothing_else(root: Path, run) -> None:
    replace_in(root / RECALL, "by day or by night", "at noon")
    before = run("check", "--root", root)
    quiz = (root / "quizzes" / "recall-basics.yaml").read_text("utf-8")

    told = run("stamp", "recall-basics", "signing", "--root", root)

    assert "question 'signing' is suspect" in before.out
    assert (told.code, told.out) == (0, "Stamped 1 question: signing.\n")
    assert run("check", "--root", root).out.endswith("nothing wrong.\n")
    after = (root / "quizzes" / "recall-basics.yaml").read_text("utf-8")
    different = [
        (one, other)
        for one, other in zip(quiz.splitlines(), after.splitlines(), strict=True)
        if one != other
    ]
    assert len(different) == 1
    assert "version:" in different[0][0]


def test_a_second_stamp_has_nothing_to_do(root: Path, run) -> None:
    assert run("stamp", "recall-basics", "--root", root).out.startswith("Nothing to stamp")


def test_a_stamp_for_an_unknown_quiz_or_question_is_told(root: Path, run) -> None:
    quiz = run("stamp", "recal-basics", "--root", root)
    question = run("stamp", "recall-basics", "sining", "--root", root)

    assert (quiz.code, question.code) == (1, 1)
    assert "did you mean 'recall-basics'" in quiz.err
    assert "did you mean 'signing'" in question.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("biuld",),
        ("build", "--colour"),
        ("impact",),
        ("stamp",),
        ("check", "--format", "xml"),
        ("build", "--public-prefix", "guidance"),
        ("serve", "--port", "many"),
    ],
)
def test_a_command_that_was_not_asked_rightly_ends_with_2(words: tuple[str, ...], run) -> None:
    told = run(*words)

    assert told.code == 2
    assert "usage: python -m site_builder" in told.err


def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    root: Path, cache: Path, tmp_path: Path, run
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")

    told = run("build", "--root", root, "--cache", cache, "--out", tmp_path / "file" / "site")

    assert told.code == 1
    assert told.err.splitlines()[-1].startswith("error: Not a directory")


def test_a_second_build_at_the_same_time_is_told_so(
    root: Path, cache: Path, tmp_path: Path, run
) -> None:
    from site_builder.publish import alone

    with alone(tmp_path / "out"):
        told = run("build", "--root", root, "--cache", cache, "--out", tmp_path / "out")

    assert told.code == 1
    assert "error: another build is using" in told.err


def test_a_failure_of_our_own_is_one_line_unless_asked_for_more(
    root: Path, cache: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import site_builder.furniture as furniture

    monkeypatch.setattr(furniture, "FOOTER", None)
    words = ("build", "--root", root, "--cache", cache)

    told, more = run(*words), run("--traceback", *words)

    assert (told.code, more.code) == (1, 1)
    assert "error: the site builder itself failed (TypeError: " in told.err
    assert "Traceback" not in told.err
    assert "Traceback" in more.err


def test_it_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "check", "--root", str(AUTHORED)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("nothing wrong.\n")
