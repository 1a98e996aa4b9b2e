"""Reads a finished page for what `verify` asks about it, and knows nothing of how it was made."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

_LOADED = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"}
_LOADING = ("src", "srcset", "href", "data", "poster")
_LEFT_EMPTY = re.compile(r"<!--\s*hang:")


class FinishedPage(HTMLParser):
    """The anchors of a page, its links, what it loads, and what the policy would refuse."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.twice: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.refused: list[str] = []
        self.left_empty = bool(_LEFT_EMPTY.search(text))
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            (self.twice if values["id"] in self.anchors else self.anchors).add(values["id"])
        self.refused += [f"<{tag} {name}=…>" for name in values if _is_refused(name)]
        self.refused += ["<style>"] if tag == "style" else []
        self._addresses(tag, values)

    def _addresses(self, tag: str, values: Mapping[str, str]) -> None:
        if tag in ("a", "area", "form"):
            self.links += [values[name] for name in ("href", "action") if name in values]
        elif tag == "link" and not _LOADED & set(values.get("rel", "").split()):
            self.links.append(values.get("href", ""))
        else:
            self.loads += [values[name] for name in _LOADING if name in values]


def _is_refused(attribute: str) -> bool:
    return attribute == "style" or attribute.startswith("on")
