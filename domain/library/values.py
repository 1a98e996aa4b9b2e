"""The library as a value, and what an inspection of the authored files comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from domain.confidentiality import AllowEntry, AllowList, allow_list
from domain.fact_files import Facts
from domain.pages import Page, Section
from domain.problems import Problem
from domain.programmes import Programme
from domain.quizzes import Question, Quiz
from domain.references import Reference
from domain.stakeholders import Engagement


@dataclass(frozen=True)
class Library:
    """What was authored, with every reference in it known to resolve."""

    pages: Mapping[str, Page]
    references: Mapping[str, Reference]
    quizzes: Mapping[str, Quiz]
    programmes: Mapping[str, Programme]
    engagement: Engagement
    roles: Mapping[str, str]
    topics: Mapping[str, str]
    bank_holidays: frozenset[date]
    version: str
    allowed: tuple[AllowEntry, ...] = ()

    def allow_list(self, on: date) -> AllowList:
        """What may stand in texts on a day: as entered, and at organisations of the register."""
        websites = (each.website for each in self.engagement.organisations)
        return allow_list(self.allowed, on).with_websites(websites)

    facts: Facts = field(default_factory=lambda: MappingProxyType({}))

    def find_section(self, section_id: str) -> Section | None:
        """The section with this id (`page#anchor`), if there is one."""
        slug, _, anchor = section_id.partition("#")
        page = self.pages.get(slug)
        return page.find_section(anchor) if page else None

    def section_versions(self) -> dict[str, str]:
        """The version of every section, by its id."""
        return {s.id: s.version for page in self.pages.values() for s in page.sections}

    def suspect_questions(self) -> tuple[tuple[Quiz, Question], ...]:
        """Questions that cite a section in another version than they were checked against."""
        now = self.section_versions()
        return tuple(
            (quiz, question)
            for quiz in self.quizzes.values()
            for question in quiz.questions
            if any(now.get(cite.section) != cite.version for cite in question.cites)
        )


@dataclass(frozen=True)
class Inspection:
    """The library, or None where there are errors; and every error and warning, in order."""

    library: Library | None
    problems: tuple[Problem, ...]
