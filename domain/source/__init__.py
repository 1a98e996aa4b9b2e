"""Authored text made into trees and models, with the line of everything in them.

YAML is read strictly: every value stays the text that was typed (`NO`, `1.10`,
dates), a key stands once, and there are no aliases, tags or tabs.
"""

from domain.source.mentions import AuthoredText, Mention, Naming, Parsed, mentions_of, texts_of
from domain.source.schema import (
    Authored,
    Day,
    OptionalText,
    Slug,
    Stamp,
    Text,
    Truth,
    WebAddress,
    choice_of,
    whole_number,
)
from domain.source.text import decode
from domain.source.tree import EACH, Location, Place, Source, read_yaml
from domain.source.validation import validate

__all__ = [
    "EACH",
    "Authored",
    "AuthoredText",
    "Day",
    "Location",
    "Mention",
    "Naming",
    "OptionalText",
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
    "mentions_of",
    "read_yaml",
    "texts_of",
    "validate",
    "whole_number",
]
