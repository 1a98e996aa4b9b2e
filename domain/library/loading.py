"""From a folder on disk to the library, or to all that is wrong with it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from domain import markup
from domain.library.checks import check_together
from domain.library.fact_checks import check_facts
from domain.library.files import Gathered, gather
from domain.library.values import Inspection, Library
from domain.problems import ProblemsFound, errors
from domain.source import Parsed
from domain.stakeholders import Engagement

Value = TypeVar("Value")


def load(root: Path) -> Library:
    """The library below a root. Raises ProblemsFound with every error at once."""
    inspection = _inspect(gather(root))
    if inspection.library is None:
        raise ProblemsFound(errors(inspection.problems))
    return inspection.library


def inspect(root: Path, today: date) -> Inspection:
    """The library if it is sound, with every error and warning as of today."""
    return _inspect(gather(root, today))


def _inspect(gathered: Gathered) -> Inspection:
    between = (*check_together(gathered), *check_facts(gathered))
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
        facts=gathered.facts(),
    )


def _values(many: Mapping[str, Parsed[Value]]) -> Mapping[str, Value]:
    values = ((slug, many[slug].value) for slug in sorted(many))
    return MappingProxyType({slug: value for slug, value in values if value is not None})


def _version(texts: Mapping[str, str]) -> str:
    """Over every file, path and words alike; line ends and byte order marks are no part of it."""
    return markup.version_of(f"{path}\n{len(text)}\n{text}" for path, text in sorted(texts.items()))
