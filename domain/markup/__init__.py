"""The one Markdown of site and portal: read for checks and versions, rendered to safe HTML.

The dialect is CommonMark with tables, task lists (`- [ ] step`), definition
lists and boxes (`::: note Title` … `:::`). It has no raw HTML, no attributes
and no images, and its links go to `page:`, `ref:`, `https:` and `mailto:`.
"""

from domain.markup.dialect import SCHEMES, TooMuchText
from domain.markup.faults import Fault, Link
from domain.markup.reading import (
    Heading,
    Reading,
    Segment,
    links,
    plain,
    read,
    version_of,
    words,
)
from domain.markup.rendering import Resolve, render, render_inline

__all__ = [
    "SCHEMES",
    "Fault",
    "Heading",
    "Link",
    "Reading",
    "Resolve",
    "Segment",
    "TooMuchText",
    "links",
    "plain",
    "read",
    "render",
    "render_inline",
    "version_of",
    "words",
]
