"""Every SELECT of publishing: what is live, what went before, and whom it touches."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from domain.library import Library
from domain.standing import COMPLETES, Meaning, Status
from portal.models import (
    ChainHead,
    Enrolment,
    Organisation,
    Person,
    Publication,
    PublishedSection,
    Team,
    TeamMembership,
    TrainingEvent,
    TrainingEventSection,
)
from portal.publishing.changes import LiveSection
from portal.publishing.people import Everybody, Holding, Key
from portal.records import running_on, standings_of

_COUNTS_STILL = frozenset({Status.CURRENT, Status.EXPIRING})


def take_turns(session: Session) -> None:
    """Wait until no other request is adding evidence, so that one publishes after the other."""
    session.execute(select(ChainHead.id).with_for_update())


def find_last_publication(session: Session) -> Publication | None:
    """The newest publication, if there was any."""
    return session.scalars(
        select(Publication).order_by(Publication.id.desc()).limit(1)
    ).one_or_none()


def publications(session: Session, *, most: int = 100) -> tuple[tuple[Publication, int], ...]:
    """The newest publications, each with its number of sections, newest first."""
    counted = (
        select(Publication, func.count(PublishedSection.id))
        .outerjoin(PublishedSection)
        .group_by(Publication.id)
        .options(joinedload(Publication.publisher))
        .order_by(Publication.id.desc())
        .limit(most)
    )
    return tuple((each, count) for each, count in session.execute(counted))


def find_publication(session: Session, public_id: str) -> Publication | None:
    """One publication with its sections."""
    return session.scalars(
        select(Publication)
        .where(Publication.public_id == public_id)
        .options(joinedload(Publication.publisher), selectinload(Publication.sections))
    ).one_or_none()


def bodies_before(session: Session, publication: Publication) -> dict[str, str]:
    """What each section of a publication said before, by its id; new ones are left out."""
    this, earlier = aliased(PublishedSection), aliased(PublishedSection)
    newest = (
        select(func.max(earlier.id))
        .join(this, this.section == earlier.section)
        .where(this.publication_id == publication.id, earlier.publication_id < publication.id)
        .group_by(earlier.section)
    )
    rows = session.scalars(
        select(PublishedSection)
        .where(
            PublishedSection.id.in_(newest),
            PublishedSection.meaning != Meaning.WITHDRAWN,
        )
        .order_by(PublishedSection.section)
    )
    return {each.section: each.body for each in rows}


def live_sections(session: Session) -> dict[str, LiveSection]:
    """Every section that is live by the publications, in the words last published."""
    newest = select(func.max(PublishedSection.id)).group_by(PublishedSection.section)
    rows = session.scalars(
        select(PublishedSection)
        .where(
            PublishedSection.id.in_(newest),
            PublishedSection.meaning != Meaning.WITHDRAWN,
        )
        .order_by(PublishedSection.section)
    )
    return {
        each.section: LiveSection(each.section, each.version, each.title, each.body)
        for each in rows
    }


def everybody(session: Session, library: Library, sections: Collection[str], on: date) -> Everybody:
    """What is known on a day of people who are active, as far as it concerns some sections."""
    enrolments = session.scalars(
        select(Enrolment)
        .join(Person)
        .where(Person.active, running_on(on))
        .order_by(Enrolment.starts_on, Enrolment.id)
    ).all()
    duties = standings_of(session, library, enrolments, on)
    return Everybody(
        enrolled=frozenset((each.person_id, each.programme) for each in enrolments),
        valid={
            (duty.enrolment.person_id, duty.programme.slug, duty.requirement.id): duty.requirement
            for duty in duties
            if duty.standing.status in _COUNTS_STILL
        },
        holdings=_holdings(session, sections),
        teams=_teams_on(session, on),
    )


def _holdings(session: Session, sections: Collection[str]) -> tuple[Holding, ...]:
    correction = aliased(TrainingEvent)
    rows = session.execute(
        select(
            TrainingEvent.person_id,
            TrainingEvent.programme,
            TrainingEvent.requirement,
            TrainingEventSection.section,
            TrainingEventSection.version,
        )
        .join(TrainingEventSection, TrainingEventSection.event_id == TrainingEvent.id)
        .join(Person, Person.id == TrainingEvent.person_id)
        .outerjoin(correction, correction.replaces_id == TrainingEvent.id)
        .where(
            TrainingEvent.kind.in_(COMPLETES.values()),
            TrainingEventSection.section.in_(sections),
            correction.id.is_(None),
            Person.active,
        )
        .order_by(TrainingEvent.id, TrainingEventSection.section)
    )
    latest: dict[tuple[Key, str], str] = {}
    for person, programme, requirement, section, version in rows:
        latest[(person, programme, requirement), section] = version
    return tuple(Holding(key, section, version) for (key, section), version in latest.items())


def _teams_on(session: Session, on: date) -> Mapping[int, tuple[str, ...]]:
    rows = session.execute(
        select(TeamMembership.person_id, Team.name)
        .join(Team)
        .where(
            TeamMembership.starts_on <= on,
            or_(TeamMembership.ends_on.is_(None), TeamMembership.ends_on > on),
        )
        .distinct()
        .order_by(Team.name, TeamMembership.person_id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for person, team in rows:
        found[person].append(team)
    return {person: tuple(names) for person, names in found.items()}


def organisations_by_group(session: Session, groups: Collection[str]) -> Mapping[str, list[str]]:
    """The names of the organisations of some groups, alphabetically."""
    rows = session.execute(
        select(Organisation.group, Organisation.name).where(Organisation.group.in_(groups))
    )
    found: dict[str, list[str]] = defaultdict(list)
    for group, name in sorted(rows, key=lambda row: row[1].casefold()):
        found[group].append(name)
    return found
