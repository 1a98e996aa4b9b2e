"""The Atom feed of a tree."""

from xml.etree import ElementTree

import pytest

from tests.builders.authored import TREES, Site

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed_of(site: Site, tree: str) -> ElementTree.Element:
    return ElementTree.fromstring(site.files(tree)["atom.xml"])  # noqa: S314  we wrote it ourselves


def texts(feed: ElementTree.Element, path: str) -> list[str]:
    return [found.text or "" for found in feed.iterfind(path, ATOM)]


def test_the_feed_has_what_atom_asks_for(site: Site) -> None:
    feed = feed_of(site, "public")

    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert texts(feed, "a:title") == ["MHCS Training and Engagement Portal"]
    assert texts(feed, "a:updated") == ["2026-11-06T00:00:00Z"]
    assert texts(feed, "a:author/a:name") == ["Mental Health Casework Section"]
    ids = texts(feed, ".//a:id")
    assert len(ids) == len(set(ids))
    assert all(each.startswith("urn:uuid:") for each in ids)


@pytest.mark.parametrize("tree", TREES)
def test_it_has_every_page_of_its_tree_the_last_issued_first(site: Site, tree: str) -> None:
    feed = feed_of(site, tree)
    pages = [p for p in site.library.pages.values() if tree == "staff" or p.visibility == "public"]

    assert sorted(texts(feed, "a:entry/a:title")) == sorted(page.title for page in pages)
    updated = texts(feed, "a:entry/a:updated")
    assert updated == sorted(updated, reverse=True)


def test_its_entries_lead_to_pages_that_are_there(site: Site) -> None:
    links = [each.get("href") or "" for each in feed_of(site, "public").iterfind(".//a:link", ATOM)]

    for link in links:
        target = site.release / "public" / link
        assert target.is_file() or (target / "index.html").is_file(), link


def test_an_entry_tells_its_topics_and_its_answer(site: Site) -> None:
    [entry] = [
        entry
        for entry in feed_of(site, "public").iterfind("a:entry", ATOM)
        if texts(entry, "a:title") == ["A way to engage"]
    ]

    terms = [each.get("term") for each in entry.iterfind("a:category", ATOM)]
    assert terms == ["leave", "recall"]
    assert texts(entry, "a:summary") == ["We ask before we decide."]


def test_every_page_names_the_feed(site: Site) -> None:
    link = '<link rel="alternate feed" type="application/atom+xml"'

    assert all(link in html for html in site.pages("public").values())
