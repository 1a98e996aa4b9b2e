"""What an impact consists of."""

from dataclasses import dataclass
from enum import StrEnum

from domain.programmes import RequirementKind


class Change(StrEnum):
    """What became of a section or a page."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class SectionChange:
    """One section whose words differ. A text is None on the side where there is no section.

    `follows` says that its own words are as they were and only a section below
    it differs; its version differs all the same, and so do its citations.
    """

    id: str
    change: Change
    title: str
    page: str
    page_title: str
    before_text: str | None
    after_text: str | None
    follows: bool


@dataclass(frozen=True)
class PageChange:
    """One page with a changed section or opening.

    `opening_changed` speaks of its title, its summary and what stands before
    its first heading, which no citation can name. `public` is true where the
    page is, or was, for everybody.
    """

    slug: str
    title: str
    change: Change
    opening_changed: bool
    public: bool
    topics: tuple[str, ...]
    audience: tuple[str, ...]


@dataclass(frozen=True)
class SuspectQuestion:
    """One question that cites a changed section.

    `checked_again` says that the proposal already carries the stamp of somebody
    who compared the question with the new words.
    """

    quiz: str
    id: str
    text: str
    sections: tuple[str, ...]
    checked_again: bool


@dataclass(frozen=True)
class AffectedQuiz:
    """One quiz with suspect questions, and how many it asks in all."""

    slug: str
    title: str
    questions: tuple[str, ...]
    asked: int


@dataclass(frozen=True)
class AffectedRequirement:
    """One requirement that rests on a changed section, and what meeting it again would cost."""

    id: str
    title: str
    kind: RequirementKind
    minutes: int
    sections: tuple[str, ...]


@dataclass(frozen=True)
class AffectedProgramme:
    """One programme with its affected requirements, in their authored order."""

    slug: str
    title: str
    role: str
    requirements: tuple[AffectedRequirement, ...]

    @property
    def minutes(self) -> int:
        """What it costs one learner at most: all affected requirements once more."""
        return sum(requirement.minutes for requirement in self.requirements)


@dataclass(frozen=True)
class AffectedGroup:
    """One group of organisations, with those of its topics that changed pages are about."""

    slug: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Impact:
    """All that a change touches.

    `roles` are those of the programmes, `audience` those for whom the changed
    pages are written.
    """

    changed: tuple[SectionChange, ...]
    pages: tuple[PageChange, ...]
    suspect_questions: tuple[SuspectQuestion, ...]
    quizzes: tuple[AffectedQuiz, ...]
    programmes: tuple[AffectedProgramme, ...]
    roles: tuple[str, ...]
    audience: tuple[str, ...]
    groups: tuple[AffectedGroup, ...]

    @property
    def nothing(self) -> bool:
        """Whether no page differs in words."""
        return not self.pages
