"""Whom a change touches: who must know a section, and who would have to learn it again."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

from domain.programmes import Requirement, RequirementKind

# A person, a programme, a requirement of it.
Key: TypeAlias = tuple[int, str, str]


@dataclass(frozen=True)
class Holding:
    """A section in the version on which somebody's latest completion of a requirement rests."""

    key: Key
    section: str
    version: str


@dataclass(frozen=True)
class Everybody:
    """What the portal knows of people on a day.

    `enrolled` are persons with their programmes, `valid` the requirements that
    somebody has met and that still count, `teams` the names of a person's teams.
    """

    enrolled: frozenset[tuple[int, str]]
    valid: Mapping[Key, Requirement]
    holdings: tuple[Holding, ...]
    teams: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True)
class TeamCount:
    """One team: how many of it a change touches, and how many would learn it again.

    An empty name stands for people without a team.
    """

    team: str
    people: int
    again: int


@dataclass(frozen=True)
class Touched:
    """Whom a change touches. `again` maps what would be done again to its minutes."""

    people: frozenset[int]
    again: Mapping[Key, int]
    teams: tuple[TeamCount, ...]

    @property
    def people_again(self) -> int:
        """How many people would have something to do again."""
        return len({person for person, _, _ in self.again})

    @property
    def minutes(self) -> int:
        """How long all of that would take them together."""
        return sum(self.again.values())

    @property
    def hours(self) -> int:
        """The same in hours, rounded up."""
        return ceil(self.minutes / 60)


def touched(
    required: Mapping[tuple[str, str], frozenset[str]],
    versions: Mapping[str, str | None],
    everybody: Everybody,
) -> Touched:
    """Whom a change to some sections touches.

    `required` names the sections behind each requirement (of a programme) that
    rests on them, `versions` their versions now (None: removed). Only who has
    met a requirement by older words would have to meet it again.
    """
    holdings = [each for each in everybody.holdings if each.section in versions]
    held: dict[Key, dict[str, str]] = defaultdict(dict)
    for each in holdings:
        held[each.key][each.section] = each.version
    again = {
        key: requirement.minutes
        for key, requirement in everybody.valid.items()
        if _is_older(_known_by(requirement, required.get(key[1:]), held.get(key, {})), versions)
    }
    programmes = {programme for programme, _ in required}
    people = frozenset(
        {person for person, programme in everybody.enrolled if programme in programmes}
        | {each.key[0] for each in holdings}
    )
    return Touched(people, again, _teams(people, again, everybody.teams))


def _known_by(
    requirement: Requirement, required: frozenset[str] | None, held: Mapping[str, str]
) -> dict[str, str | None]:
    """The sections that tell whether a completion is up to date, each as it was held."""
    known: dict[str, str | None] = dict(held)
    if requirement.kind is not RequirementKind.QUIZ:
        # A quiz proves what it asked; reading and practice are of all that is there now.
        for section in required or ():
            known.setdefault(section, None)
    return known


def _is_older(known: Mapping[str, str | None], versions: Mapping[str, str | None]) -> bool:
    return any(version != versions[section] for section, version in known.items())


def together(parts: Iterable[Touched], teams: Mapping[int, tuple[str, ...]]) -> Touched:
    """Whom several changes touch together; nobody and nothing is counted twice."""
    listed = tuple(parts)
    people = frozenset(person for each in listed for person in each.people)
    again = {key: minutes for each in listed for key, minutes in each.again.items()}
    return Touched(people, again, _teams(people, again, teams))


def _teams(
    people: Collection[int], again: Collection[Key], teams: Mapping[int, tuple[str, ...]]
) -> tuple[TeamCount, ...]:
    touched_in = Counter(_names(people, teams))
    again_in = Counter(_names({person for person, _, _ in again}, teams))
    # People without a team come last.
    names = sorted(touched_in, key=lambda name: (name == "", name.casefold(), name))
    return tuple(TeamCount(name, touched_in[name], again_in[name]) for name in names)


def _names(people: Collection[int], teams: Mapping[int, tuple[str, ...]]) -> Iterator[str]:
    for person in people:
        yield from teams.get(person, ("",))
