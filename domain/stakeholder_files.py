"""From YAML and CSV files to the authored half of the register of stakeholders."""

import re
from collections.abc import Callable, Iterator
from typing import Annotated, Final, TypeVar

from domain.problems import Problem
from domain.source import (
    EACH,
    Authored,
    Mention,
    Naming,
    OptionalText,
    OptionalWebAddress,
    Parsed,
    Slug,
    Source,
    Text,
    choice_of,
    listed_parts,
    mentions_of,
    read_csv,
    read_yaml,
    repeated,
    validate,
    whole_number,
)
from domain.stakeholders import (
    Attribute,
    Descriptor,
    Group,
    Issue,
    Objective,
    Scale,
    Scheme,
    StarterOrganisation,
)

# Paragraph 14 of the framework: a stakeholder is an organisation outside the
# Ministry. These are the Ministry, its executive agencies and their parts.
PARTS_OF_THE_MINISTRY: Final = (
    "Ministry of Justice",
    "MoJ",
    "HM Prison and Probation Service",
    "HMPPS",
    "HM Prison Service",
    "National Probation Service",
    "Youth Custody Service",
    "Mental Health Casework Section",
    "MHCS",
    "HM Courts and Tribunals Service",
    "HMCTS",
    "Legal Aid Agency",
    "Office of the Public Guardian",
    "Criminal Injuries Compensation Authority",
)

_MINISTRY: Final = re.compile(
    rf"\b({'|'.join(re.escape(each) for each in PARTS_OF_THE_MINISTRY)})\b", re.IGNORECASE
)
_GROUP_TOPICS: Final = (((EACH, "topics", EACH), Naming.TOPIC, "the group follows"),)
_GROUPED: Final = (((EACH, "group"), Naming.GROUP, "the organisation belongs to"),)

Entry = TypeVar("Entry", bound=Authored)
Value = TypeVar("Value")


class DescriptorEntry(Authored):
    """What one value of an attribute means."""

    value: Annotated[int, whole_number(1, 5)]
    label: Text
    text: Text


class ScaleEntry(Authored):
    """One attribute with its five descriptors."""

    attribute: Annotated[Attribute, choice_of(Attribute)]
    question: Text
    note: OptionalText = ""
    descriptors: tuple[DescriptorEntry, ...]


class SchemeFile(Authored):
    """A whole scheme; its scales are looked at one by one."""

    version: Text
    scales: object


class ParagraphEntry(Authored):
    """An issue or an objective, and the paragraph that it stands in."""

    slug: Slug
    title: Text
    paragraph: Text


class GroupEntry(Authored):
    """Organisations of one kind, and the topics that they follow."""

    slug: Slug
    title: Text
    topics: tuple[Slug, ...]


class RegisterRow(Authored):
    """One organisation of the starter register."""

    slug: Slug
    name: Text
    group: Slug
    jurisdiction: Text
    website: OptionalWebAddress
    stake: Text
    themes: OptionalText
    source: Text


def parse_scheme(path: str, text: str) -> Parsed[Scheme]:
    """The scoring scheme: one scale for each attribute, with descriptors from 1 to 5."""
    source, problems = read_yaml(path, text)
    if source is None:
        return Parsed(None, problems)
    head, misfits = validate(source, SchemeFile)
    parts, none_listed = listed_parts(source, "scales")
    problems += misfits + none_listed + tuple(repeated(parts, "attribute", "the scale of"))
    entries = [(part, *validate(part, ScaleEntry)) for part in parts]
    for part, entry, misfits in entries:
        problems += misfits + (tuple(_descriptor_mistakes(part, entry)) if entry else ())
    problems += tuple(_missing_scales(source, parts)) if parts else ()
    if problems or head is None:
        return Parsed(None, problems)
    scales = tuple(_scale(entry) for _, entry, _ in entries if entry)
    return Parsed(Scheme(head.version, scales))


def parse_issues(path: str, text: str) -> Parsed[tuple[Issue, ...]]:
    """The issues, in the order of the file."""
    return _parse_list(path, text, ParagraphEntry, lambda each: Issue(**each.model_dump()))


def parse_objectives(path: str, text: str) -> Parsed[tuple[Objective, ...]]:
    """The objectives, in the order of the file."""
    return _parse_list(path, text, ParagraphEntry, lambda each: Objective(**each.model_dump()))


def parse_groups(path: str, text: str) -> Parsed[tuple[Group, ...]]:
    """The groups, in the order of the file."""
    return _parse_list(path, text, GroupEntry, lambda each: Group(**each.model_dump()))


def parse_register(path: str, text: str) -> Parsed[tuple[StarterOrganisation, ...]]:
    """The organisations of the starter register, in the order of the file."""
    source, problems = read_csv(path, text, tuple(RegisterRow.model_fields))
    if source is None:
        return Parsed(None, problems)
    parts, none_listed = listed_parts(source)
    problems += none_listed + tuple(repeated(parts, "slug", "the slug"))
    problems += tuple(repeated(parts, "name", "the organisation"))
    organisations = []
    for part in parts:
        row, misfits = validate(part, RegisterRow)
        problems += misfits + tuple(_ministry_mistakes(part))
        organisations += [_organisation(part, row)] if row else []
    mentions = mentions_of(source, _GROUPED) + tuple(_theme_mentions(source))
    return Parsed(None if problems else tuple(organisations), problems, mentions)


def _parse_list(
    path: str, text: str, model: type[Entry], make: Callable[[Entry], Value]
) -> Parsed[tuple[Value, ...]]:
    source, problems = read_yaml(path, text)
    if source is None:
        return Parsed(None, problems)
    parts, none_listed = listed_parts(source)
    problems += none_listed + tuple(repeated(parts, "slug", "the slug"))
    values = []
    for part in parts:
        entry, misfits = validate(part, model)
        problems += misfits
        values += [make(entry)] if entry else []
    return Parsed(
        None if problems else tuple(values),
        problems,
        mentions_of(source, _GROUP_TOPICS),
        offers=frozenset(typed.strip() for typed, _ in source.find(EACH, "slug"))
        if parts
        else None,
    )


def _descriptor_mistakes(part: Source, entry: ScaleEntry) -> Iterator[Problem]:
    values = [each.value for each in entry.descriptors]
    if values != [1, 2, 3, 4, 5]:
        listed = ", ".join(str(each) for each in values) or "none"
        message = f"the descriptors of '{entry.attribute}' must be 1, 2, 3, 4, 5, but are {listed}"
        yield part.problem(message, "descriptors")


def _missing_scales(source: Source, parts: tuple[Source, ...]) -> Iterator[Problem]:
    given = {typed.strip() for part in parts for typed, _ in part.find("attribute")}
    for attribute in Attribute:
        # A wrongly spelt or repeated attribute is one mistake, not that and a missing one.
        if attribute not in given and given <= set(Attribute) and len(given) == len(parts):
            yield source.problem(f"there is no scale for '{attribute}'", "scales")


def _scale(entry: ScaleEntry) -> Scale:
    descriptors = tuple(Descriptor(**each.model_dump()) for each in entry.descriptors)
    return Scale(entry.attribute, entry.question, entry.note, descriptors)


def _ministry_mistakes(part: Source) -> Iterator[Problem]:
    for name, _ in part.find("name"):
        spelt = re.sub(r"\bH(is|er) Majesty['’]s\b", "HM", name.replace("&", "and"), flags=re.I)
        found = _MINISTRY.search(spelt)
        if found:
            yield part.problem(
                f"'{name}' belongs to the Ministry of Justice ({found[0]}): "
                "a stakeholder is an organisation outside it (framework, paragraph 14)"
            )


def _theme_mentions(source: Source) -> Iterator[Mention]:
    for typed, location in source.find(EACH, "themes"):
        for theme in _themes(typed):
            line = source.line(*location)
            yield Mention(Naming.ISSUE, theme, source.path, line, "the themes name")


def _themes(typed: str) -> tuple[str, ...]:
    return tuple(theme.strip() for theme in typed.split(";") if theme.strip())


def _organisation(part: Source, row: RegisterRow) -> StarterOrganisation:
    given = row.model_dump(exclude={"themes"})
    return StarterOrganisation(themes=_themes(row.themes), line=part.line(), **given)
