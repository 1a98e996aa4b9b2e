"""What differs between the guidance as it was last published and as it is authored now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from domain.impact import Change as Fate
from domain.impact import Impact, SectionChange, compare
from domain.library import Library
from domain.pages import Kind, Page, Section, Visibility
from domain.standing import Meaning


class ChangeKind(StrEnum):
    """How a section differs from what was last published."""

    CHANGED = "changed"
    # Its own words are the same, and only words below it changed.
    FOLLOWS = "follows"
    ADDED = "added"
    REMOVED = "removed"


_MEANINGS = {
    ChangeKind.CHANGED: (Meaning.NO_CHANGE, Meaning.MINOR, Meaning.MATERIAL),
    # Nobody knew it before: those who knew the page learn it now (material), or need not.
    ChangeKind.ADDED: (Meaning.FIRST, Meaning.MATERIAL),
}


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
    before: str
    after: str
    words_differ: bool
    below: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """What a person may decide it to mean, the mildest first; none where it follows."""
        return _MEANINGS.get(self.kind, ())


def impact_since(live: Mapping[str, LiveSection], library: Library) -> Impact:
    """What rests on whatever differs from the publications."""
    return compare(_as_published(live, library), library)


def changes_in(
    impact: Impact, live: Mapping[str, LiveSection], library: Library
) -> tuple[Change, ...]:
    """Every section that differs, page by page in the order of the text, removed ones last."""
    places = {
        section.id: place
        for page in library.pages.values()
        for place, section in enumerate(page.sections)
    }
    listed = sorted(
        impact.changed,
        key=lambda each: (
            each.change is Fate.REMOVED,
            each.page_title.casefold(),
            each.page,
            places.get(each.id, 0),
            each.id,
        ),
    )
    return tuple(_change(each, impact, live, library) for each in listed)


def _change(
    each: SectionChange, impact: Impact, live: Mapping[str, LiveSection], library: Library
) -> Change:
    fates = {other.id: other.change for other in impact.changed}
    now = library.find_section(each.id)
    below = [section.id for section in _below(library, now) if section.id in fates]
    lost = [
        other.title
        for other in impact.changed
        if other.page == each.page and other.change is Fate.REMOVED
    ]
    gained = any(fates[section] is Fate.ADDED for section in below)
    # Where a section was taken out, nobody can say any more what it stood below.
    follows = each.follows and bool(below) and not gained and not lost
    stays = each.change is Fate.CHANGED
    return Change(
        section=each.id,
        kind=ChangeKind.FOLLOWS if stays and follows else ChangeKind(each.change.value),
        title=each.title,
        page_title=each.page_title,
        version=now.version if now else live[each.id].version,
        before=each.before_text or "",
        after=each.after_text or "",
        words_differ=not each.follows,
        below=tuple(below),
        lost=tuple(lost) if stays else (),
    )


def _below(library: Library, section: Section | None) -> Iterator[Section]:
    if section is None:
        return
    listed = library.pages[section.page].sections
    for each in listed[listed.index(section) + 1 :]:
        if each.level <= section.level:
            return
        yield each


def _as_published(live: Mapping[str, LiveSection], library: Library) -> Library:
    """The library with its sections in the words last published.

    Publications keep sections alone; all else is taken to be as it is now.
    """
    by_page = groupby(sorted(live.values(), key=lambda each: each.id), key=lambda each: each.page)
    pages = {
        slug: replace(
            library.pages.get(slug) or _page_that_went(slug),
            sections=tuple(_as_section(each, library) for each in sections),
        )
        for slug, sections in by_page
    }
    return replace(library, pages=pages)


def _as_section(live: LiveSection, library: Library) -> Section:
    now = library.find_section(live.id)
    return Section(
        page=live.page,
        anchor=live.id.partition("#")[2],
        title=live.title,
        level=now.level if now else 2,
        body=live.body,
        version=live.version,
        line=now.line if now else 0,
    )


def _page_that_went(slug: str) -> Page:
    return Page(
        slug=slug,
        path="",
        title=slug,
        summary="",
        kind=Kind.GUIDANCE,
        owner="",
        audience=(),
        visibility=Visibility.STAFF,
        issued_on=date.min,
        review_on=date.max,
        topics=(),
        legislation=(),
        intro="",
        sections=(),
        version="",
    )


def strongest(meanings: Iterable[Meaning]) -> Meaning:
    """The one of these meanings that asks most of people; of none, the mildest of all."""
    order = (Meaning.NO_CHANGE, Meaning.MINOR, Meaning.MATERIAL)
    return max(meanings, key=order.index, default=Meaning.NO_CHANGE)
