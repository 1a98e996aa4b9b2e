"""The search index, in the form that Material for MkDocs 9.8 reads.

It is written from the sections and not from the pages' HTML: one entry a page,
and one a section with its anchor. The form belongs to the theme, so its own
index, drawn with the frames, brings the settings.
"""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

from domain.pages import Page
from site_builder.addresses import path_of
from site_builder.bodies import Bodies
from site_builder.trees import Tree

PATH = "search/search_index.json"

Entry = dict[str, str]


def search_index(tree: Tree, frames: Path, bodies: Bodies) -> bytes:
    """The index of one tree."""
    drawn = json.loads((frames / PATH).read_text(encoding="utf-8"))
    entries = [entry for _, page in sorted(tree.pages.items()) for entry in _entries(page, bodies)]
    index = {"config": drawn["config"], "docs": entries}
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


def _entries(page: Page, bodies: Bodies) -> Iterator[Entry]:
    path = path_of(page.slug)
    yield _entry(path, page.title, f"{page.summary} {bodies.plain(page.intro)}")
    for section in page.sections:
        yield _entry(f"{path}#{section.anchor}", section.title, bodies.plain(section.body))


def _entry(location: str, title: str, text: str) -> Entry:
    """Escaped, because the theme shows titles and texts as HTML."""
    words = {"title": title, "text": text.strip()}
    return {"location": location} | {k: escape(v, quote=False) for k, v in words.items()}
