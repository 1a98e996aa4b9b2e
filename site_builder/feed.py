"""The Atom feed of a tree: its pages, the last issued first."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from domain.pages import Page
from site_builder.addresses import path_of
from site_builder.trees import Tree

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 50
AUTHOR = "Mental Health Casework Section"


def feed(tree: Tree, title: str) -> bytes:
    """The feed as XML. Its addresses are relative to where it stands."""
    pages = sorted(tree.pages.values(), key=lambda page: page.slug)
    pages = sorted(pages, key=lambda page: page.issued_on, reverse=True)[:MOST_ENTRIES]
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _add(root, "title", title)
    _add(root, "id", _name(tree, ""))
    _add(root, "updated", _instant(max(page.issued_on for page in pages)))
    SubElement(root, "link", {"rel": "self", "href": "atom.xml"})
    SubElement(root, "link", {"rel": "alternate", "href": "./"})
    _add(SubElement(root, "author"), "name", AUTHOR)
    for page in pages:
        _entry(root, tree, page)
    indent(root)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _entry(root: Element, tree: Tree, page: Page) -> None:
    entry = SubElement(root, "entry")
    _add(entry, "title", page.title)
    _add(entry, "id", _name(tree, page.slug))
    _add(entry, "updated", _instant(page.issued_on))
    SubElement(entry, "link", {"rel": "alternate", "href": path_of(page.slug) or "./"})
    _add(entry, "summary", page.summary)
    for topic in page.topics:
        SubElement(entry, "category", {"term": topic, "label": tree.topics.get(topic, topic)})


def _name(tree: Tree, slug: str) -> str:
    """The same for ever, and without a host, which a build does not know."""
    return uuid5(NAMESPACE_URL, f"mhcs:{tree.name}:{slug}").urn


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text
