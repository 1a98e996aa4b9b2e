"""Reads a finished page for what `verify` asks about it, and knows nothing of how it was made.

Not with the parser of the standard library, which takes longer than all of the
rest of a build; a test holds the two against each other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

_LOADED = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"}
_LOADING = ("src", "srcset", "href", "data", "poster")
_LEFT_EMPTY = re.compile(r"<!--\s*hang:")
_SCRIPT = re.compile(r"(<script\b[^>]*>).*?(</script>)", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"<([a-z][a-z0-9]*)\s((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.I)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


@dataclass
class FinishedPage:
    """The anchors of a page, its links, what it loads, and what the policy would refuse."""

    anchors: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    left_empty: bool = False


def read_page(text: str) -> FinishedPage:
    """A page as it will be served."""
    page = FinishedPage(left_empty=bool(_LEFT_EMPTY.search(text)))
    for tag, values in elements(text):
        if "id" in values:
            (page.twice if values["id"] in page.anchors else page.anchors).add(values["id"])
        page.refused += [f"<{tag} {name}=…>" for name in values if _is_refused(name)]
        _take_addresses(page, tag, values)
    page.refused += ["<style>"] if re.search(r"<style[\s>]", text, re.I) else []
    return page


def elements(text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every element that has attributes, with them."""
    for found in _TAG.finditer(_SCRIPT.sub(r"\1\2", _COMMENT.sub("", text))):
        yield found[1].lower(), dict(_attributes(found[2]))


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(text):
        value = found[2] or found[3] or found[4] or ""
        yield found[1].lower(), unescape(value) if "&" in value else value


def _take_addresses(page: FinishedPage, tag: str, values: Mapping[str, str]) -> None:
    if tag in ("a", "area", "form"):
        page.links += [values[name] for name in ("href", "action") if name in values]
    elif tag == "link" and not _LOADED & set(values.get("rel", "").split()):
        page.links.append(values.get("href", ""))
    else:
        page.loads += [values[name] for name in _LOADING if name in values]


def _is_refused(attribute: str) -> bool:
    return attribute == "style" or attribute.startswith("on")
