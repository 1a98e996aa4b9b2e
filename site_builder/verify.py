"""Looks through a finished tree before it is published: links, anchors, policy, other hosts."""

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from site_builder.reading import FinishedPage, read_page
from site_builder.search_index import PATH as SEARCH_INDEX

_IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")


@dataclass(frozen=True)
class _Finished:
    """A finished tree: its files, its pages read, and where it will stand."""

    files: Mapping[str, bytes]
    pages: Mapping[str, FinishedPage]
    prefix: str


def faults(files: Mapping[str, bytes], prefix: str) -> tuple[str, ...]:
    """Everything wrong with a tree that will stand at `prefix`, as `file: what`."""
    pages = {
        name: read_page(content.decode())
        for name, content in sorted(files.items())
        if name.endswith(".html")
    }
    tree = _Finished(files, pages, prefix)
    found = [f"{name}: {what}" for name in pages for what in _in_page(tree, name)]
    return (*found, *_in_styles(files), *_in_search(tree))


def _in_page(tree: _Finished, name: str) -> Iterator[str]:
    page = tree.pages[name]
    yield from (f"the policy refuses {each}" for each in page.refused)
    yield from (f"two elements have the id '{each}'" for each in sorted(page.twice))
    yield from (f"asks another host for {each}" for each in page.loads if _is_other_host(each))
    if page.left_empty:
        yield "a placeholder was left empty"
    for address in (*page.links, *page.loads):
        yield from _missing(tree, name, address)


def _missing(tree: _Finished, name: str, address: str) -> Iterator[str]:
    """What an address of a page names and the tree does not have."""
    parts = urlsplit(address)
    path = _path(tree, name, unquote(parts.path))
    if _is_elsewhere(address) or path is None:
        return
    if path not in tree.files:
        yield f"links to '{address}', where there is nothing"
    elif parts.fragment and parts.fragment not in tree.pages[path].anchors:
        yield f"links to '{address}', which has no such anchor"


def _path(tree: _Finished, name: str, path: str) -> str | None:
    """The file that a path means on a page; None where it leads out of the tree."""
    if not path:
        return name
    if path.startswith(tree.prefix):
        path = "/" + path.removeprefix(tree.prefix)
    elif path.startswith("/"):
        return None
    else:
        path = posixpath.join("/", posixpath.dirname(name), path)
    folder = path.endswith(("/", "/.", "/.."))
    found = posixpath.normpath(path).lstrip("/")
    return posixpath.join(found, "index.html") if folder or not found else found


def _is_elsewhere(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)


def _is_other_host(address: str) -> bool:
    return _is_elsewhere(address) and not address.startswith("data:")


def _in_styles(files: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in sorted(files.items()):
        if name.endswith(".css"):
            for found in _IN_STYLE.finditer(content.decode()):
                address = found[1] or found[2]
                if not address.startswith(("data:", "#")):
                    yield f"{name}: loads '{address}'"


def _in_search(tree: _Finished) -> Iterator[str]:
    for entry in json.loads(tree.files[SEARCH_INDEX])["docs"]:
        for what in _missing(tree, "index.html", entry["location"] or "./"):
            yield f"{SEARCH_INDEX}: {what}"
