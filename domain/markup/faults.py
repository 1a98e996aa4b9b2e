"""An author's mistakes inside Markdown: what the dialect does not have, and where."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from markdown_it.token import Token

from domain.markup.dialect import BOXES, SCHEMES
from domain.problems import probably_meant

_BOX_MARK: Final = re.compile(r"^:{3,}\s*(\S*)")
_SLUG_OF_FILE: Final = re.compile(r"(?:.*/)?([a-z0-9-]+)(?:\.md|\.html|/)?(#[a-z0-9-]+)?")


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake in a text. Its lines count from 1 at the start of the text.

    `hides` tells that what follows may not have been understood because of it.
    """

    line: int
    message: str
    hides: bool = False


@dataclass(frozen=True)
class Link:
    """Where a link of a text leads, and the line on which it stands."""

    target: str
    line: int


def find_links(tokens: Iterable[Token]) -> tuple[Link, ...]:
    """Every link with its line, in order."""
    return tuple(
        Link(str(child.attrGet("href")), line)
        for child, line in _children(tokens)
        if child.type == "link_open"
    )


def find_faults(
    tokens: Sequence[Token], lines: Sequence[str], env: Mapping[str, Any]
) -> tuple[Fault, ...]:
    """Every mistake, in the order of the lines, and one for each line and message."""
    found = [
        *_raw_html(tokens),
        *_images(tokens),
        *_bad_links(tokens),
        *_wordless_links(tokens),
        *_links_in_headings(tokens),
        *_definitions(env),
        *_blocks(tokens, lines),
        *_boxes(tokens, lines),
    ]
    return tuple(sorted(set(found)))


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _children(tokens: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    for token in tokens:
        line = _line(token)
        for child in token.children or []:
            yield child, line
            line += child.type in ("softbreak", "hardbreak")


def _raw_html(tokens: Iterable[Token]) -> Iterator[Fault]:
    blocks = [(each, _line(each)) for each in tokens if each.type == "html_block"]
    inline = [(each, line) for each, line in _children(tokens) if each.type == "html_inline"]
    for token, line in [*blocks, *inline]:
        if not token.content.lstrip().startswith("</"):
            start = token.content.strip().splitlines()[0][:40]
            message = f"raw HTML is not allowed: '{start}' (write it in Markdown)"
            yield Fault(line, message, hides=token.type == "html_block")


def _images(tokens: Iterable[Token]) -> Iterator[Fault]:
    for child, line in _children(tokens):
        if child.type == "image":
            yield Fault(line, f"images are not supported: '{child.attrGet('src')}'")


def _bad_links(tokens: Iterable[Token]) -> Iterator[Fault]:
    for link in find_links(tokens):
        scheme, colon, _ = link.target.partition(":")
        if colon and scheme in SCHEMES:
            continue
        meant = probably_meant(f"{scheme}:", [f"{each}:" for each in SCHEMES]) if colon else ""
        yield Fault(
            link.line,
            f"a link goes to '{link.target[:60]}', but links go to page:, ref:, https: or mailto:"
            f"{meant or _page_meant(link.target)}",
        )


def _page_meant(target: str) -> str:
    found = _SLUG_OF_FILE.fullmatch(target)
    return f" (did you mean 'page:{found[1]}{found[2] or ''}'?)" if found else ""


def _wordless_links(tokens: Iterable[Token]) -> Iterator[Fault]:
    opening: str | None = None
    text = ""
    for child, line in _children(tokens):
        if child.type == "link_open":
            opening, text = str(child.attrGet("href")), ""
        elif child.type == "link_close" and opening is not None and not text.strip():
            yield Fault(line, f"the link to '{opening[:60]}' has no words")
        text += child.content


def _links_in_headings(tokens: Sequence[Token]) -> Iterator[Fault]:
    for opening, inline in pairwise(tokens):
        children = inline.children or []
        if opening.type == "heading_open" and any(each.type == "link_open" for each in children):
            yield Fault(_line(inline), "a link stands in a heading: put it in the text below")


def _definitions(env: Mapping[str, Any]) -> Iterator[Fault]:
    definitions = [*env.get("references", {}).values(), *env.get("duplicate_refs", [])]
    for definition in definitions:
        yield Fault(
            definition["map"][0] + 1,
            "a link definition of its own is not supported: write the target with the link, "
            f"[words]({definition['href'][:60]})",
        )


def _blocks(tokens: Iterable[Token], lines: Sequence[str]) -> Iterator[Fault]:
    for token in tokens:
        if token.type == "fence" and not _is_closed_fence(token, lines):
            message = f"the code is not closed by '{token.markup}'"
            yield Fault(_line(token), message, hides=True)
        elif token.type == "inline" and token.map:
            yield from _stray_marks(token)


def _boxes(tokens: Iterable[Token], lines: Sequence[str]) -> Iterator[Fault]:
    around: list[Token] = []
    for token in tokens:
        if token.type == "container_box_close":
            around.pop()
        elif token.type == "container_box_open":
            # A box ends at the first ':::' below it, which was meant for the one inside.
            unclosed = around[-1] if around else None if _is_closed(token, lines) else token
            if unclosed is not None:
                message = f"the box '::: {unclosed.info.strip()}' is not closed by ':::'"
                yield Fault(_line(unclosed), message, hides=True)
            around.append(token)


def _is_closed(box: Token, lines: Sequence[str]) -> bool:
    end = box.map[1] if box.map else 0
    return end < len(lines) and lines[end].strip(" >").startswith(":::")


def _is_closed_fence(fence: Token, lines: Sequence[str]) -> bool:
    start, end = fence.map or (0, 0)
    return end - start > 1 and lines[end - 1].strip(" >").startswith(fence.markup)


def _stray_marks(token: Token) -> Iterator[Fault]:
    for offset, line in enumerate(token.content.split("\n")):
        found = _BOX_MARK.match(line)
        if found and found[1]:
            meant = probably_meant(found[1], BOXES)
            message = f"there is no box '{found[1]}': there are {', '.join(BOXES)}{meant}"
            yield Fault(_line(token) + offset, message)
