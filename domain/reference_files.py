"""From `references.yaml` to references: statutes, rules and official publications."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.references import Reference
from domain.source import (
    EACH,
    Authored,
    Day,
    Naming,
    Parsed,
    Slug,
    Text,
    WebAddress,
    mentions_of,
    named_parts,
    read_yaml,
    validate,
)

_NAMED: Final = (((EACH, "checked_by"), Naming.ROLE, "the reference was checked by"),)


class ReferenceEntry(Authored):
    """What stands under a reference's slug."""

    title: Text
    url: WebAddress
    checked_on: Day
    checked_by: Slug


def parse_references(path: str, text: str) -> Parsed[Mapping[str, Reference]]:
    """References by slug, in the order of the file."""
    source, problems = read_yaml(path, text)
    if source is None:
        return Parsed(None, problems)
    parts, misfits = named_parts(source)
    problems += misfits
    references: dict[str, Reference] = {}
    for slug, part in parts.items():
        entry, misfits = validate(part, ReferenceEntry)
        problems += misfits
        if entry:
            references[slug] = Reference(slug=slug, line=part.line(), **entry.model_dump())
    return Parsed(
        None if problems else MappingProxyType(references),
        problems,
        mentions_of(source, _NAMED),
        offers=frozenset(parts) if isinstance(source.value, dict) else None,
    )
