"""A small cast for trying the portal out: accounts named by their role, and some history.

Never in an install that is in use: `portal prepare --cast` refuses outside a demonstration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.programmes import Programme, Requirement, RequirementKind
from domain.quizzes import Quiz
from domain.standing import EventKind
from portal.audit import record
from portal.clock import day_of
from portal.models import Enrolment, Person, RoleGrant, Team, TeamMembership
from portal.models.account import Role
from portal.models.team import TeamRole
from portal.passwords import Passwords, new_password
from portal.quizzes.service import start_attempt, submit_attempt
from portal.records import record_event

DOMAIN = "demonstration.example"
CASEWORKER = "caseworker"


@dataclass(frozen=True)
class Part:
    """One account of the cast. `days_ago` is when a learner started."""

    account: str
    name: str
    role: Role
    days_ago: int = 0
    done: tuple[RequirementKind, ...] = ()
    failed: bool = False
    asked: bool = False


_READ = (RequirementKind.READING,)
_READ_AND_PASSED = (*_READ, RequirementKind.QUIZ)
CAST = (
    Part("new-starter", "New starter", Role.LEARNER),
    Part("caseworker-a", "Caseworker A", Role.LEARNER, 60, tuple(RequirementKind)),
    Part("caseworker-b", "Caseworker B", Role.LEARNER, 30, _READ, failed=True),
    Part("caseworker-c", "Caseworker C", Role.LEARNER, 21, _READ_AND_PASSED, asked=True),
    Part("mentor", "Mentor", Role.MENTOR),
    Part("manager", "Manager", Role.MANAGER),
    Part("editor", "Guidance editor", Role.EDITOR),
    Part("engagement-officer", "Engagement officer", Role.ENGAGEMENT_OFFICER),
    Part("administrator", "Administrator", Role.ADMINISTRATOR),
)


@dataclass(frozen=True)
class Account:
    """What somebody needs to sign in as one of the cast. Printed once, stored nowhere."""

    name: str
    email: str
    password: str


def add_cast(
    session: Session, library: Library, at: datetime, passwords: Passwords
) -> tuple[Account, ...]:
    """Add the cast with its history, unless it is there. Gives what to print, once."""
    first = f"{CAST[0].account}@{DOMAIN}"
    if session.scalars(select(Person).where(Person.email == first)).first():
        return ()
    made = {part.account: _add_person(session, part, at, passwords) for part in CAST}
    people = {account: person for account, (person, _) in made.items()}
    session.flush()
    _add_team(session, people, at)
    for part in CAST:
        if part.role is Role.LEARNER:
            _Past(session, library, people[part.account], people["mentor"], at).play(part)
    record(session, "demonstration.cast-added", actor=None, at=at)
    return tuple(Account(p.name, p.email, password) for p, password in made.values())


def _add_person(
    session: Session, part: Part, at: datetime, passwords: Passwords
) -> tuple[Person, str]:
    password = new_password()
    person = Person(
        email=f"{part.account}@{DOMAIN}",
        name=f"{part.name} (demonstration)",
        password_hash=passwords.hash(password),
        created_at=at,
        role_grants=[RoleGrant(role=part.role, granted_at=at)],
    )
    session.add(person)
    return person, password


def _add_team(session: Session, people: dict[str, Person], at: datetime) -> None:
    team = Team(name="Casework team (demonstration)")
    session.add(team)
    for part in CAST:
        if part.role in (Role.LEARNER, Role.MANAGER):
            role = TeamRole.MANAGER if part.role is Role.MANAGER else TeamRole.MEMBER
            since = day_of(at) - timedelta(days=max(part.days_ago, 90 * (role == "manager")))
            person = people[part.account]
            team.memberships.append(
                TeamMembership(team=team, person=person, role=role, starts_on=since)
            )


@dataclass(frozen=True)
class _Past:
    """What one learner did since starting, told through the same services as the real thing."""

    session: Session
    library: Library
    learner: Person
    mentor: Person
    at: datetime

    def play(self, part: Part) -> None:
        """Enrol the learner on what caseworkers learn, and let the past happen."""
        self.learner.mentor_id = self.mentor.id
        started = self.at - timedelta(days=part.days_ago)
        for programme in self._programmes():
            enrolment = Enrolment(
                person=self.learner,
                programme=programme.slug,
                starts_on=day_of(started),
                created_at=started,
            )
            self.session.add(enrolment)
            self.session.flush()
            self._play_programme(part, programme, enrolment, started)

    def _programmes(self) -> Iterator[Programme]:
        for programme in self.library.programmes.values():
            if programme.role == CASEWORKER:
                yield programme

    def _play_programme(
        self, part: Part, programme: Programme, enrolment: Enrolment, started: datetime
    ) -> None:
        for requirement in programme.requirements:
            # Days of the calendar come before as many working days: all in time, none to come.
            at = started + timedelta(days=requirement.due_after_working_days)
            if at >= self.at:
                continue
            if requirement.kind in part.done:
                self._do(enrolment, requirement, at)
            elif requirement.kind is RequirementKind.QUIZ and part.failed:
                self._take(enrolment, requirement, at, right=False)
            elif requirement.kind is RequirementKind.OBSERVED_TASK and part.asked:
                self._ask(enrolment, requirement, at)

    def _do(self, enrolment: Enrolment, requirement: Requirement, at: datetime) -> None:
        if requirement.kind is RequirementKind.READING:
            self._record(enrolment, requirement, EventKind.READ, self.learner, at)
        elif requirement.kind is RequirementKind.QUIZ:
            self._take(enrolment, requirement, at, right=True)
        else:
            self._ask(enrolment, requirement, at)
            note = "Seen in a made-up case: the reasons, the risk and the decision were clear."
            later = at + timedelta(days=1)
            self._record(enrolment, requirement, EventKind.SIGNED_OFF, self.mentor, later, note)

    def _ask(self, enrolment: Enrolment, requirement: Requirement, at: datetime) -> None:
        note = "Drafted from the made-up case in the module."
        kind = EventKind.ASKED_FOR_SIGN_OFF
        self._record(enrolment, requirement, kind, self.learner, at, note)

    def _record(
        self,
        enrolment: Enrolment,
        requirement: Requirement,
        kind: EventKind,
        actor: Person,
        at: datetime,
        note: str = "",
    ) -> None:
        record_event(
            self.session, self.library, enrolment, requirement, kind, actor=actor, at=at, note=note
        )

    def _take(
        self, enrolment: Enrolment, requirement: Requirement, at: datetime, *, right: bool
    ) -> None:
        quiz = self.library.quizzes[requirement.subject]
        counts = [(enrolment, requirement)]
        attempt = start_attempt(self.session, self.library, quiz, self.learner, 0, counts, at)
        attempt.learner = self.learner
        self.session.flush()
        later = at + timedelta(minutes=quiz.minutes)
        submit_attempt(self.session, self.library, attempt, _answers(quiz, right), counts, later)


def _answers(quiz: Quiz, right: bool) -> dict[str, frozenset[str]]:
    """All right, or each question answered with its first wrong option."""
    if right:
        return {question.id: question.correct for question in quiz.questions}
    return {
        question.id: frozenset(o.id for o in question.options if not o.correct)
        for question in quiz.questions
    }
