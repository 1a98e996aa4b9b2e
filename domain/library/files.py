"""The authored files on disk: which there are, what each holds, and what is amiss with each."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from domain.allow_list_files import parse_allow_list
from domain.fact_files import Facts, parse_facts
from domain.page_files import parse_page
from domain.pages import Page
from domain.problems import Problem, probably_meant
from domain.programme_files import parse_programme
from domain.programmes import Programme
from domain.quiz_files import parse_quiz
from domain.quizzes import Quiz
from domain.reference_files import parse_references
from domain.source import LARGEST_FILE, Parsed, decode, is_slug, slug_of
from domain.stakeholder_files import (
    parse_groups,
    parse_issues,
    parse_objectives,
    parse_register,
    parse_scheme,
)
from domain.vocabulary_files import parse_bank_holidays, parse_titles

FOLDERS: Final = ("content", "quizzes", "stakeholders")
# The one file that need not be there: without it there are no exceptions.
ALLOW_LIST: Final = "stakeholders/allow-list.yaml"
FACTS: Final = "docs/facts"

_IMAGES: Final = "content/images/"
_SINGLE_FILES: Final[Mapping[str, Callable[[str, str], Parsed[Any]]]] = {
    "content/roles.yaml": parse_titles,
    "content/topics.yaml": parse_titles,
    "content/bank-holidays.yaml": parse_bank_holidays,
    "content/references.yaml": parse_references,
    "stakeholders/scheme.yaml": parse_scheme,
    "stakeholders/issues.yaml": parse_issues,
    "stakeholders/objectives.yaml": parse_objectives,
    "stakeholders/groups.yaml": parse_groups,
    "stakeholders/register.csv": parse_register,
}

Value = TypeVar("Value")


@dataclass
class Gathered:
    """Every file that was found, read and parsed; `texts` are the files' own words by path."""

    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    pages: dict[str, Parsed[Page]] = field(default_factory=dict)
    quizzes: dict[str, Parsed[Quiz]] = field(default_factory=dict)
    programmes: dict[str, Parsed[Programme]] = field(default_factory=dict)
    single: dict[str, Parsed[Any]] = field(default_factory=dict)
    briefs: dict[str, Parsed[Facts]] = field(default_factory=dict)

    def parsed(self) -> Iterator[Parsed[Any]]:
        """Everything that was parsed."""
        for many in (self.pages, self.quizzes, self.programmes, self.single, self.briefs):
            yield from many.values()

    def facts(self) -> Facts:
        """The facts of all briefs by their ids."""
        briefs = (brief.value or {} for brief in self.briefs.values())
        return MappingProxyType({fact.id: fact for brief in briefs for fact in brief.values()})


def gather(root: Path, today: date | None = None) -> Gathered:
    """Read and parse every authored file below a root."""
    gathered = Gathered()
    for folder in FOLDERS:
        _gather_folder(gathered, root, folder, today)
    for file in sorted((root / FACTS).glob("*.md")):
        _gather_file(gathered, root, file.relative_to(root).as_posix(), today)
    for parsed in gathered.parsed():
        gathered.problems += parsed.problems
    return gathered


def _gather_folder(gathered: Gathered, root: Path, folder: str, today: date | None) -> None:
    if not (root / folder).is_dir():
        message = f"there is no folder '{folder}' here: what authors write stands in it"
        gathered.problems.append(Problem(folder, 1, message))
        return
    for file in sorted((root / folder).rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.is_symlink():
            message = "this is a link to another place: put the file itself here"
            gathered.problems.append(Problem(path, 1, message))
        elif file.is_file() and not path.startswith(_IMAGES) and not _is_hidden(path):
            _gather_file(gathered, root, path, today)
    for path in _SINGLE_FILES:
        if path.startswith(f"{folder}/") and not (root / path).exists():
            gathered.problems.append(Problem(path, 1, "this file is missing"))


def _read(file: Path) -> bytes:
    # One byte more than is allowed is enough to tell, however large the file is.
    with file.open("rb") as opened:
        return opened.read(LARGEST_FILE + 1)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _gather_file(gathered: Gathered, root: Path, path: str, today: date | None) -> None:
    try:
        text, problems = decode(path, _read(root / path))
    except OSError as refused:
        gathered.problems.append(Problem(path, 1, f"cannot be read: {refused.strerror}"))
        return
    gathered.texts[path] = text
    gathered.problems += problems
    if path in _SINGLE_FILES:
        parse = _SINGLE_FILES[path]
        gathered.single[path] = Parsed(None) if problems else parse(path, text)
    elif path == ALLOW_LIST:
        gathered.single[path] = Parsed(None) if problems else parse_allow_list(path, text, today)
    elif re.fullmatch(r"content/([^/]+/)?[^/]+\.md", path):
        _add(gathered, gathered.pages, path, problems, partial(parse_page, today=today))
    elif re.fullmatch(r"content/programmes/[^/]+\.yaml", path):
        _add(gathered, gathered.programmes, path, problems, parse_programme)
    elif re.fullmatch(r"quizzes/[^/]+\.yaml", path):
        _add(gathered, gathered.quizzes, path, problems, parse_quiz)
    elif path.startswith(f"{FACTS}/"):
        gathered.briefs[path] = Parsed(None) if problems else parse_facts(path, text)
    else:
        gathered.problems.append(Problem(path, 1, _stray(path)))


def _add(
    gathered: Gathered,
    many: dict[str, Parsed[Value]],
    path: str,
    problems: tuple[Problem, ...],
    parse: Callable[[str, str, str], Parsed[Value]],
) -> None:
    slug = path.rpartition("/")[2].rpartition(".")[0]
    if not is_slug(slug):
        message = "a file name must be made of small letters, digits and hyphens"
        meant = slug_of(slug)
        message += f" (did you mean '{meant}'?)" if meant else ""
        gathered.problems.append(Problem(path, 1, message))
    if slug in many:
        first = next(each for each in gathered.texts if each.endswith(path[path.rindex("/") :]))
        message = f"the name '{slug}' is taken by {first}: names are unique over all folders"
        gathered.problems.append(Problem(path, 1, message))
        return
    many[slug] = Parsed(None) if problems else parse(path, slug, gathered.texts[path])


def _stray(path: str) -> str:
    yaml = re.sub(r"\.ya?ml$", ".yaml", path, flags=re.IGNORECASE)
    meant = (
        f" (did you mean '{yaml}'?)"
        if yaml != path
        else probably_meant(path, (*_SINGLE_FILES, ALLOW_LIST))
    )
    return f"nothing reads this file: it belongs elsewhere, or has another name{meant}"
