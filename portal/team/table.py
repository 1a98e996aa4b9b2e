"""A manager's table of people by requirements, as on a day. No disk, no database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from domain.programmes import Programme, Requirement
from domain.standing import Status
from portal.models import Person, TeamMembership
from portal.records import Duty

SOON = timedelta(days=30)
PAGE = 50
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

    @property
    def query(self) -> dict[str, Any]:
        """Those that are set, as addresses carry them."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def words(self) -> str:
        """The same for the audit trail."""
        return "".join(f", {name} {value}" for name, value in self.query.items())


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
    shown_people: int
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
    people: Sequence[Member],
    duties: Sequence[Duty],
    filters: Filters,
    on: date,
    page: int | None = None,
) -> TeamTable:
    """Sort where everybody stands into tables, counts and a list of what comes.

    The tables show one page of people, or all of them where no page is given.
    """
    latest = _latest(duties)
    counted = Counter(duty.standing.status for duty in latest)
    busy = {duty.enrolment.person_id for duty in latest}
    falling = _falling({member.person.id: member for member in people}, latest, on)
    rows = _rows(people, latest, filters)
    found = [member for member in people if any(member.person.id in each for each in rows.values())]
    return TeamTable(
        members=tuple(people),
        counts=tuple((status, counted[status]) for status in TOLD if counted[status]),
        due_soon=len(falling),
        tables=tuple(_tables(_page_of(found, page), rows)),
        shown_people=len(found),
        without=tuple(member for member in people if member.person.id not in busy),
        falling=falling,
    )


def _page_of(people: Sequence[Member], page: int | None) -> Sequence[Member]:
    return people if page is None else people[(page - 1) * PAGE : page * PAGE]


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


def _rows(
    people: Sequence[Member], duties: Iterable[Duty], filters: Filters
) -> dict[str, dict[int, list[Duty]]]:
    """The duties that the filters let through, by programme and person."""
    found: dict[str, dict[int, list[Duty]]] = {}
    wanted = {m.person.id for m in people if filters.person in {"", m.person.public_id}}
    for duty in duties:
        named = filters.requirement in {"", f"{duty.programme.slug}/{duty.requirement.id}"}
        if named and duty.enrolment.person_id in wanted:
            rows = found.setdefault(duty.programme.slug, {})
            rows.setdefault(duty.enrolment.person_id, []).append(duty)
    return {
        programme: {
            person: each
            for person, each in rows.items()
            if not filters.standing or any(d.standing.status == filters.standing for d in each)
        }
        for programme, rows in found.items()
    }


def _tables(
    people: Sequence[Member], rows: Mapping[str, Mapping[int, Sequence[Duty]]]
) -> Iterator[ProgrammeTable]:
    for _, by_person in sorted(rows.items()):
        shown = tuple(
            Row(member, tuple(by_person[member.person.id]))
            for member in people
            if member.person.id in by_person
        )
        if shown:
            first = shown[0].duties
            yield ProgrammeTable(
                first[0].programme, tuple(duty.requirement for duty in first), shown
            )
