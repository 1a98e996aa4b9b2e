"""What each document of a tree is: an authored page, a list, or the page for what is not found."""

from dataclasses import dataclass

from domain.pages import Kind, Page
from site_builder.addresses import KINDS, NOT_FOUND, Place, path_of_kind, place_of
from site_builder.trees import Tree


@dataclass(frozen=True)
class Document:
    """One HTML file. `page` is None where a build makes it; `kind` where it is of none."""

    place: Place
    page: Page | None = None
    kind: Kind | None = None


def document_of(tree: Tree, name: str, prefix: str) -> Document:
    """The document in this file of a tree that will stand at `prefix`."""
    if name == NOT_FOUND:
        return Document(Place(name, prefix))
    place = place_of(name.removesuffix("index.html"))
    page = tree.pages.get(place.path.removesuffix("/") or "index")
    if page is not None:
        return Document(place, page, page.kind)
    kinds = [kind for kind in KINDS if path_of_kind(kind) == place.path]
    return Document(place, kind=kinds[0] if kinds else None)
