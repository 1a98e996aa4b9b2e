"""Mends the HTML that the theme draws, where it stands in the way of people or of the policy.

Each mend is looked for in every page. One that no longer finds its place stops
the build, because the theme has then changed and somebody must look.
"""

import re
from dataclasses import dataclass

from site_builder.failures import BuildFailed


@dataclass(frozen=True)
class Mend:
    """One change of the theme's HTML, and why it is made."""

    why: str
    find: re.Pattern[str]
    put: str


MENDS = (
    Mend(
        "a box to tick takes no autocomplete",
        re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off">'),
        r"\1>",
    ),
    Mend(
        "the switch of a drawer that this site does not have is no stop for anybody",
        re.compile(r'\n *<label class="md-overlay" for="__drawer"></label>'),
        "",
    ),
    Mend(
        "a dialog has a name",
        re.compile(r'(<div class="md-search" data-md-component="search") role="dialog">'),
        r'\1 role="dialog" aria-label="Search this site">',
    ),
    Mend(
        "two landmarks of one kind have different names",
        re.compile(r'<nav class="md-search__options" aria-label="Search">'),
        '<div class="md-search__options">',
    ),
    Mend(
        "what opened as a division closes as one",
        re.compile(r"(</button>\s*)</nav>(\s*</form>)"),
        r"\1</div>\2",
    ),
    Mend(
        "the button that clears the search can be reached",
        re.compile(r'(<button type="reset"[^>]*?) tabindex="-1">'),
        r"\1>",
    ),
)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_INDENTATION = re.compile(r"\n[ \t]+(?=<)")


def mend(html: str) -> str:
    """The frame of a page with every mend made."""
    for each in MENDS:
        html, count = each.find.subn(each.put, html)
        if not count:
            raise BuildFailed(f"the theme has changed: nothing found to mend so that {each.why}")
    return _INDENTATION.sub("\n", _BLANK_LINES.sub("\n", html))
