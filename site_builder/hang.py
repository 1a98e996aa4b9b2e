"""Hangs what authors wrote, and the furniture around it, into the frames of one tree."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from domain.pages import Page
from site_builder.addresses import FEED, NOT_FOUND, resolver
from site_builder.bodies import Bodies
from site_builder.documents import Document, document_of
from site_builder.failures import BuildFailed
from site_builder.feed import feed
from site_builder.frame import theme_licences
from site_builder.furniture import Furniture
from site_builder.mend import mend
from site_builder.search_index import PATH as SEARCH_INDEX
from site_builder.search_index import search_index
from site_builder.stage import PLACEHOLDER
from site_builder.trees import Tree

# Of the theme's files a tree takes these. Not: maps for developers, search in other languages.
_ASSETS = re.compile(
    r"assets/(?!.*(?:\.map|favicon\.png|palette\.\w+\.min\.css)$|javascripts/lunr/).+"
)
_ASSET = re.compile(r"assets/[\w./-]+")
_OURS = re.compile(r"assets/.*/site\.(?:css|js)")
_MAP = re.compile(rb"\s*(?://|/\*)# sourceMappingURL=\S+?(?:\s*\*/)?\s*$")
_HEADING = re.compile(r'<h(?P<level>[23]) id="(?P<anchor>[^"]+)">(?P<title>.*?)</h[23]>')
# Addresses in the page for what is not found, which the theme draws from the root of a host.
_ROOTED = re.compile(r'(href="|src="|URL\("|"base": "|"search": ")/')

Makers = Mapping[str, Callable[[str], str]]


@dataclass(frozen=True)
class Walls:
    """What one tree is hung from. `prefix` is where the tree will stand."""

    tree: Tree
    frames: Path
    bodies: Bodies
    furniture: Furniture
    title: str
    prefix: str


def hang(walls: Walls) -> Iterator[tuple[str, bytes]]:
    """Every file of the finished tree, by its path."""
    assets = _assets(walls.frames)
    names = {name: _fingerprinted(name, content) for name, content in assets.items()}
    for name, content in assets.items():
        yield names[name], content
    for path in sorted(walls.frames.rglob("*.html")):
        name = path.relative_to(walls.frames).as_posix()
        frame = path.read_text(encoding="utf-8")
        frame = _ASSET.sub(lambda found: names.get(found[0], found[0]), frame)
        yield name, _page(walls, name, frame).encode()
    yield "assets/licences.txt", theme_licences().encode()
    yield SEARCH_INDEX, search_index(walls.tree, walls.frames, walls.bodies)
    yield FEED, feed(walls.tree, walls.title)


def _assets(frames: Path) -> dict[str, bytes]:
    """Those of the theme's files, and of our own, that a tree takes."""
    paths = {path.relative_to(frames).as_posix(): path for path in sorted(frames.rglob("*.*"))}
    return {
        name: _MAP.sub(b"\n", path.read_bytes())
        for name, path in paths.items()
        if _ASSETS.fullmatch(name) and path.is_file()
    }


def _fingerprinted(name: str, content: bytes) -> str:
    """The name of one of our own files, with its content in it, as the theme names its own."""
    if not _OURS.fullmatch(name):
        return name
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:8]}.{suffix}"


def _page(walls: Walls, name: str, frame: str) -> str:
    if name == NOT_FOUND:
        frame = _ROOTED.sub(rf"\g<1>{walls.prefix}", frame)
    makers = _makers(walls, document_of(walls.tree, name, walls.prefix))
    # In one pass, so that nothing that is hung is ever taken for a placeholder.
    return PLACEHOLDER.sub(
        lambda found: _made(makers, found["what"], found["name"] or ""),
        _HEADING.sub(_with_link, mend(frame)),
    )


def _made(makers: Makers, what: str, name: str) -> str:
    if what not in makers:
        raise BuildFailed(f"a frame has the placeholder '{what}', for which nothing is made")
    return makers[what](name).strip()


def _makers(walls: Walls, document: Document) -> Makers:
    """What fills each kind of placeholder in one document."""
    made, place = walls.furniture, document.place
    makers: dict[str, Callable[[str], str]] = {
        "listing": lambda name: made.listing(name, place),
        "navigation": lambda _: made.navigation(document),
        "breadcrumbs": lambda _: made.breadcrumbs(document),
        "product": lambda _: made.product(place),
        "services": lambda _: made.services(place),
        "footer": lambda _: made.footer(place),
        "notfound": lambda _: made.not_found(place),
    }
    if document.page is not None:
        makers |= _page_makers(walls, document, document.page)
    return makers


def _page_makers(walls: Walls, document: Document, page: Page) -> Makers:
    resolve = resolver(walls.tree, document.place)
    made, place, html = walls.furniture, document.place, walls.bodies.html
    bodies = {section.id: section.body for section in page.sections}
    return {
        "lead": lambda _: made.lead(page, place, html(page.intro, resolve)),
        "body": lambda name: html(bodies[name], resolve),
        "foot": lambda _: made.foot(page, place),
        "open": lambda name: f'<section class="site-door" aria-labelledby="{name}">',
        "close": lambda _: "</section>",
    }


def _with_link(found: re.Match[str]) -> str:
    """A heading with its permanent link."""
    level, anchor, title = found["level"], found["anchor"], found["title"]
    name = title.replace('"', "&quot;")
    link = f'<a class="headerlink" href="#{anchor}" aria-label="Link to “{name}”">#</a>'
    return f'<h{level} id="{anchor}">{title} {link}</h{level}>'
