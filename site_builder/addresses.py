"""Where each document of a tree stands, and how one names another.

Addresses are relative, so that a tree works under any prefix. The page for
what is not found is the exception: it is shown at any depth, and is told where
its tree will stand.
"""

from dataclasses import dataclass

from domain.markup import Resolve
from domain.pages import Kind
from site_builder.trees import Tree

A_TO_Z = "a-z/"
FEED = "atom.xml"
NOT_FOUND = "404.html"
# Addresses that a build makes itself, and that no authored page may take.
TAKEN = frozenset({"a-z", "browse", "assets", "search", "404"})

# The plural is the word in the navigation and in the address of the list.
KINDS: dict[Kind, tuple[str, str]] = {
    Kind.GUIDANCE: ("guidance", "Guidance"),
    Kind.AIDE_MEMOIRE: ("aide-memoires", "Aide-memoires"),
    Kind.MODULE: ("modules", "Training modules"),
    Kind.ENGAGEMENT: ("engagement", "Working with organisations"),
    Kind.INFORMATION: ("about", "About this service"),
}


@dataclass(frozen=True)
class Place:
    """Where a document stands: its path in the tree, and the way back to the tree's root."""

    path: str
    base: str

    def to(self, path: str) -> str:
        """The address of another path of the tree, as written in this document."""
        return (self.base + path) or "./"


def place_of(path: str) -> Place:
    """The place of a path (`section-17-leave/`), with relative addresses."""
    return Place(path, "../" * path.count("/"))


def path_of(slug: str) -> str:
    """The path of a page. The front page stands at the root."""
    return "" if slug == "index" else f"{slug}/"


def path_of_kind(kind: Kind) -> str:
    """The path of the list of all pages of a kind."""
    return f"browse/{KINDS[kind][0]}/"


def resolver(tree: Tree, place: Place) -> Resolve:
    """From `page:slug#anchor` and `ref:slug` to an address, for one document."""

    def resolve(target: str) -> str | None:
        scheme, _, rest = target.partition(":")
        if scheme == "ref":
            reference = tree.references.get(rest)
            return reference.url if reference else None
        slug, mark, anchor = rest.partition("#")
        page = tree.pages.get(slug)
        if page is None or (mark and page.find_section(anchor) is None):
            return None
        return place.to(path_of(slug)) + mark + anchor

    return resolve
