"""The two trees of a site: what the public may read, and what staff may read.

A tree holds all that a build of it may use. Whoever writes a page, an index or
a feed is given a tree and never the library, so that the public tree cannot
name what is marked for staff: it does not know it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from domain.library import Library
from domain.pages import Kind, Page, Visibility
from domain.programmes import Programme, Requirement
from domain.quizzes import Quiz
from domain.references import Reference


class TreeName(StrEnum):
    """The folder of a tree in a release."""

    PUBLIC = "public"
    STAFF = "staff"


@dataclass(frozen=True)
class Uses:
    """Where a page is tested and taught: slug and title of each quiz and programme."""

    tested_by: tuple[tuple[str, str], ...] = ()
    taught_in: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Tree:
    """Everything that one tree is built from. `uses` is empty in the public tree."""

    name: TreeName
    pages: Mapping[str, Page]
    references: Mapping[str, Reference]
    roles: Mapping[str, str]
    topics: Mapping[str, str]
    uses: Mapping[str, Uses] = field(default_factory=dict)

    @cached_property
    def by_title(self) -> tuple[Page, ...]:
        """All pages but the front page, by title."""
        found = [page for page in self.pages.values() if page.slug != "index"]
        return tuple(sorted(found, key=lambda page: (page.title.casefold(), page.slug)))

    @cached_property
    def _by_kind(self) -> Mapping[Kind, tuple[Page, ...]]:
        return {kind: tuple(p for p in self.by_title if p.kind is kind) for kind in Kind}

    def of_kind(self, kind: Kind) -> tuple[Page, ...]:
        """The pages of one kind by title, without the front page."""
        return self._by_kind[kind]


def public_tree(library: Library) -> Tree:
    """What anybody may read. It has nothing of quizzes and programmes."""
    pages = {s: p for s, p in library.pages.items() if p.visibility is Visibility.PUBLIC}
    return Tree(TreeName.PUBLIC, pages, library.references, library.roles, library.topics)


def staff_tree(library: Library) -> Tree:
    """Every page, with where it is tested and taught."""
    return Tree(
        TreeName.STAFF,
        library.pages,
        library.references,
        library.roles,
        library.topics,
        {slug: _uses_of(slug, library) for slug in library.pages},
    )


def _uses_of(slug: str, library: Library) -> Uses:
    quizzes = [quiz for quiz in library.quizzes.values() if slug in _pages(quiz.sections)]
    names = {quiz.slug for quiz in quizzes}
    programmes = [p for p in library.programmes.values() if _teaches(p, slug, names)]
    return Uses(_named(quizzes), _named(programmes))


def _teaches(programme: Programme, page: str, quizzes: set[str]) -> bool:
    return any(_is_about(each, page, quizzes) for each in programme.requirements)


def _is_about(requirement: Requirement, page: str, quizzes: set[str]) -> bool:
    return (
        requirement.subject == page
        or requirement.subject in quizzes
        or page in _pages(requirement.cites)
    )


def _pages(sections: Iterable[str]) -> set[str]:
    return {section.partition("#")[0] for section in sections}


def _named(things: Iterable[Quiz | Programme]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((thing.slug, thing.title) for thing in things))
