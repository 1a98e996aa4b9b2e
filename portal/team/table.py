"""A manager's table of people by requirements, as on a day. No disk, no database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.programmes import Programme, Requirement
from domain.standing import Status
from portal.models import Person, TeamMembership
from portal.records import Duty

SOON = timedelta(days=30)
# Worst first: what the head counts, if there are any.
TOLD = (Status.OVERDUE, Status.EXPIRED, Status.OUTDATED, Status.AWAITING_SIGN_OFF)
_UNDONE = frozenset({Status.NOT_YET_DUE, Status.IN_PROGRESS, Status.AWAITING_SIGN_OFF})


@dataclass(frozen=True)
class Filters:
    """What of the table to show; an empty word shows all.

    `requirement` is `programme/requirement`, `person` a public id.
    """

    requirement: str = ""
    standing: str = ""
    person: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody in the manager's teams, with the names of these teams."""

    person: Person
    teams: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One person in the table of one programme, with a duty a column."""

    member: Member
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class ProgrammeTable:
    """Everybody on one programme."""

    programme: Programme
    requirements: tuple[Requirement, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Falling:
    """A duty that is due, or lapses, in the days to come."""

    member: Member
    duty: Duty
    by: date


@dataclass(frozen=True)
class TeamTable:
    """The whole page. The counts are of everybody, whatever the filters show."""

    members: tuple[Member, ...]
    counts: tuple[tuple[Status, int], ...]
    due_soon: int
    tables: tuple[ProgrammeTable, ...]
    without: tuple[Member, ...]
    falling: tuple[Falling, ...]

    @property
    def shown(self) -> Iterator[tuple[Member, Duty]]:
        """Each person with each duty that the filters let through, as the tables show them."""
        for table in self.tables:
            for row in table.rows:
                for duty in row.duties:
                    yield row.member, duty


def members(memberships: Iterable[TeamMembership]) -> tuple[Member, ...]:
    """Each person once, with every team that they are in, in the order given."""
    people: dict[int, Person] = {}
    teams: dict[int, list[str]] = {}
    for each in memberships:
        people[each.person_id] = each.person
        teams.setdefault(each.person_id, []).append(each.team.name)
    return tuple(Member(person, tuple(sorted(teams[id_]))) for id_, person in people.items())


def team_table(
    people: Sequence[Member], duties: Sequence[Duty], filters: Filters, on: date
) -> TeamTable:
    """Sort where everybody stands into tables, counts and a list of what comes."""
    by_id = {member.person.id: member for member in people}
    latest = _latest(duties)
    counted = Counter(duty.standing.status for duty in latest)
    falling = _falling(by_id, latest, on)
    busy = {duty.enrolment.person_id for duty in latest}
    return TeamTable(
        members=tuple(people),
        counts=tuple((status, counted[status]) for status in TOLD if counted[status]),
        due_soon=len(falling),
        tables=tuple(_tables(people, latest, filters)),
        without=tuple(member for member in people if member.person.id not in busy),
        falling=falling,
    )


def _latest(duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """One duty a person and requirement: that of the enrolment that started last."""
    found = {(d.enrolment.person_id, d.programme.slug, d.requirement.id): d for d in duties}
    return tuple(found.values())


def _falling(people: Mapping[int, Member], duties: Iterable[Duty], on: date) -> tuple[Falling, ...]:
    found = []
    for duty in duties:
        where = duty.standing
        by = where.due_on if where.status in _UNDONE else where.valid_to
        if by is not None and on <= by <= on + SOON:
            found.append(Falling(people[duty.enrolment.person_id], duty, by))
    return tuple(sorted(found, key=lambda f: (f.by, f.member.person.name, f.member.person.id)))


def _tables(
    people: Sequence[Member], duties: Iterable[Duty], filters: Filters
) -> Iterator[ProgrammeTable]:
    by_programme: dict[str, dict[int, list[Duty]]] = {}
    for duty in duties:
        if filters.requirement in {"", f"{duty.programme.slug}/{duty.requirement.id}"}:
            rows = by_programme.setdefault(duty.programme.slug, {})
            rows.setdefault(duty.enrolment.person_id, []).append(duty)
    for _, rows in sorted(by_programme.items()):
        shown = tuple(
            Row(member, tuple(rows[member.person.id]))
            for member in people
            if _passes(member, rows.get(member.person.id, []), filters)
        )
        if shown:
            first = shown[0].duties
            asked = tuple(duty.requirement for duty in first)
            yield ProgrammeTable(first[0].programme, asked, shown)


def _passes(member: Member, duties: Sequence[Duty], filters: Filters) -> bool:
    if not duties or filters.person not in {"", member.person.public_id}:
        return False
    return not filters.standing or any(d.standing.status == filters.standing for d in duties)
