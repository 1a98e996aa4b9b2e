"""Pages of guidance and their sections: what a quiz cites and a version names.

Values only; `domain.page_files` turns authored files into them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a page is for. The value is the word in its front matter."""

    GUIDANCE = "guidance"
    AIDE_MEMOIRE = "aide-memoire"
    MODULE = "module"
    ENGAGEMENT = "engagement"
    INFORMATION = "information"


class Visibility(StrEnum):
    """Which trees a page is published in: both, or the staff tree alone."""

    PUBLIC = "public"
    STAFF = "staff"


@dataclass(frozen=True)
class Section:
    """A heading with its anchor, and what stands under it.

    `body` is the Markdown directly under the heading, up to the next heading
    of any level; `version` covers all down to the next heading of the same or
    a higher level, so a change in a sub-section changes its parents too.
    `line` is the line of the heading in the file, counted from 1.
    """

    page: str
    anchor: str
    title: str
    level: int
    body: str
    version: str
    line: int

    @property
    def id(self) -> str:
        """What a citation names: `page-slug#anchor`."""
        return f"{self.page}#{self.anchor}"


@dataclass(frozen=True)
class Page:
    """One authored page. `intro` is the Markdown before its first heading.

    `untested` gives the anchor of each section that no question tests, with the reason.
    """

    slug: str
    path: str
    title: str
    summary: str
    kind: Kind
    owner: str
    audience: tuple[str, ...]
    visibility: Visibility
    issued_on: date
    review_on: date
    topics: tuple[str, ...]
    legislation: tuple[str, ...]
    intro: str
    sections: tuple[Section, ...]
    version: str
    facts: tuple[str, ...] = ()
    minutes: int = 5
    untested: tuple[tuple[str, str], ...] = ()

    def find_section(self, anchor: str) -> Section | None:
        """The section with this anchor, if the page has one."""
        return next((each for each in self.sections if each.anchor == anchor), None)
