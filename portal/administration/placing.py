"""What administrators do with teams, programmes and mentors. Everything has dates, nothing goes."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal.administration.queries import (
    find_overlapping_membership,
    find_running_enrolment,
    is_team_name_taken,
)
from portal.administration.refusals import NotDone, Refusal
from portal.administration.service import subject_of
from portal.audit import record
from portal.models import Enrolment, Person, Team, TeamMembership, TeamRole


def create_team(session: Session, name: str, *, actor: Person, at: datetime) -> Team:
    """Make a team, with nobody in it yet."""
    if is_team_name_taken(session, name):
        raise NotDone(Refusal.TEAM_NAME_TAKEN)
    team = Team(name=name)
    session.add(team)
    session.flush()
    record(session, "team.created", actor=actor, subject=f"team:{team.public_id}", at=at)
    return team


def join_team(
    session: Session,
    team: Team,
    person: Person,
    role: TeamRole,
    starts_on: date,
    *,
    actor: Person,
    at: datetime,
) -> TeamMembership:
    """Put somebody into a team from a day on, as a member or as its manager."""
    if find_overlapping_membership(session, team, person, role, starts_on):
        raise NotDone(Refusal.ALREADY_IN_TEAM)
    membership = TeamMembership(team=team, person=person, role=role, starts_on=starts_on)
    session.add(membership)
    detail = f"{role} of team:{team.public_id} from {starts_on.isoformat()}"
    record(session, "team.joined", actor=actor, subject=subject_of(person), detail=detail, at=at)
    return membership


def leave_team(
    session: Session, membership: TeamMembership, last_day: date, *, actor: Person, at: datetime
) -> None:
    """Let somebody be in a team up to a day, and no longer."""
    if last_day < membership.starts_on:
        raise NotDone(Refusal.ENDS_BEFORE_IT_STARTS)
    membership.ends_on = last_day + timedelta(days=1)
    detail = f"{membership.role} of team:{membership.team.public_id} to {last_day.isoformat()}"
    subject = subject_of(membership.person)
    record(session, "team.left", actor=actor, subject=subject, detail=detail, at=at)


def enrol(
    session: Session,
    person: Person,
    programme: str,
    starts_on: date,
    *,
    actor: Person,
    at: datetime,
) -> Enrolment:
    """Put somebody on a programme, whose due dates count from this day."""
    if find_running_enrolment(session, person, programme, starts_on):
        raise NotDone(Refusal.ALREADY_ENROLLED)
    enrolment = Enrolment(person=person, programme=programme, starts_on=starts_on, created_at=at)
    session.add(enrolment)
    detail = f"{programme} from {starts_on.isoformat()}"
    subject = subject_of(person)
    record(session, "enrolment.started", actor=actor, subject=subject, detail=detail, at=at)
    return enrolment


def end_enrolment(
    session: Session, enrolment: Enrolment, last_day: date, *, actor: Person, at: datetime
) -> None:
    """Let somebody be on a programme up to a day. What they did on it stays on record."""
    if last_day < enrolment.starts_on:
        raise NotDone(Refusal.ENDS_BEFORE_IT_STARTS)
    enrolment.ends_on = last_day + timedelta(days=1)
    detail = f"{enrolment.programme} to {last_day.isoformat()}"
    subject = subject_of(enrolment.person)
    record(session, "enrolment.ended", actor=actor, subject=subject, detail=detail, at=at)


def name_mentor(
    session: Session, person: Person, mentor: Person | None, *, actor: Person, at: datetime
) -> None:
    """Name who brings somebody on and signs off what they were seen to do; None for nobody."""
    if mentor is not None and mentor.id == person.id:
        raise NotDone(Refusal.OWN_MENTOR)
    if person.mentor_id == (mentor.id if mentor else None):
        return
    person.mentor_id = mentor.id if mentor else None
    detail = subject_of(mentor) if mentor else "nobody"
    record(session, "mentor.named", actor=actor, subject=subject_of(person), detail=detail, at=at)
