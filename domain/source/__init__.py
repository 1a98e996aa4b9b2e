"""Authored text made into trees and models, with the line of everything in them.

YAML is read strictly: every value stays the text that was typed (`NO`, `1.10`,
dates), a key stands once, and there are no aliases, tags or tabs.
"""

from domain.source.mentions import (
    AuthoredText,
    Mention,
    Naming,
    Parsed,
    mentions_of,
    naming_of,
    texts_of,
)
from domain.source.parts import listed_parts, named_parts, repeated
from domain.source.schema import (
    Authored,
    Day,
    OptionalText,
    OptionalWebAddress,
    Slug,
    Stamp,
    Text,
    Truth,
    WebAddress,
    choice_of,
    is_slug,
    slug_of,
    whole_number,
)
from domain.source.table import read_csv
from domain.source.text import LARGEST_FILE, decode
from domain.source.tree import EACH, Location, Place, Source, read_yaml
from domain.source.validation import validate

__all__ = [
    "EACH",
    "LARGEST_FILE",
    "Authored",
    "AuthoredText",
    "Day",
    "Location",
    "Mention",
    "Naming",
    "OptionalText",
    "OptionalWebAddress",
    "Parsed",
    "Place",
    "Slug",
    "Source",
    "Stamp",
    "Text",
    "Truth",
    "WebAddress",
    "choice_of",
    "decode",
    "is_slug",
    "listed_parts",
    "mentions_of",
    "named_parts",
    "naming_of",
    "read_csv",
    "read_yaml",
    "repeated",
    "slug_of",
    "texts_of",
    "validate",
    "whole_number",
]
