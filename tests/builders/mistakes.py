"""A small sound library on disk, and mistakes planted in it by patches that read like a diff.

A case file says in its first line what is wrong, then what changes, then the
exact lines that an author sees:

    --- path        in this file, replace the lines that begin with - by those with +
    +++ path        make a file of the lines that begin with +
    !!! path        remove this file
    => line         what is reported, and nothing else
"""

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 21)
SOUND = Path(__file__).parents[1] / "domain" / "sound"
MISTAKES = Path(__file__).parents[1] / "domain" / "mistakes"


@dataclass
class Change:
    """Lines of one file that give way to others."""

    sign: str
    path: str
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


@dataclass
class Case:
    """One planted mistake and the lines that it must give."""

    changes: list[Change] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)


def copy_of_sound_library(folder: Path) -> Path:
    """A library without a mistake, to be changed at will."""
    return shutil.copytree(SOUND, folder / "library")


def case_files() -> list[Path]:
    """Every case file, in order."""
    return sorted(MISTAKES.glob("*.txt"))


def read_case(file: Path) -> Case:
    """What a case file plants and expects."""
    case = Case()
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        sign, _, rest = line.partition(" ")
        if sign in ("---", "+++", "!!!"):
            case.changes.append(Change(sign, rest))
        elif sign == "=>":
            case.expected.append(rest)
        elif line:
            _take_line(case.changes, line)
    return case


def plant(root: Path, case: Case) -> None:
    """Change the files of a library as a case says."""
    for change in case.changes:
        file = root / change.path
        if change.sign == "!!!":
            file.unlink()
        elif change.sign == "+++":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join([*change.new, ""]), encoding="utf-8")
        else:
            replace_once(file, "\n".join(change.old), "\n".join(change.new))


def replace_once(file: Path, old: str, new: str) -> None:
    """Replace words that must stand in a file exactly once, so that no test rots unnoticed."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def _take_line(changes: list[Change], line: str) -> None:
    change = changes[-1]
    if line.startswith("-") and change.new:
        change = Change(change.sign, change.path)
        changes.append(change)
    (change.old if line.startswith("-") else change.new).append(line[1:])
