"""From Markdown to safe HTML: parsed without raw HTML, then cut down to a closed list."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from domain.markup.dialect import BOXES, check_length, make_parser

Resolve = Callable[[str], str | None]
"""From `page:slug#anchor` or `ref:slug` to an address; None when it is unknown."""

_ALIGNMENTS: Final = {f"text-align:{side}": f"align-{side}" for side in ("left", "center", "right")}

_CLEANER: Final = nh3.Cleaner(
    tags={
        *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote"),
        *("table", "thead", "tbody", "tr", "th", "td", "div", "span", "pre", "hr", "br"),
        *("a", "em", "strong", "code"),
    },
    clean_content_tags={"script", "style"},
    attributes={
        # Said outright, as the library otherwise lets titles and languages through.
        "*": set(),
        "a": {"href"},
        "ol": {"start"},
        "div": {"aria-label"},
    },
    tag_attribute_values={
        "th": {"scope": {"col"}},
        "div": {"role": {"group"}, "tabindex": {"0"}},
        "span": {"aria-hidden": {"true"}},
    },
    allowed_classes={
        "div": {"callout", "table-scroll", *(f"callout-{kind}" for kind in BOXES)},
        "p": {"callout-title"},
        "span": {"callout-kind", "task-box"},
        "li": {"task"},
        "th": set(_ALIGNMENTS.values()),
        "td": set(_ALIGNMENTS.values()),
    },
    url_schemes={"https", "http", "mailto"},
    link_rel=None,
)


def render(text: str, resolve: Resolve) -> str:
    """Safe HTML of a text. A link that leads nowhere known becomes its words.

    Raises TooMuchText for text beyond the limits of the dialect.
    """
    check_length(text)
    return _CLEANER.clean(_PARSER.render(text, {"resolve": resolve}))


def render_inline(text: str, resolve: Resolve) -> str:
    """Safe HTML of one paragraph's inside, to stand in a label or a table cell."""
    check_length(text)
    return _CLEANER.clean(_PARSER.renderInline(text.strip(), {"resolve": resolve}))


def _address(target: str, resolve: Resolve) -> str | None:
    scheme = target.partition(":")[0]
    if scheme in ("page", "ref"):
        return resolve(target)
    return target if scheme.lower() in ("https", "http", "mailto") and ":" in target else None


def _resolve_links(state: StateCore) -> None:
    for token in state.tokens:
        address: str | None = None
        for child in token.children or []:
            if child.type == "link_open":
                address = _address(str(child.attrGet("href")), state.env["resolve"])
                child.attrSet("href", address or "")
            if child.type in ("link_open", "link_close") and address is None:
                child.type, child.content = "text", ""


def _label_tables(state: StateCore) -> None:
    """Name each table after its columns: a narrow screen scrolls it in a frame with that name."""
    table: Token | None = None
    headings: list[str] = []
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if before.type == "table_open":
            table, headings = before, []
        elif before.type == "th_open":
            headings.append("".join(child.content for child in token.children or []))
        elif before.type == "thead_close" and table is not None:
            table.meta["label"] = ": ".join(
                filter(None, ("Table", ", ".join(filter(None, headings))))
            )


def _open_box(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    kind, _space, title = tokens[index].info.strip().partition(" ")
    # The kind stands there in words: colour is never the only sign.
    words = kind.capitalize()
    words = f"{words}:</span> {escapeHtml(title.strip())}" if title.strip() else f"{words}</span>"
    return (
        f'<div class="callout callout-{kind}">'
        f'<p class="callout-title"><span class="callout-kind">{words}</p>\n'
    )


def _close_box(*_: object) -> str:
    return "</div>\n"


def _open_table(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    label = escapeHtml(tokens[index].meta["label"])
    return f'<div class="table-scroll" role="group" aria-label="{label}" tabindex="0">\n<table>\n'


def _close_table(*_: object) -> str:
    return "</table></div>\n"


def _task_box(*_: object) -> str:
    return '<span class="task-box" aria-hidden="true"></span> '


def _open_cell(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    _env: EnvType,
) -> str:
    cell = tokens[index]
    # A style attribute would be refused by the Content-Security-Policy.
    alignment = _ALIGNMENTS.get(str(cell.attrs.pop("style", "")))
    if alignment:
        cell.attrSet("class", alignment)
    if cell.type == "th_open":
        cell.attrSet("scope", "col")
    return renderer.renderToken(tokens, index, options, _env)


def _make_renderer() -> MarkdownIt:
    parser = make_parser()
    parser.core.ruler.push("addresses", _resolve_links)
    parser.core.ruler.push("table_labels", _label_tables)
    for name, rule in _RULES.items():
        parser.add_render_rule(name, rule)
    return parser


_RULES: Final[Mapping[str, Callable[..., str]]] = {
    "container_box_open": _open_box,
    "container_box_close": _close_box,
    "table_open": _open_table,
    "table_close": _close_table,
    "th_open": _open_cell,
    "td_open": _open_cell,
    "task_box": _task_box,
}
_PARSER: Final = _make_renderer()
