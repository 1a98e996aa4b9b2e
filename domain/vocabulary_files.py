"""From small YAML files to the words that the others use: roles, topics, bank holidays."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from domain.source import (
    Authored,
    Day,
    Parsed,
    Source,
    Text,
    listed_parts,
    named_parts,
    read_yaml,
    repeated,
    validate,
)


class Title(Authored):
    """One slug with what people call it."""

    title: Text


class BankHoliday(Authored):
    """A day on which nobody works."""

    date: Day
    name: Text


def parse_titles(path: str, text: str) -> Parsed[Mapping[str, str]]:
    """Titles by slug, in the order of the file."""
    source, problems = read_yaml(path, text)
    if source is None:
        return Parsed(None, problems)
    parts, misfits = named_parts(source)
    problems += misfits
    titles: dict[str, str] = {}
    for slug, part in parts.items():
        title, misfits = validate(_titled(part), Title)
        problems += misfits
        if title:
            titles[slug] = title.title
    value = None if problems else MappingProxyType(titles)
    return Parsed(
        value, problems, offers=frozenset(parts) if isinstance(source.value, dict) else None
    )


def parse_bank_holidays(path: str, text: str) -> Parsed[frozenset[date]]:
    """The dates of a list of bank holidays."""
    source, problems = read_yaml(path, text)
    if source is None:
        return Parsed(None, problems)
    parts, misfits = listed_parts(source)
    checked = [validate(part, BankHoliday) for part in parts]
    problems += misfits + tuple(each for _, misfits in checked for each in misfits)
    problems += tuple(repeated(parts, "date", "the date"))
    days = frozenset(holiday.date for holiday, _ in checked if holiday)
    return Parsed(None if problems else days, problems)


def _titled(part: Source) -> Source:
    return Source(part.path, {"title": part.value}, part.places, part.at)
