"""Markdown becomes HTML of a closed list, whatever it is given, and in bounded time."""

import time
from contextlib import suppress
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.markup import TooMuchText, plain, read, render, render_inline

ALLOWED = {
    "a": {"href"},
    "ol": {"start"},
    "li": {"class"},
    "p": {"class"},
    "th": {"class", "scope"},
    "td": {"class"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "span": {"class", "aria-hidden"},
}
BARE = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "dl", "dt", "dd", "blockquote", "pre", "hr", "br"),
    *("table", "thead", "tbody", "tr", "em", "strong", "code"),
}
PIECES = (
    *("# ", "\n", "\n\n", "::: note ", "::: warning <b>", ":::", "- ", "- [ ] ", "1. ", "> ", "|"),
    *("|-|", "*", "**", "`", "```", "[", "](", ")", "<", ">", '"', "'", "javascript:", "data:"),
    *("page:x", "ref:y", "https://", "mailto:", "//a.b", "<script>", " onclick=", "<img src=x>"),
    *("&lt;", "&#x6a;", "\\", "\t", ": ", "{#a}", "a", "é", "\u202e", "\0", "!", "style=", "\r"),
)


class Elements(HTMLParser):
    """Every start tag of a piece of HTML with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def address(target: str) -> str | None:
    return {"page:leave": "../leave/", "ref:act": "https://www.legislation.gov.uk/"}.get(target)


def assert_closed(html: str) -> None:
    """Fail on any element, attribute or address that is not on the list."""
    for tag, attributes in Elements(html).found:
        assert tag in ALLOWED or tag in BARE, html
        assert set(attributes) <= ALLOWED.get(tag, set()), html
        href = attributes.get("href")
        if href is not None:
            assert href == "../leave/" or href.startswith(("https:", "http:", "mailto:")), html


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_written_stays_within_the_closed_list(text: str) -> None:
    try:
        html = render(text, address)
    except TooMuchText:
        return
    assert_closed(html)
    assert_closed(render_inline(text, address))


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_read_and_rendered(text: str) -> None:
    read(text)
    plain(text)
    assert_closed(render(text, address))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#x0A;script:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "[x](//evil.example)",
        "[x](/administration/)",
        "<javascript:alert(1)>",
        "::: note <img src=x onerror=alert(1)>\nx\n:::",
        '| a" onclick="alert(1) |\n|---|\n| x |',
        "a{onclick=alert(1)}",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_an_attack_comes_out_as_text(text: str) -> None:
    for html in (render(text, address), render_inline(text, address)):
        assert_closed(html)
        assert [tag for tag, attributes in Elements(html).found if "href" in attributes] == []


def test_a_link_keeps_no_attribute_but_its_address() -> None:
    html = render('[x](https://a.example "onclick=alert(1)")', address)

    assert html == '<p><a href="https://a.example">x</a></p>\n'


def test_an_image_of_another_site_is_never_loaded() -> None:
    html = render("![x](https://a.example/pixel.gif)", address)

    assert html == '<p>!<a href="https://a.example/pixel.gif">x</a></p>\n'


def test_links_lead_to_what_is_known_and_otherwise_stay_words() -> None:
    html = render("[a](page:leave) [b](ref:act) [c](page:gone) [d](other.md)", address)

    assert html == (
        '<p><a href="../leave/">a</a> <a href="https://www.legislation.gov.uk/">b</a> c d</p>\n'
    )


def test_web_and_mail_addresses_are_kept() -> None:
    html = render("<https://www.gov.uk/x?a=b&c=d> [mail](mailto:a@b.example)", address)

    assert 'href="https://www.gov.uk/x?a=b&amp;c=d"' in html
    assert 'href="mailto:a@b.example"' in html


def test_a_table_has_header_cells_classes_and_a_named_frame_to_scroll_in() -> None:
    html = render("| Step | Days |\n|:-----|-----:|\n| Ask | 5 |", address)

    assert (
        '<div class="table-scroll" role="group" aria-label="Table: Step, Days" tabindex="0">'
        in html
    )
    assert '<th class="align-left" scope="col">Step</th>' in html
    assert '<td class="align-right">5</td>' in html
    assert "style" not in html


def test_a_task_has_a_box_to_tick_on_paper_and_no_field() -> None:
    html = render("- [ ] Ask\n- Answer", address)

    assert '<li class="task"><span class="task-box" aria-hidden="true"></span> Ask</li>' in html
    assert "<li>Answer</li>" in html


def test_square_brackets_inside_an_item_are_no_task() -> None:
    assert "task" not in render("- Tick [ ] here\n\n[ ] nor here", address)


def test_a_box_says_its_kind_in_words() -> None:
    html = render("::: warning Read <this>\nNow.\n:::\n\n::: note\nPlain.\n:::", address)

    assert (
        '<div class="callout callout-warning"><p class="callout-title">'
        '<span class="callout-kind">Warning:</span> Read &lt;this&gt;</p>\n<p>Now.</p>\n</div>'
    ) in html
    assert '<span class="callout-kind">Note</span></p>' in html


def test_definition_lists_quotations_and_code_are_rendered() -> None:
    html = render("Term\n: Meaning\n\n> Said\n\n`code`\n\n3. third", address)

    for piece in ("<dt>Term</dt>", "<dd>Meaning</dd>", "<blockquote>", "<code>code</code>"):
        assert piece in html
    assert '<ol start="3">' in html


def test_inline_text_has_no_paragraph_around_it() -> None:
    assert render_inline("Ask *now*.\n", address) == "Ask <em>now</em>."


def test_plain_text_has_no_markup_and_one_line() -> None:
    text = (
        "## Title {#t}\n\nSome *words*,\nand [a link](page:x).\n\n- one\n\n::: note Mind\n`c`\n:::"
    )

    assert plain(text) == "Title Some words, and a link. one Mind c"


HOSTILE = {
    "brackets": "[" * 2_000,
    "images": "![a](" * 3_000,
    "many-images": ("![a](" * 900 + "\n\n") * 20,
    "many-brackets": ("[" * 4_900 + "\n\n") * 20,
    "quotations": ">" * 5_000,
    "lists": "".join(" " * 2 * depth + "- a\n" for depth in range(300)),
    "emphasis": "*_" * 2_400,
    "table": "|a" * 2_400 + "|\n" + "|-" * 2_400 + "|\n" + "|x\n" * 4_000,
    "boxes": "::: note\n" * 10_000,
    "definitions": "[a]: b\n" * 14_000,
    "rows": "|a|b|\n|-|-|\n" + "|x|y|\n" * 15_000,
    "one-word": "a" * 2_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_answered_fast(text: str) -> None:
    started = time.process_time()
    read(text)
    with suppress(TooMuchText):
        render(text, address)
    # Measured at about a second; without the limits a RecursionError, or minutes.
    assert time.process_time() - started < 10


@pytest.mark.parametrize("text", ["a " * 2_501, ">" * 20 + "a", "a\n\n" * 40_000])
def test_text_beyond_the_limits_is_refused_and_reported(text: str) -> None:
    with pytest.raises(TooMuchText, match="line 1:"):
        render(text, address)

    reading = read(text)

    assert len(reading.faults) == 1
    assert reading.segments == ()
