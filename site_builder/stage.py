"""The stage: for each document its title, its headings with their anchors, and placeholders.

What is staged survives any theme. A placeholder names what will hang in its
place; that of a section carries the section's version as well. Nothing that
paragraphs say is staged, so that an edited paragraph changes no frame.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from domain.pages import Page, Section
from site_builder.addresses import KINDS
from site_builder.trees import Tree

# `top` could be an authored anchor; a name with an underscore cannot.
TOP = "_top"
PLACEHOLDER = re.compile(r"<!-- hang:(?P<what>[a-z]+)(?: (?P<name>\S+?)(?: [0-9a-f]{12})?)? -->")
_VERSION = re.compile(r" [0-9a-f]{12}(?= -->)")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]#!:|~^]")


def stage(tree: Tree) -> dict[str, str]:
    """Every staged file of a tree, by its path."""
    files = {f"{page.slug}.md": _page(page) for page in tree.pages.values()}
    for kind, (name, title) in KINDS.items():
        if tree.of_kind(kind):
            files[f"browse/{name}.md"] = _listing(title, f"Every page of “{title}”.", kind.value)
    files["a-z.md"] = _listing(
        "A to Z", "Every page of this site, in the order of its title.", "a-z"
    )
    return files


def without_versions(text: str) -> str:
    """A staged text as a frame depends on it: which version hangs there is no matter."""
    return _VERSION.sub("", text)


def _page(page: Page) -> str:
    head = _front_matter(
        page.title, page.summary, page.kind.value if page.slug != "index" else "front"
    )
    parts = [head, _heading(1, page.title, TOP), f"<!-- hang:lead {page.slug} {page.version} -->"]
    parts += _doors(page) if page.slug == "index" else _sections(page.sections)
    return "\n\n".join([*parts, f"<!-- hang:foot {page.slug} -->\n"])


def _sections(sections: Iterable[Section]) -> list[str]:
    return [part for section in sections for part in _section(section)]


def _doors(page: Page) -> list[str]:
    """The front page's sections, each with what is below it inside a frame of its own."""
    parts: list[str] = []
    for section in page.sections:
        if section.level == 2:
            parts += ["<!-- hang:close -->"] if parts else []
            parts.append(f"<!-- hang:open {section.anchor} -->")
        parts += _section(section)
    return [*parts, "<!-- hang:close -->"] if parts else []


def _section(section: Section) -> Iterator[str]:
    yield _heading(section.level, section.title, section.anchor)
    yield f"<!-- hang:body {section.id} {section.version} -->"


def _listing(title: str, description: str, name: str) -> str:
    head = _front_matter(title, description, "list")
    return "\n\n".join([head, _heading(1, title, TOP), f"<!-- hang:listing {name} -->\n"])


def _front_matter(title: str, description: str, kind: str) -> str:
    # JSON is YAML, and quotes everything.
    values: Mapping[str, str] = {"title": title, "description": description, "kind": kind}
    lines = [f"{key}: {json.dumps(value)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---"])


def _heading(level: int, title: str, anchor: str) -> str:
    return f"{'#' * level} {_escape(title)} {{#{anchor}}}"


def _escape(title: str) -> str:
    """A title as Markdown that shows exactly this text."""
    text = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", text)
