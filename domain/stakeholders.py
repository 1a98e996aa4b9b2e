"""The authored half of the register: scheme, issues, objectives, groups, starter list.

Values only; `domain.stakeholder_files` turns authored files into them. Scores
are recorded in the database and never authored.
"""

from dataclasses import dataclass
from enum import StrEnum


class Attribute(StrEnum):
    """The five levels of paragraph 15 of the engagement framework."""

    SUPPORT = "support"
    INTEREST = "interest"
    INFLUENCE = "influence"
    IMPACT = "impact"
    IMPORTANCE = "importance"


@dataclass(frozen=True)
class Descriptor:
    """What one value (1 to 5) of an attribute means."""

    value: int
    label: str
    text: str


@dataclass(frozen=True)
class Scale:
    """One attribute with its question, its note and its five descriptors, 1 first."""

    attribute: Attribute
    question: str
    note: str
    descriptors: tuple[Descriptor, ...]


@dataclass(frozen=True)
class Scheme:
    """How organisations are scored: a version, and one scale an attribute."""

    version: str
    scales: tuple[Scale, ...]

    def scale(self, attribute: Attribute) -> Scale:
        """The scale of one attribute."""
        return next(each for each in self.scales if each.attribute is attribute)


@dataclass(frozen=True)
class Issue:
    """One of the five issues of paragraph 17."""

    slug: str
    title: str
    paragraph: str


@dataclass(frozen=True)
class Objective:
    """One of the six objectives of paragraph 9."""

    slug: str
    title: str
    paragraph: str


@dataclass(frozen=True)
class Group:
    """Organisations of one kind, and the topics of guidance that they follow."""

    slug: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class StarterOrganisation:
    """One organisation of the starter register, without scores."""

    slug: str
    name: str
    group: str
    jurisdiction: str
    website: str
    stake: str
    themes: tuple[str, ...]
    source: str
    line: int = 0


@dataclass(frozen=True)
class Engagement:
    """Everything that authors say of stakeholders."""

    scheme: Scheme
    issues: tuple[Issue, ...]
    objectives: tuple[Objective, ...]
    groups: tuple[Group, ...]
    organisations: tuple[StarterOrganisation, ...]
