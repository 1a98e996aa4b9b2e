"""Stamps: the mark in a quiz's file that a question was checked against a section's words."""

import codecs
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from domain.library.files import Gathered, gather
from domain.problems import Problem, ProblemsFound, probably_meant
from domain.source import EACH, Source, read_yaml

Cut = tuple[tuple[int, int], tuple[int, int], str]
"""From a line and column (from 0) to another, and what stands there afterwards."""


def restamp(root: Path, quiz: str, question_ids: Collection[str] | None = None) -> tuple[str, ...]:
    """Stamp questions of a quiz (all, unless some are named) with the sections as they now are.

    Only the stamps in the file change: comments and layout stay. Returns the
    ids of the questions whose stamps are new. Raises ProblemsFound, and writes
    nothing, where a quiz, a question or a section is not there.
    """
    gathered = gather(root)
    path = f"quizzes/{quiz}.yaml"
    source = _read(gathered, quiz, path)
    parts = _wanted(source, question_ids)
    problems = tuple(problem for part in parts.values() for problem in _lost(gathered, part))
    if problems:
        raise ProblemsFound(problems)
    data = (root / path).read_bytes()
    lines = data.removeprefix(codecs.BOM_UTF8).decode().split("\n")
    cuts = {name: list(_cuts(gathered, part, lines)) for name, part in parts.items()}
    for start, end, text in sorted((cut for each in cuts.values() for cut in each), reverse=True):
        _apply(lines, start, end, text)
    _write(root / path, data, "\n".join(lines))
    return tuple(name for name, each in cuts.items() if each)


def _read(gathered: Gathered, quiz: str, path: str) -> Source:
    if path not in gathered.texts:
        meant = probably_meant(quiz, gathered.quizzes)
        raise ProblemsFound([Problem(path, 1, f"there is no quiz '{quiz}'{meant}")])
    source, _ = read_yaml(path, gathered.texts[path])
    if source is None:
        raise ProblemsFound(each for each in gathered.problems if each.path == path)
    return source


def _wanted(source: Source, question_ids: Collection[str] | None) -> dict[str, Source]:
    parts = {
        typed.strip(): part for part in source.parts("questions") for typed, _ in part.find("id")
    }
    if question_ids is None:
        return parts
    unknown = sorted(set(question_ids) - set(parts))
    if unknown:
        raise ProblemsFound(
            source.problem(
                f"there is no question '{each}'{probably_meant(each, parts)}", "questions"
            )
            for each in unknown
        )
    return {name: part for name, part in parts.items() if name in question_ids}


def _version(gathered: Gathered, section_id: str) -> str | None:
    slug, _, anchor = section_id.partition("#")
    page = gathered.pages[slug].value if slug in gathered.pages else None
    section = page.find_section(anchor) if page else None
    return section.version if section else None


def _lost(gathered: Gathered, part: Source) -> Iterator[Problem]:
    for typed, location in part.find("cites", EACH, "section"):
        if _version(gathered, typed.strip()) is None:
            message = f"'{typed.strip()}' is on no page, or on one with mistakes: mend that first"
            yield part.problem(message, *location)


def _cuts(gathered: Gathered, part: Source, lines: list[str]) -> Iterator[Cut]:
    for cite in part.parts("cites"):
        for section, _ in cite.find("section"):
            version = _version(gathered, section.strip()) or ""
            stamps = [typed.strip() for typed, _ in cite.find("version")]
            if not stamps:
                yield _new_stamp(cite, lines, version)
            elif stamps != [version]:
                yield _changed_stamp(cite, lines, version)


def _changed_stamp(cite: Source, lines: list[str], version: str) -> Cut:
    place = cite.place("version")
    before = lines[place.start[0]][place.start[1] : place.start[1] + 1]
    quote = before if place.end > place.start and before in ("'", '"') else ""
    space = " " if place.end == place.start else ""
    return place.start, place.end, f"{space}{quote}{version}{quote}"


def _new_stamp(cite: Source, lines: list[str], version: str) -> Cut:
    row, column = cite.place().start
    end = cite.place("section").end
    if lines[row][column : column + 1] == "{":
        return end, end, f", version: {version}"
    at = (end[0], len(lines[end[0]]))
    ending = "\r" if lines[end[0]].endswith("\r") else ""
    return at, at, f"\n{' ' * column}version: {version}{ending}"


def _apply(lines: list[str], start: tuple[int, int], end: tuple[int, int], text: str) -> None:
    first, last = lines[start[0]], lines[end[0]]
    lines[start[0] : end[0] + 1] = [first[: start[1]] + text + last[end[1] :]]


def _write(file: Path, before: bytes, text: str) -> None:
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after = mark + text.encode()
    if after == before:
        return
    # Written beside and then renamed, so that the file is never half there.
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(after)
    shutil.copymode(file, beside)
    beside.replace(file)
