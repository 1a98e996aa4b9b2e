"""What differs between the guidance as it was last published and as it is authored now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.library import Library
from domain.markup import words
from domain.pages import Page, Section


class ChangeKind(StrEnum):
    """How a section differs from what was last published."""

    CHANGED = "changed"
    # Its own words are the same, and only sections below it changed.
    FOLLOWS = "follows"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class LiveSection:
    """A section as it last went live."""

    id: str
    version: str
    title: str
    body: str

    @property
    def page(self) -> str:
        """The slug of the page that it stood on."""
        return self.id.partition("#")[0]


@dataclass(frozen=True)
class Change:
    """One section that differs.

    `version` is of the words now; of a section that was removed, the last one.
    `below` are the ids of the sections below it that differ, `lost` the titles
    of those that were taken out of its page.
    """

    section: str
    kind: ChangeKind
    title: str
    page_title: str
    version: str
    before: str = ""
    after: str = ""
    below: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def asks_for_a_decision(self) -> bool:
        """Whether a person says what the change means; for the other kinds it follows."""
        return self.kind is ChangeKind.CHANGED

    @property
    def words_differ(self) -> bool:
        """Whether there is a difference to show in the section's own words."""
        return words(self.before) != words(self.after)


def changes_since(live: Mapping[str, LiveSection], library: Library) -> tuple[Change, ...]:
    """Every section that differs, page by page in the order of the text, removed ones last.

    What is wrapped or emphasised differently is no change.
    """
    pages = sorted(library.pages.values(), key=lambda page: (page.title.casefold(), page.slug))
    now = library.section_versions()
    removed = [each for section, each in sorted(live.items()) if section not in now]
    on_pages = [change for page in pages for change in _on_page(page, live, removed)]
    return (*on_pages, *(_removed(each, library) for each in removed))


def _on_page(
    page: Page, live: Mapping[str, LiveSection], removed: Iterable[LiveSection]
) -> Iterator[Change]:
    lost = tuple(each.title for each in removed if each.page == page.slug)
    for place, section in enumerate(page.sections):
        before = live.get(section.id)
        if before is None:
            yield Change(
                section=section.id,
                kind=ChangeKind.ADDED,
                title=section.title,
                page_title=page.title,
                version=section.version,
                after=section.body,
            )
        elif before.version != section.version:
            below = [each for each in _below(page, place) if _differs(each, live)]
            yield _changed(page, section, before, below, live, lost)


def _changed(
    page: Page,
    section: Section,
    before: LiveSection,
    below: Sequence[Section],
    live: Mapping[str, LiveSection],
    lost: tuple[str, ...],
) -> Change:
    same_words = before.title == section.title and words(before.body) == words(section.body)
    only_words_below = below and all(each.id in live for each in below)
    # Where a section was taken out, nobody can say any more what it stood below.
    follows = same_words and only_words_below and not lost
    return Change(
        section=section.id,
        kind=ChangeKind.FOLLOWS if follows else ChangeKind.CHANGED,
        title=section.title,
        page_title=page.title,
        version=section.version,
        before=before.body,
        after=section.body,
        below=tuple(each.id for each in below),
        lost=lost,
    )


def _removed(section: LiveSection, library: Library) -> Change:
    page = library.pages.get(section.page)
    return Change(
        section=section.id,
        kind=ChangeKind.REMOVED,
        title=section.title,
        page_title=page.title if page else section.page,
        version=section.version,
        before=section.body,
    )


def _below(page: Page, place: int) -> Iterator[Section]:
    for section in page.sections[place + 1 :]:
        if section.level <= page.sections[place].level:
            return
        yield section


def _differs(section: Section, live: Mapping[str, LiveSection]) -> bool:
    return section.id not in live or live[section.id].version != section.version
