"""Programmes: what somebody in a role must know, by when, and for how long.

Values only; `domain.programme_files` turns authored files into them.
"""

from dataclasses import dataclass
from enum import StrEnum


class RequirementKind(StrEnum):
    """How a requirement is met: by reading a page, passing a quiz, or being observed."""

    READING = "reading"
    QUIZ = "quiz"
    OBSERVED_TASK = "observed-task"


@dataclass(frozen=True)
class Requirement:
    """One duty of a programme.

    `subject` is the slug of the page (reading) or quiz (quiz), and empty for an
    observed task. `due_after_working_days` counts from the start date.
    `valid_for_months` is None where completion does not lapse.
    """

    id: str
    kind: RequirementKind
    title: str
    subject: str
    minutes: int
    due_after_working_days: int
    valid_for_months: int | None = None
    expiring_within_days: int = 30
    what_good_looks_like: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Programme:
    """All that a role must know. `version` covers its requirements and their rules."""

    slug: str
    path: str
    title: str
    summary: str
    owner: str
    role: str
    requirements: tuple[Requirement, ...]
    version: str

    def requirement(self, requirement_id: str) -> Requirement:
        """The requirement with this id. Raises KeyError where there is none."""
        for requirement in self.requirements:
            if requirement.id == requirement_id:
                return requirement
        raise KeyError(requirement_id)
