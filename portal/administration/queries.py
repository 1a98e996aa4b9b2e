"""People, teams and enrolments, for those who keep them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.models import Enrolment, Person, Role, RoleGrant, Team, TeamMembership

PAGE = 25


@dataclass(frozen=True)
class PeoplePage:
    """Some people by name. `earlier` and `later` are ids to page on from; empty at an end."""

    people: tuple[Person, ...]
    earlier: str = ""
    later: str = ""


def people_page(
    session: Session, text: str = "", *, after: str = "", before: str = ""
) -> PeoplePage:
    """People whose name or address holds the text, by name: a page after or before somebody."""
    wanted = select(Person).where(_named(text)) if text else select(Person)
    mark = find_person(session, after or before)
    backwards = mark is not None and bool(before) and not after
    asked = _beside(wanted, mark, backwards=backwards).limit(PAGE + 1)
    found = list(session.scalars(asked))
    more, shown = len(found) > PAGE, found[:PAGE]
    if backwards:
        shown.reverse()
    if not shown:
        return PeoplePage(())
    return PeoplePage(
        tuple(shown),
        earlier=shown[0].public_id if (more if backwards else mark is not None) else "",
        later=shown[-1].public_id if (backwards or more) else "",
    )


def _named(text: str) -> ColumnElement[bool]:
    return or_(
        Person.name.icontains(text, autoescape=True), Person.email.icontains(text, autoescape=True)
    )


def _beside(wanted: Select[Person], mark: Person | None, *, backwards: bool) -> Select[Person]:
    name = func.lower(Person.name)
    if backwards:
        wanted = wanted.order_by(name.desc(), Person.id.desc())
    else:
        wanted = wanted.order_by(name, Person.id)
    if mark is None:
        return wanted
    theirs = select(func.lower(Person.name)).where(Person.id == mark.id).scalar_subquery()
    if backwards:
        return wanted.where(or_(name < theirs, and_(name == theirs, Person.id < mark.id)))
    return wanted.where(or_(name > theirs, and_(name == theirs, Person.id > mark.id)))


def find_person(session: Session, public_id: str, *, lock: bool = False) -> Person | None:
    """The person with this public id. With `lock`, other changes to them wait for this one.

    Rows that only refer to the person need not wait (`key_share`).
    """
    asked = select(Person).where(Person.public_id == public_id)
    # As the database has them after the wait, not as they were read before it.
    waiting = asked.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalar(waiting if lock else asked)


def find_person_by_email(session: Session, email: str) -> Person | None:
    """The person who signs in with this address."""
    return session.scalar(select(Person).where(Person.email == email))


def other_administrators(session: Session, person: Person) -> int:
    """How many others can administer. Two who take the right from each other wait in line."""
    held = session.scalars(
        select(RoleGrant)
        .join(Person)
        .where(RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.revoked_at.is_(None), Person.active)
        .order_by(RoleGrant.id)
        # All of them in one order, the person's own too: two who lock each other would never end.
        .with_for_update(key_share=True, of=RoleGrant)
    )
    return sum(grant.person_id != person.id for grant in held)


def active_mentors(session: Session) -> Sequence[Person]:
    """Those who can be somebody's mentor, by name."""
    return session.scalars(
        select(Person)
        .join(RoleGrant)
        .where(RoleGrant.role == Role.MENTOR, RoleGrant.revoked_at.is_(None), Person.active)
        .order_by(func.lower(Person.name), Person.id)
    ).all()


def learners_of(session: Session, mentor: Person) -> Sequence[Person]:
    """The active people whose mentor this is, by name."""
    return session.scalars(
        select(Person)
        .where(Person.mentor_id == mentor.id, Person.active)
        .order_by(func.lower(Person.name), Person.id)
    ).all()


def find_mentor(session: Session, person: Person) -> Person | None:
    """Somebody's mentor, if one is named."""
    return session.get(Person, person.mentor_id) if person.mentor_id else None


def teams(session: Session) -> Sequence[Team]:
    """Every team, by name."""
    return session.scalars(select(Team).order_by(func.lower(Team.name), Team.id)).all()


def sizes_of_teams(session: Session, on: date) -> dict[int, int]:
    """How many people are in each team on a day, managers included."""
    rows = session.execute(
        select(TeamMembership.team_id, func.count(TeamMembership.person_id.distinct()))
        .where(TeamMembership.starts_on <= on, _not_ended(on))
        .group_by(TeamMembership.team_id)
    )
    return {row[0]: row[1] for row in rows}


def find_team(session: Session, public_id: str, *, lock: bool = False) -> Team | None:
    """The team with this public id. With `lock`, other changes to it wait for this one."""
    asked = select(Team).where(Team.public_id == public_id)
    return session.scalar(asked.with_for_update(key_share=True) if lock else asked)


def is_team_name_taken(session: Session, name: str) -> bool:
    """Whether a team has this name, in whatever capitals."""
    same = func.lower(Team.name) == func.lower(name)
    return session.scalar(select(Team.id).where(same)) is not None


def memberships_of_team(session: Session, team: Team, on: date) -> Sequence[TeamMembership]:
    """Who is in a team on a day or will be: managers first, then by name."""
    return session.scalars(
        select(TeamMembership)
        .join(Person, Person.id == TeamMembership.person_id)
        .options(joinedload(TeamMembership.person))
        .where(TeamMembership.team_id == team.id, _not_ended(on))
        .order_by(TeamMembership.role, func.lower(Person.name), TeamMembership.id)
    ).all()


def memberships_of_person(session: Session, person: Person) -> Sequence[TeamMembership]:
    """Every team that somebody is or was in, latest first."""
    return session.scalars(
        select(TeamMembership)
        .options(joinedload(TeamMembership.team))
        .where(TeamMembership.person_id == person.id)
        .order_by(TeamMembership.starts_on.desc(), TeamMembership.id.desc())
    ).all()


def find_membership(session: Session, team: Team, membership_id: int) -> TeamMembership | None:
    """One membership of this team; one of another team is not found."""
    return session.scalar(
        select(TeamMembership)
        .where(TeamMembership.id == membership_id, TeamMembership.team_id == team.id)
        .options(joinedload(TeamMembership.person))
    )


def find_overlapping_membership(
    session: Session, team: Team, person: Person, role: str, starts_on: date
) -> TeamMembership | None:
    """A membership in the same role that has not ended by a day."""
    return session.scalars(
        select(TeamMembership).where(
            TeamMembership.team_id == team.id,
            TeamMembership.person_id == person.id,
            TeamMembership.role == role,
            _not_ended(starts_on),
        )
    ).first()


def _not_ended(on: date) -> ColumnElement[bool]:
    return or_(TeamMembership.ends_on.is_(None), TeamMembership.ends_on > on)


def enrolments_of(session: Session, person: Person) -> Sequence[Enrolment]:
    """Every programme that somebody is or was on, latest first."""
    return session.scalars(
        select(Enrolment)
        .where(Enrolment.person_id == person.id)
        .order_by(Enrolment.starts_on.desc(), Enrolment.id.desc())
    ).all()


def find_enrolment(session: Session, public_id: str) -> Enrolment | None:
    """The enrolment with this public id."""
    return session.scalar(
        select(Enrolment)
        .where(Enrolment.public_id == public_id)
        .options(joinedload(Enrolment.person))
    )


def find_running_enrolment(
    session: Session, person: Person, programme: str, starts_on: date
) -> Enrolment | None:
    """An enrolment on the programme that has not ended by a day."""
    return session.scalars(
        select(Enrolment).where(
            Enrolment.person_id == person.id,
            Enrolment.programme == programme,
            or_(Enrolment.ends_on.is_(None), Enrolment.ends_on > starts_on),
        )
    ).first()
