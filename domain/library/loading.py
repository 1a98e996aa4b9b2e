"""From a folder on disk to the library, or to all that is wrong with it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from domain import markup
from domain.confidentiality import scan
from domain.library.checks import check_together
from domain.library.fact_checks import check_facts
from domain.library.files import ALLOW_LIST, Gathered, gather
from domain.library.guarding import Look, guard_problems
from domain.library.values import Inspection, Library
from domain.problems import Problem, ProblemsFound, errors
from domain.source import Parsed
from domain.stakeholders import Engagement

Value = TypeVar("Value")


def load(root: Path) -> Library:
    """The library below a root. Raises ProblemsFound with every error at once."""
    inspection = _inspect(gather(root))
    if inspection.library is None:
        raise ProblemsFound(errors(inspection.problems))
    return inspection.library


def inspect(root: Path, today: date, look: Look = scan) -> Inspection:
    """The library if it is sound, with every error and warning as of today.

    `look` is how each file is searched for what may tell of a patient.
    """
    gathered = gather(root, today)
    return _inspect(gathered, tuple(guard_problems(gathered, today, look)))


def _inspect(gathered: Gathered, found: tuple[Problem, ...] = ()) -> Inspection:
    between = (*check_together(gathered), *check_facts(gathered), *found)
    problems = tuple(sorted({*gathered.problems, *between}))
    return Inspection(None if errors(problems) else _assemble(gathered), problems)


def _assemble(gathered: Gathered) -> Library:
    content: dict[str, Any] = {path: parsed.value for path, parsed in gathered.single.items()}
    return Library(
        pages=_values(gathered.pages),
        references=content["content/references.yaml"],
        quizzes=_values(gathered.quizzes),
        programmes=_values(gathered.programmes),
        engagement=Engagement(
            content["stakeholders/scheme.yaml"],
            content["stakeholders/issues.yaml"],
            content["stakeholders/objectives.yaml"],
            content["stakeholders/groups.yaml"],
            content["stakeholders/register.csv"],
        ),
        roles=content["content/roles.yaml"],
        topics=content["content/topics.yaml"],
        bank_holidays=content["content/bank-holidays.yaml"],
        version=_version(gathered.texts),
        allowed=content.get(ALLOW_LIST) or (),
        facts=gathered.facts(),
    )


def _values(many: Mapping[str, Parsed[Value]]) -> Mapping[str, Value]:
    values = ((slug, many[slug].value) for slug in sorted(many))
    return MappingProxyType({slug: value for slug, value in values if value is not None})


def _version(texts: Mapping[str, str]) -> str:
    """Over every file, path and words alike; line ends and byte order marks are no part of it."""
    return markup.version_of(f"{path}\n{len(text)}\n{text}" for path, text in sorted(texts.items()))
