"""`impact` names exactly what a change touches, and nothing where only the wrapping differs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.builders.authored import AUTHORED, replace_in

LEAVE = Path("content/guidance/leave.md")


def as_json(run: Callable[..., Any], root: Path, tmp_path: Path) -> dict[str, Any]:
    report = tmp_path / "impact.json"
    told = run("impact", "--before", AUTHORED, "--root", root, "--json", report)
    assert told.code == 0, told.err
    read: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return read


def test_one_changed_word_names_its_questions_quiz_programme_role_and_group(
    root: Path, tmp_path: Path, run
) -> None:
    replace_in(root / LEAVE, "never\nbefore", "not\nbefore")

    impact = as_json(run, root, tmp_path)

    assert [each["id"] for each in impact["changed"]] == ["leave#when"]
    assert [(q["quiz"], q["id"]) for q in impact["suspect_questions"]] == [
        ("leave-basics", "consent"),
        ("leave-basics", "form"),
    ]
    assert [each["slug"] for each in impact["quizzes"]] == ["leave-basics"]
    assert [each["slug"] for each in impact["programmes"]] == ["induction"]
    assert [r["id"] for r in impact["programmes"][0]["requirements"]] == ["pass-leave"]
    assert impact["roles"] == ["caseworker"]
    assert [each["slug"] for each in impact["groups"]] == ["providers"]


def test_a_word_below_names_the_section_above_it_too(root: Path, tmp_path: Path, run) -> None:
    replace_in(root / LEAVE, "nothing else", "no other")

    impact = as_json(run, root, tmp_path)

    assert [(each["id"], each["follows"]) for each in impact["changed"]] == [
        ("leave#asking", True),
        ("leave#form", False),
    ]
    assert [q["id"] for q in impact["suspect_questions"]] == ["form"]


def test_another_wrapping_names_nothing(root: Path, tmp_path: Path, run) -> None:
    replace_in(root / LEAVE, "*consented*, and never\nbefore.", "**consented**,\nand never before.")

    impact = as_json(run, root, tmp_path)

    assert impact["nothing"] is True
    assert not any(value for key, value in impact.items() if key != "nothing")
    assert "nothing is touched" in run("impact", "--before", AUTHORED, "--root", root).out


def test_the_words_that_came_and_went_are_told(root: Path, tmp_path: Path, run) -> None:
    replace_in(root / LEAVE, "never\nbefore", "not\nbefore")

    [changed] = as_json(run, root, tmp_path)["changed"]
    told = run("impact", "--before", AUTHORED, "--root", root)

    assert ["removed", "never"] in changed["difference"]
    assert ["added", "not"] in changed["difference"]
    assert "~~never~~ **not**" in told.out


def test_the_report_for_people_names_everything(root: Path, tmp_path: Path, run) -> None:
    replace_in(root / LEAVE, "never\nbefore", "not\nbefore")
    replace_in(root / LEAVE, "What stands before", "What always stands before")
    report = tmp_path / "impact.md"

    told = run("impact", "--before", AUTHORED, "--root", root, "--markdown", report)

    text = report.read_text("utf-8")
    assert told.out == ""
    assert "1 section · 2 suspect questions · 1 quiz · 1 programme · 1 engagement group" in text
    assert r"The leave & \<absence\> of \*patients\*" in text
    assert "- `leave-basics` / `consent` cites `leave#when`" in text
    assert "- Marmalade quiz on leave (`leave-basics`): 2 of 3 questions" in text
    assert "- Marmalade induction (`induction`, for Caseworker): 10 minutes at most" in text
    assert "  - quiz: Pass the quiz on leave, 10 minutes" in text
    assert "- Caseworker (`caseworker`)" in text
    assert "- Providers of care (`providers`): Leave" in text
    assert "## Pages with a changed opening" in text


def test_a_changed_link_is_shown_though_its_words_are_the_same(
    root: Path, tmp_path: Path, run
) -> None:
    replace_in(root / LEAVE, "(page:recall#warrant)", "(page:recall)")

    [changed] = as_json(run, root, tmp_path)["changed"]

    assert ["removed", "(→ page:recall#warrant)"] in changed["difference"]
    assert ["added", "(→ page:recall)"] in changed["difference"]


def test_a_changed_heading_is_shown_too(root: Path, tmp_path: Path, run) -> None:
    replace_in(root / LEAVE, "## Who decides {#deciding}", "## Who signs {#deciding}")

    [changed] = as_json(run, root, tmp_path)["changed"]

    assert changed["difference"][:3] == [
        ["same", "Who"],
        ["removed", "decides:"],
        ["added", "signs:"],
    ]


def test_a_mistake_before_or_after_is_told_with_its_side(root: Path, tmp_path: Path, run) -> None:
    replace_in(root / LEAVE, "page:recall#warrant", "page:recall#warrants")

    after = run("impact", "--before", AUTHORED, "--root", root)
    before = run("impact", "--before", root, "--root", AUTHORED)

    for told in (after, before):
        assert told.code == 1
        assert f"{root / LEAVE}:" in told.err
        assert "Traceback" not in told.err


def test_a_report_that_cannot_be_written_is_told_in_one_line(root: Path, tmp_path, run) -> None:
    told = run("impact", "--before", AUTHORED, "--root", root, "--json", tmp_path / "no" / "x.json")

    assert told.code == 1
    assert "error: there is no folder" in told.err
