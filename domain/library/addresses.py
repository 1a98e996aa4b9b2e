"""From what authors write in a link to the address that a reader follows."""

from collections.abc import Callable

from domain.library.values import Library
from domain.markup import Resolve


def resolver(library: Library, page_address: Callable[[str, str], str]) -> Resolve:
    """Resolve `page:slug#anchor` and `ref:slug`; None for what the library does not have.

    `page_address` is given a slug and an anchor, which is empty for a whole page.
    """

    def resolve(target: str) -> str | None:
        scheme, _, name = target.partition(":")
        if scheme == "ref":
            reference = library.references.get(name)
            return reference.url if reference else None
        slug, _, anchor = name.partition("#")
        page = library.pages.get(slug) if scheme == "page" else None
        if page is None or (anchor and page.find_section(anchor) is None):
            return None
        return page_address(slug, anchor)

    return resolve
