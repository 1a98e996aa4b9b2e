"""The dialect itself: which constructs there are, and how large a text may be."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin

SCHEMES: Final = ("page", "ref", "https", "http", "mailto")
BOXES: Final = ("note", "warning", "example")

# Parsing a paragraph can take time that grows with the square of its length,
# and what is nested takes a call within a call: bounded text bounds both.
LONGEST_TEXT: Final = 100_000
LONGEST_PARAGRAPH: Final = 5_000
DEEPEST_NESTING: Final = 12

_TASK = re.compile(r"\[ \]\s+")


class TooMuchText(ValueError):
    """Text larger or more deeply nested than the dialect allows, at `line` (from 1)."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}")


class _Unsuspecting(MarkdownIt):
    """A parser that lets in what the dialect has not, so that it is reported and not lost."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 the library's own name for this hook
        return True


def make_parser(*, unsuspecting: bool = False) -> MarkdownIt:
    """A parser of the dialect; an unsuspecting one is for finding mistakes, not for rendering."""
    kind = _Unsuspecting if unsuspecting else MarkdownIt
    parser = kind("commonmark", {"html": unsuspecting}).enable("table")
    if not unsuspecting:
        parser.disable("image")
    parser.use(deflist_plugin)
    parser.use(container_plugin, "box", validate=_names_a_box)
    parser.core.ruler.after("block", "limits", _refuse_too_much)
    parser.core.ruler.after("inline", "tasks", _mark_tasks)
    return parser


def check_length(text: str) -> None:
    """Raise TooMuchText for text that should not even be given to a parser."""
    if len(text) > LONGEST_TEXT:
        raise TooMuchText(1, f"this text is longer than {LONGEST_TEXT:,} characters")


def _names_a_box(params: str, _markup: str) -> bool:
    return params.split()[:1] in [[kind] for kind in BOXES]


def _refuse_too_much(state: StateCore) -> None:
    for token in state.tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.level > DEEPEST_NESTING:
            raise TooMuchText(line, "lists, quotations and boxes are nested too deeply")
        if token.type == "inline" and len(token.content) > LONGEST_PARAGRAPH:
            raise TooMuchText(line, f"a paragraph is longer than {LONGEST_PARAGRAPH:,} characters")


def _mark_tasks(state: StateCore) -> None:
    opening: Token | None = None
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if before.type == "list_item_open" and token.type == "paragraph_open":
            opening = before
        elif token.type == "inline" and opening is not None:
            _mark_task(opening, token)
            opening = None


def _mark_task(item: Token, inline: Token) -> None:
    children = inline.children or []
    found = _TASK.match(children[0].content) if children else None
    if found is None or children[0].type != "text":
        return
    children[0].content = children[0].content[found.end() :]
    item.attrSet("class", "task")
    children.insert(0, Token("task_box", "span", 0))
