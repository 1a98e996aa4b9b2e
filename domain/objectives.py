"""Learning objectives: what a reader of a module will be able to do, each with its id."""

import re
from dataclasses import dataclass
from typing import Final

from domain.pages import Kind, Page

ANCHOR: Final = "objectives"
_ITEM: Final = re.compile(r"^[-*] \*\*([a-z0-9-]+)\*\* (.+)$", re.M)


@dataclass(frozen=True)
class Objective:
    """One objective of a module. `line` is that of the heading above it."""

    id: str
    text: str
    page: str
    line: int


def objectives_of(page: Page) -> tuple[Objective, ...]:
    """The items `- **leave-2** …` in the section `objectives` of a module, in order."""
    section = page.find_section(ANCHOR) if page.kind is Kind.MODULE else None
    if section is None:
        return ()
    found = _ITEM.findall(section.body)
    return tuple(Objective(id_, text, page.slug, section.line) for id_, text in found)
