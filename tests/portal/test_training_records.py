"""Records of training: what may be written, and the day on which it counts."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from domain.standing import EventKind, Meaning, Status
from portal.models import AuditEvent, Enrolment, Role, TrainingEvent
from portal.records import NotAllowed, record_event, standings_of
from tests.builders.people import add_person
from tests.builders.training import (
    did,
    enrol,
    make_library,
    make_programme,
    make_section,
    publish,
    reworded,
)

PORTAL = Path(__file__).parents[2] / "portal"
AT = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)


def test_a_completion_names_every_section_in_its_present_version(database: Session) -> None:
    library = reworded(make_library(), "time", "v7")
    did(database, library, enrol(database), "read", EventKind.READ, AT)

    stored = database.scalars(select(TrainingEvent)).one()

    assert [(each.section, each.version) for each in stored.sections] == [
        ("leave#time", "v7"),
        ("leave#who-decides", "v1"),
    ]
    assert stored.programme_version == "programme-v1"


def test_every_entry_leaves_a_trace_in_the_audit_trail(database: Session) -> None:
    public_id = did(database, make_library(), enrol(database), "read", EventKind.READ, AT)

    assert database.scalars(select(AuditEvent.action)).all() == ["training.read"]
    assert database.scalars(select(AuditEvent.subject)).one() == f"training_event:{public_id}"


def test_an_entry_counts_for_the_day_in_london(database: Session) -> None:
    half_past_midnight_in_summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    enrolment = enrol(database)
    did(database, make_library(), enrolment, "read", EventKind.READ, half_past_midnight_in_summer)

    assert database.scalars(select(TrainingEvent.happened_on)).one() == date(2026, 7, 2)


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [
        ("read", EventKind.PASSED),
        ("read", EventKind.SIGNED_OFF),
        ("quiz", EventKind.READ),
        ("quiz", EventKind.ASKED_FOR_SIGN_OFF),
        ("draft", EventKind.READ),
        ("draft", EventKind.PASSED),
    ],
)
def test_a_requirement_is_met_only_in_its_own_way(
    database: Session, requirement: str, kind: EventKind
) -> None:
    with pytest.raises(NotAllowed):
        did(database, make_library(), enrol(database), requirement, kind, AT)


@pytest.mark.parametrize("kind", [EventKind.SIGNED_OFF, EventKind.NOT_YET])
def test_nobody_signs_off_their_own_task(database: Session, kind: EventKind) -> None:
    with pytest.raises(NotAllowed):
        did(database, make_library(), enrol(database), "draft", kind, AT, note="I did it")


def test_nobody_reads_for_somebody_else(database: Session) -> None:
    other = add_person(database, Role.LEARNER)
    with pytest.raises(NotAllowed):
        did(database, make_library(), enrol(database), "read", EventKind.READ, AT, actor=other)


def test_a_pass_needs_an_attempt(database: Session) -> None:
    with pytest.raises(NotAllowed):
        did(database, make_library(), enrol(database), "quiz", EventKind.PASSED, AT)


@pytest.mark.parametrize("kind", [EventKind.NOT_YET, EventKind.EXEMPTED, EventKind.REVOKED])
def test_a_decision_against_the_rule_needs_a_reason(database: Session, kind: EventKind) -> None:
    mentor = add_person(database, Role.MENTOR)
    with pytest.raises(NotAllowed):
        did(database, make_library(), enrol(database), "draft", kind, AT, mentor, note="  ")


def test_nothing_but_the_one_door_makes_entries() -> None:
    made_in = {
        path.relative_to(PORTAL).as_posix()
        for path in PORTAL.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"TrainingEvent", "TrainingEventSection"}
    }

    assert made_in == {"records/writing.py"}


def standing_on(database: Session, enrolment: Enrolment, on: date, requirement: str) -> Status:
    duties = standings_of(database, make_library(), [enrolment], on)
    return next(d.standing.status for d in duties if d.requirement.id == requirement)


def test_a_past_day_shows_what_was_true_then(database: Session) -> None:
    library = make_library()
    enrolment = enrol(database)
    publish(database, library, Meaning.FIRST, AT - timedelta(days=30))
    did(database, library, enrolment, "read", EventKind.READ, AT)
    changed = reworded(library, "time")
    publish(database, changed, Meaning.MATERIAL, AT + timedelta(days=3), "time")

    days = [date(2026, 11, day) for day in (15, 16, 17, 19, 20)]

    assert [standing_on(database, enrolment, day, "read") for day in days] == [
        Status.NOT_REQUIRED,
        Status.NOT_YET_DUE,
        Status.CURRENT,
        Status.CURRENT,
        Status.OUTDATED,
    ]


def test_a_past_day_has_only_the_entries_that_there_were(database: Session) -> None:
    library, enrolment = make_library(), enrol(database)
    did(database, library, enrolment, "quiz", EventKind.STARTED, AT)
    did(database, library, enrolment, "quiz", EventKind.STARTED, AT + timedelta(days=2))

    def entries(on: date) -> int:
        duties = standings_of(database, library, [enrolment], on)
        return sum(len(duty.events) for duty in duties)

    assert [entries(date(2026, 11, day)) for day in (16, 17, 18, 19)] == [0, 1, 1, 2]


def test_a_section_that_joined_the_page_since_makes_a_reading_outdated(database: Session) -> None:
    library = make_library()
    enrolment = enrol(database)
    did(database, library, enrolment, "read", EventKind.READ, AT)
    page = library.pages["leave"]
    longer = replace(page, sections=(*page.sections, make_section("leave", "escorts")))
    joined = replace(library, pages={"leave": longer})
    publish(database, joined, Meaning.MATERIAL, AT + timedelta(days=1), "escorts")

    assert standing_on(database, enrolment, date(2026, 11, 20), "read") is Status.OUTDATED


def test_the_number_of_people_does_not_change_the_number_of_queries(database: Session) -> None:
    library = make_library()

    def queries(people: int) -> int:
        enrolments = [enrol(database) for _ in range(people)]
        for each in enrolments:
            did(database, library, each, "read", EventKind.READ, AT)
        for each in enrolments:
            database.refresh(each)
        return counted(
            database, lambda: standings_of(database, library, enrolments, date(2026, 11, 20))
        )

    assert queries(2) == queries(40) == 3


def counted(database: Session, act: Callable[[], object]) -> int:
    """How many statements an action sends."""
    sent: list[str] = []

    def note(*details: object) -> None:
        sent.append(str(details[2]))

    engine = database.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return len(sent)


def test_a_programme_that_is_no_longer_authored_asks_for_nothing(database: Session) -> None:
    enrolment = enrol(database, programme="gone")

    assert standings_of(database, make_library(), [enrolment], date(2026, 11, 20)) == ()


def test_the_same_requirement_of_two_programmes_is_two_requirements(database: Session) -> None:
    library = make_library(make_programme(), make_programme("refresher"))
    first = enrol(database)
    second = enrol(database, first.person, "refresher")
    did(database, library, first, "read", EventKind.READ, AT)

    duties = standings_of(database, library, [first, second], date(2026, 11, 18))

    assert [d.standing.status for d in duties if d.requirement.id == "read"] == [
        Status.CURRENT,
        Status.NOT_YET_DUE,
    ]


def test_an_entry_that_is_not_stored_whole_is_not_stored(database: Session) -> None:
    library = make_library()
    enrolment = enrol(database)
    requirement = library.programmes["induction"].requirement("read")
    record_event(
        database, library, enrolment, requirement, EventKind.READ, actor=enrolment.person, at=AT
    )
    database.rollback()

    assert database.scalars(select(TrainingEvent)).all() == []
    assert database.scalars(select(AuditEvent)).all() == []
