"""The stories of where somebody stands, read from plain text (`cases/README.txt`)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from domain.programmes import Requirement, RequirementKind
from domain.standing import Event, EventKind, Histories, Meaning, PublishedVersion, Standing, Status
from tests.builders.cases import CASES
from tests.builders.domain import make_event, make_requirement

SETTINGS = {
    "due": "due_after_working_days",
    "valid": "valid_for_months",
    "window": "expiring_within_days",
}


@dataclass(frozen=True)
class Story:
    """One person and one requirement, and where they stand on each of some days."""

    title: str
    requirement: Requirement
    starts_on: date
    ends_on: date | None
    events: tuple[Event, ...]
    histories: Histories
    expected: tuple[tuple[date, dict[str, str]], ...]


def stories() -> list[Story]:
    """Every story of every file."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(CASES.glob("standing-*.txt")))
    return [_story(part) for text in texts for part in text.split("\n== ")[1:]]


def _story(part: str) -> Story:
    title, *lines = part.strip().splitlines()
    said = [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]
    days = {word: date.fromisoformat(rest) for word, rest in said if word in ("starts", "ends")}
    [requirement] = _of(said, "requirement")
    return Story(
        title=title,
        requirement=_requirement(requirement),
        starts_on=days["starts"],
        ends_on=days.get("ends"),
        events=tuple(_event(each) for each in _of(said, "happened")),
        histories=_histories(_of(said, "published")),
        expected=tuple(_expected(each) for each in _of(said, "on")),
    )


def _of(said: Iterable[tuple[str, str]], wanted: str) -> Iterator[str]:
    return (rest for word, rest in said if word == wanted)


def _requirement(text: str) -> Requirement:
    kind, settings = _split(text)
    numbers = {SETTINGS[word]: int(value) for word, value in settings.items() if word in SETTINGS}
    return make_requirement(
        RequirementKind(kind),
        subject=settings.get("page", "leave-basics"),
        cites=settings.get("cites", "").split(),
        due_after_working_days=numbers["due_after_working_days"],
        valid_for_months=numbers.get("valid_for_months"),
        expiring_within_days=numbers.get("expiring_within_days", 30),
    )


def _event(text: str) -> Event:
    what, settings = _split(text)
    *moment, kind = what.split()
    at = _instant(*settings["recorded"].split()) if "recorded" in settings else _instant(*moment)
    return make_event(
        EventKind(kind),
        date.fromisoformat(moment[0]),
        at=at,
        versions=dict(each.split("=") for each in settings.get("holding", "").split()),
        event_id=int(settings["id"]) if "id" in settings else None,
        replaces=int(settings["replaces"]) if "replaces" in settings else None,
    )


def _histories(lines: Iterable[str]) -> Histories:
    histories: dict[str, list[PublishedVersion]] = {}
    for line in lines:
        *moment, section, version, meaning = line.split()
        published = PublishedVersion(version, Meaning(meaning), _instant(*moment))
        histories.setdefault(section, []).append(published)
    return histories


def _expected(text: str) -> tuple[date, dict[str, str]]:
    what, told = _split(text.replace("valid to", "valid-to"))
    day, status = what.split()
    return date.fromisoformat(day), {"status": status, **told}


def _split(text: str) -> tuple[str, dict[str, str]]:
    first, *rest = (part.strip() for part in text.split(","))
    pairs = (part.partition(" ") for part in rest)
    return first, {word: value.strip() for word, _, value in pairs}


def _instant(day: str, clock: str = "12:00") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), UTC)


def told(standing: Standing) -> dict[str, str]:
    """A standing in the words of the case files, with what does not apply left out."""
    facts = {
        "status": Status(standing.status).value,
        "due": standing.due_on.isoformat(),
        "done": _day(standing.done_on),
        "valid-to": _day(standing.valid_to),
        "changed": " ".join(standing.changed),
        "asked": _day(standing.asked_on),
    }
    return {word: fact for word, fact in facts.items() if fact}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
