"""What of that which is taught is tested, and what is not.

Guidance, aide-memoires, modules and engagement pages are taught; pages of
information are not. Of a taught page every section wants a question, but for

- sections whose anchor is `confirming`, `links`, `next` or `objectives`: they
  say what is open, where to go on, and what will be learnt;
- headings with no words of their own, whose sections below are asked for instead;
- sections for which the page says in its front matter why they are untested.

A question that cites a section tests the sections below it too, as the words
of those are part of what it was checked against.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from domain.library import Library
from domain.objectives import ANCHOR, Objective, objectives_of
from domain.pages import Kind, Page, Section

TAUGHT: Final = (Kind.GUIDANCE, Kind.AIDE_MEMOIRE, Kind.MODULE, Kind.ENGAGEMENT)
EXEMPT: Final = frozenset({"confirming", "links", "next", ANCHOR})


@dataclass(frozen=True)
class Excused:
    """A section without a question, and its author's reason."""

    section: str
    reason: str


@dataclass(frozen=True)
class Untaught:
    """A question that cites no section of a taught page that wants one."""

    quiz: str
    question: str


@dataclass(frozen=True)
class Coverage:
    """The map, each part in the order of the library. `taught` counts what wants a question."""

    pages: int
    sections: int
    quizzes: int
    questions: int
    programmes: int
    objectives: int
    taught: int
    untested: tuple[str, ...]
    excused: tuple[Excused, ...]
    untaught: tuple[Untaught, ...]
    unasked: tuple[Objective, ...]

    @property
    def complete(self) -> bool:
        """Whether everything taught is tested and everything tested is taught."""
        return not (self.untested or self.untaught or self.unasked)


def cover(library: Library) -> Coverage:
    """The coverage map of a library."""
    questions = [each for quiz in library.quizzes.values() for each in quiz.questions]
    cited = {cite.section for question in questions for cite in question.cites}
    pages = library.pages.values()
    wanted = [section for page in pages for section in _wanting(page)]
    objectives = [each for page in pages for each in objectives_of(page)]
    asked = {each for question in questions for each in question.objectives}
    return Coverage(
        pages=len(library.pages),
        sections=len(library.section_versions()),
        quizzes=len(library.quizzes),
        questions=len(questions),
        programmes=len(library.programmes),
        objectives=len(objectives),
        taught=len(wanted),
        untested=tuple(s.id for s in wanted if not _is_tested(library, s, cited)),
        excused=tuple(each for page in pages for each in _excused(page)),
        untaught=tuple(_untaught(library, frozenset(section.id for section in wanted))),
        unasked=tuple(each for each in objectives if each.id not in asked),
    )


def _wanting(page: Page) -> Iterator[Section]:
    """The sections of a page that want a question."""
    reasons = dict(page.untested)
    for section in page.sections if page.kind in TAUGHT else ():
        if section.anchor not in EXEMPT and section.anchor not in reasons and section.body.strip():
            yield section


def _excused(page: Page) -> Iterator[Excused]:
    for anchor, reason in page.untested:
        yield Excused(f"{page.slug}#{anchor}", reason)


def _is_tested(library: Library, section: Section, cited: Collection[str]) -> bool:
    """Whether a question cites the section, or one that it is a part of."""
    if section.id in cited:
        return True
    level, sections = section.level, library.pages[section.page].sections
    for above in reversed(sections[: sections.index(section)]):
        if above.level < level:
            level = above.level
            if above.id in cited:
                return True
    return False


def _untaught(library: Library, wanted: Collection[str]) -> Iterator[Untaught]:
    for quiz in library.quizzes.values():
        for question in quiz.questions:
            if not any(_teaches(library, cite.section, wanted) for cite in question.cites):
                yield Untaught(quiz.slug, question.id)


def _teaches(library: Library, section_id: str, wanted: Collection[str]) -> bool:
    """Whether a section, or one below it, wants a question."""
    section = library.find_section(section_id)
    if section is None:
        return False
    sections = library.pages[section.page].sections
    for below in sections[sections.index(section) :]:
        if below != section and below.level <= section.level:
            return False
        if below.id in wanted:
            return True
    return False
