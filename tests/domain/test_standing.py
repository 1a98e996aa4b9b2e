"""Where somebody stands: every story of the case files, and what is true of all."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.programmes import Requirement, RequirementKind
from domain.standing import (
    COMPLETES,
    Event,
    EventKind,
    Histories,
    Meaning,
    PublishedVersion,
    Standing,
    Status,
    changed_materially,
    counting_events,
    live_versions,
    london_day,
    standing,
    valid_to_of,
    window_opens_on,
)
from domain.working_days import add_working_days
from tests.builders.domain import make_event, make_requirement, published
from tests.builders.standing_cases import Story, stories, told

HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
STARTS_ON = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
SECTIONS = ("leave#when", "leave#who")
STORIES = stories()


def stand(story: Story, on: date, events: Sequence[Event] | None = None) -> Standing:
    """Where the person of a story stands, with its events or with others."""
    happened = story.events if events is None else events
    return standing(
        story.requirement,
        story.starts_on,
        happened,
        story.histories,
        HOLIDAYS,
        on,
        story.ends_on,
    )


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_as_the_story_goes(story: Story) -> None:
    for on, expected in story.expected:
        found = told(stand(story, on))
        assert found == {"due": found["due"], **expected}, on.isoformat()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_the_order_in_which_events_are_given_does_not_matter(story: Story) -> None:
    for on, _ in story.expected:
        assert stand(story, on, tuple(reversed(story.events))) == stand(story, on)


def test_the_stories_tell_of_every_status_and_every_event() -> None:
    statuses = {told["status"] for story in STORIES for _, told in story.expected}
    kinds = {event.kind for story in STORIES for event in story.events}
    meanings = {v.meaning for story in STORIES for each in story.histories.values() for v in each}

    assert statuses == {status.value for status in Status}
    assert kinds == set(EventKind)
    assert meanings == set(Meaning)


# What is true whatever happened.

DAYS = st.dates(date(2026, 11, 1), date(2029, 3, 31))
INSTANTS = st.datetimes(datetime(2026, 11, 1), datetime(2029, 3, 31), timezones=st.just(UTC))  # noqa: DTZ001 hypothesis takes naive bounds and adds the zone
VERSIONS = st.sampled_from(["1", "2", "3"])
HELD = st.dictionaries(st.sampled_from(SECTIONS), VERSIONS)
IDS = st.one_of(st.none(), st.integers(1, 6))
EVENTS = st.lists(
    st.builds(
        make_event,
        st.sampled_from(EventKind),
        DAYS,
        at=INSTANTS,
        versions=HELD,
        event_id=IDS,
        replaces=IDS,
    ),
    max_size=7,
)
HISTORIES = st.dictionaries(
    st.sampled_from(SECTIONS),
    st.lists(st.builds(PublishedVersion, VERSIONS, st.sampled_from(Meaning), INSTANTS), max_size=5),
)
REQUIREMENTS = st.builds(
    make_requirement,
    st.sampled_from(RequirementKind),
    subject=st.just("leave"),
    due_after_working_days=st.integers(0, 30),
    valid_for_months=st.one_of(st.none(), st.integers(1, 24)),
    expiring_within_days=st.integers(0, 60),
    cites=st.just(SECTIONS[:1]),
)


def at(
    requirement: Requirement, events: Sequence[Event], histories: Histories, on: date
) -> Standing:
    """Where somebody stands who started on 23 November 2026."""
    return standing(requirement, STARTS_ON, events, histories, HOLIDAYS, on)


@given(REQUIREMENTS, EVENTS, HISTORIES, DAYS, st.randoms(use_true_random=False))
def test_neither_the_order_of_events_nor_telling_one_twice_matters(
    requirement: Requirement,
    events: list[Event],
    histories: Histories,
    on: date,
    draw: random.Random,
) -> None:
    shuffled = [*events, *events[:2]]
    draw.shuffle(shuffled)

    assert at(requirement, shuffled, histories, on) == at(requirement, events, histories, on)


@given(REQUIREMENTS, EVENTS, HISTORIES, DAYS)
def test_what_happens_after_the_day_never_matters(
    requirement: Requirement, events: list[Event], histories: Histories, on: date
) -> None:
    earlier = [event for event in events if event.on <= on]
    known = {section: live_versions(history, on) for section, history in histories.items()}

    assert at(requirement, events, histories, on) == at(requirement, earlier, known, on)


@given(REQUIREMENTS, EVENTS, HISTORIES, DAYS)
def test_a_status_and_its_dates_belong_together(
    requirement: Requirement, events: list[Event], histories: Histories, on: date
) -> None:
    found = at(requirement, events, histories, on)

    done, valid_to, due_on = found.done_on, found.valid_to, found.due_on
    undone = {Status.NOT_YET_DUE, Status.IN_PROGRESS, Status.OVERDUE}
    held = {Status.CURRENT, Status.EXPIRING, Status.EXPIRED, Status.OUTDATED}
    assert due_on == add_working_days(STARTS_ON, requirement.due_after_working_days, HOLIDAYS)
    assert (found.status is Status.NOT_REQUIRED) is (on < STARTS_ON)
    assert found.status not in undone or done is None
    assert found.status not in held or (done is not None and done <= on)
    assert done is not None or (valid_to is None and not found.changed)
    assert (valid_to is None) is (done is None or requirement.valid_for_months is None)
    assert (found.status is Status.OVERDUE) <= (on > due_on)
    assert (found.status in {Status.NOT_YET_DUE, Status.IN_PROGRESS}) <= (on <= due_on)
    assert (found.status is Status.OUTDATED) <= bool(found.changed)
    assert (found.status is Status.AWAITING_SIGN_OFF) <= (found.asked_on is not None)
    if valid_to is not None:
        assert (found.status is Status.EXPIRED) <= (on > valid_to)
        opens_on = window_opens_on(requirement, valid_to)
        assert (found.status is Status.EXPIRING) <= (opens_on <= on <= valid_to)
        assert (found.status is Status.CURRENT) <= (on < opens_on)


UNDONE = [Status.NOT_REQUIRED, Status.NOT_YET_DUE, Status.IN_PROGRESS, Status.OVERDUE]
DONE = [Status.NOT_REQUIRED, *UNDONE[1:], Status.CURRENT, Status.EXPIRING, Status.EXPIRED]


@given(REQUIREMENTS, st.lists(DAYS, max_size=4), DAYS, DAYS)
def test_while_nothing_is_completed_time_only_brings_the_due_date_nearer(
    requirement: Requirement, started_on: list[date], one: date, other: date
) -> None:
    events = [make_event(EventKind.STARTED, day) for day in started_on]
    first, last = sorted((one, other))

    before, after = (at(requirement, events, {}, day).status for day in (first, last))

    assert UNDONE.index(before) <= UNDONE.index(after)


@given(REQUIREMENTS, DAYS, DAYS, DAYS)
def test_what_is_done_once_goes_from_current_to_expired_and_never_back(
    requirement: Requirement, done_on: date, one: date, other: date
) -> None:
    events = [make_event(COMPLETES[requirement.kind], done_on)]
    first, last = sorted((one, other))

    before, after = (at(requirement, events, {}, day).status for day in (first, last))

    assert DONE.index(before) <= DONE.index(after)


@given(REQUIREMENTS, st.lists(DAYS, min_size=1, max_size=5), DAYS)
def test_doing_it_once_more_never_takes_validity_away(
    requirement: Requirement, done_on: list[date], again_on: date
) -> None:
    before = valid_to_of(requirement, [day for day in done_on if day <= again_on])
    after = valid_to_of(requirement, [*(day for day in done_on if day <= again_on), again_on])

    assert (before is None or after is None) or before <= after
    assert after is None or again_on <= after


@given(EVENTS)
def test_after_a_revocation_of_everything_nothing_counts_that_was_recorded_before(
    events: list[Event],
) -> None:
    end = datetime(2029, 4, 1, tzinfo=UTC)
    revoked = make_event(EventKind.REVOKED, end.date(), at=end)

    assert counting_events([*events, revoked]) == ()


def test_what_counts_is_in_the_order_in_which_it_was_recorded() -> None:
    first = make_event(EventKind.STARTED, date(2026, 12, 2), at=datetime(2026, 12, 1, tzinfo=UTC))
    second = make_event(EventKind.READ, date(2026, 12, 1), at=datetime(2026, 12, 2, tzinfo=UTC))

    assert counting_events([second, first]) == (first, second)


def test_every_kind_of_requirement_is_completed_by_one_kind_of_event() -> None:
    assert {
        RequirementKind.READING: EventKind.READ,
        RequirementKind.QUIZ: EventKind.PASSED,
        RequirementKind.OBSERVED_TASK: EventKind.SIGNED_OFF,
    } == COMPLETES


def test_a_history_is_put_in_order_of_time() -> None:
    one = published("1", Meaning.FIRST, date(2026, 11, 2))
    two = published("2", Meaning.MATERIAL, date(2026, 12, 3))
    completion = make_event(EventKind.READ, STARTS_ON, versions={"leave#when": "1"})
    reading = make_requirement(RequirementKind.READING, subject="leave")

    found = changed_materially(reading, completion, {"leave#when": [two, one]}, date(2026, 12, 3))

    assert found == ("leave#when",)
    assert live_versions([two, one], date(2026, 12, 2)) == [one]


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-21T23:59:59+00:00", "2026-11-21"),
        ("2026-11-22T00:00:00+00:00", "2026-11-22"),
        ("2026-07-01T22:59:59+00:00", "2026-07-01"),
        ("2026-07-01T23:00:00+00:00", "2026-07-02"),
        # The clocks go forward on 29 March 2026 and back on 25 October 2026, at 01:00 UTC.
        ("2026-03-28T23:30:00+00:00", "2026-03-28"),
        ("2026-03-29T23:30:00+00:00", "2026-03-30"),
        ("2026-10-24T23:30:00+00:00", "2026-10-25"),
        ("2026-10-25T23:30:00+00:00", "2026-10-25"),
        ("2026-07-01T23:30:00+01:00", "2026-07-01"),
    ],
)
def test_a_day_is_a_day_in_london(instant: str, day: str) -> None:
    assert london_day(datetime.fromisoformat(instant)) == date.fromisoformat(day)


def test_an_instant_without_its_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its time zone"):
        london_day(datetime(2026, 7, 1, 23, 30))  # noqa: DTZ001 a naive time is the subject
