"""The guidance as templates name it: addresses and titles of sections, Markdown to safe HTML."""

from flask_babel import gettext
from markupsafe import Markup

from domain.markup import plain as plain_text
from domain.markup import render
from portal.current import current_library, find_current_person


def page_address(slug: str) -> str:
    """Where a page stands, in the tree that whoever is at the screen may read."""
    tree = "/staff/" if find_current_person() else "/guidance/"
    return f"{tree}{slug}/" if slug != "index" else tree


def section_address(section_id: str) -> str:
    """Where a section (`page#anchor`) stands, down to the very paragraph."""
    slug, _mark, anchor = section_id.partition("#")
    return f"{page_address(slug)}#{anchor}"


def section_title(section_id: str) -> str:
    """The titles of a section and its page, or the bare id where it is no more."""
    library = current_library()
    section = library.find_section(section_id)
    if section is None:
        return section_id
    page = library.pages[section.page]
    return str(gettext("%(page)s: %(section)s", page=page.title, section=section.title))


def markdown(text: str) -> Markup:
    """Authored text as safe HTML, through the one renderer, with links into the guidance."""
    return Markup(render(text, _resolve))  # noqa: S704 it lets through a closed list alone


def plain(text: str) -> str:
    """Authored text without its markup, on one line."""
    return plain_text(text)


def _resolve(target: str) -> str | None:
    kind, _colon, rest = target.partition(":")
    library = current_library()
    if kind == "ref":
        reference = library.references.get(rest)
        return reference.url if reference else None
    slug, _mark, anchor = rest.partition("#")
    page = library.pages.get(slug)
    if page is None or (anchor and page.find_section(anchor) is None):
        return None
    return section_address(rest) if anchor else page_address(slug)


FILTERS = (page_address, section_address, section_title, markdown, plain)
