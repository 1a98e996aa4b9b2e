"""A small world of authored files, as a folder to edit and as the site built from it."""

import json
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from domain.library import Library, load
from site_builder.build import Built, Plan, build

AUTHORED = Path(__file__).parents[1] / "site_builder" / "authored"
TREES = ("public", "staff")
# Stands in the small world only where the public may not read.
SENTINEL = "marmalade"


@dataclass(frozen=True)
class Site:
    """A built site, and the library it was built from."""

    plan: Plan
    release: Path
    library: Library

    def files(self, tree: str) -> dict[str, bytes]:
        """Every file of a tree, by its path."""
        return files_below(self.release / tree)

    def html(self, tree: str, path: str) -> str:
        """The HTML of the document at this path of a tree."""
        return (self.release / tree / path / "index.html").read_text("utf-8")

    def pages(self, tree: str) -> dict[str, str]:
        """All HTML of a tree, by file."""
        return {n: c.decode() for n, c in self.files(tree).items() if n.endswith(".html")}

    def search(self, tree: str) -> dict[str, tuple[str, str]]:
        """Title and text of each entry of the search index, by its location."""
        index = json.loads(self.files(tree)["search/search_index.json"])
        return {
            entry["location"]: (unescape(entry["title"]), unescape(entry["text"]))
            for entry in index["docs"]
        }


def build_from(root: Path, out: Path, cache: Path) -> Built:
    """Build what stands below a root."""
    return build(load(root), Plan(out, cache), lambda _: None)


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def replace_in(path: Path, old: str, new: str) -> None:
    """Edit an authored file, as an author would."""
    text = path.read_text("utf-8")
    assert old in text, f"{path} has no '{old}'"
    path.write_text(text.replace(old, new), "utf-8")
