"""From a YAML file to a programme: what a role must know, by when, and for how long."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Final

from domain import markup
from domain.problems import Problem
from domain.programmes import Programme, Requirement, RequirementKind
from domain.source import (
    EACH,
    Authored,
    Mention,
    Naming,
    Parsed,
    Slug,
    Source,
    Text,
    choice_of,
    listed_parts,
    mentions_of,
    read_yaml,
    repeated,
    texts_of,
    validate,
    whole_number,
)

_NAMED: Final = (
    (("owner",), Naming.ROLE, "the owner is"),
    (("role",), Naming.ROLE, "the programme is for"),
)
_TEXTS: Final = (("requirements", EACH, "what_good_looks_like", EACH),)

# What each kind of requirement must name, and no other kind may.
_BELONGS: Final = {
    "page": RequirementKind.READING,
    "quiz": RequirementKind.QUIZ,
    "what_good_looks_like": RequirementKind.OBSERVED_TASK,
}


class ProgrammeFile(Authored):
    """A whole file; its requirements are looked at one by one."""

    title: Text
    summary: Text
    owner: Slug
    role: Slug
    requirements: object


class RequirementEntry(Authored):
    """One duty of a programme."""

    id: Slug
    kind: Annotated[RequirementKind, choice_of(RequirementKind)]
    title: Text
    page: Slug | None = None
    quiz: Slug | None = None
    minutes: Annotated[int, whole_number(1, 6000)]
    due_after_working_days: Annotated[int, whole_number(0, 1000)]
    valid_for_months: Annotated[int | None, whole_number(1, 120)] = None
    expiring_within_days: Annotated[int, whole_number(0, 365)] = 30
    what_good_looks_like: tuple[Text, ...] = ()
    cites: tuple[Text, ...] = ()


def parse_programme(path: str, slug: str, text: str) -> Parsed[Programme]:
    """The programme in a file, with every mistake in it."""
    source, problems = read_yaml(path, text)
    if source is None:
        return Parsed(None, problems)
    head, misfits = validate(source, ProgrammeFile)
    parts, none_listed = listed_parts(source, "requirements")
    problems += misfits + none_listed + tuple(repeated(parts, "id", "the requirement"))
    entries = [(part, *validate(part, RequirementEntry)) for part in parts]
    for part, entry, misfits in entries:
        problems += misfits + (tuple(_mistakes(part, entry)) if entry else ())
    requirements = tuple(_requirement(part, entry) for part, entry, _ in entries if entry)
    return Parsed(
        _programme(path, slug, head, requirements) if head and not problems else None,
        problems,
        mentions_of(source, _NAMED) + tuple(_subjects(parts)),
        texts_of(source, _TEXTS),
    )


def _subjects(parts: Sequence[Source]) -> Iterator[Mention]:
    for part in parts:
        names = [typed for typed, _ in part.find("id")]
        saying = f"requirement '{names[0]}'" if names else "a requirement"
        patterns = (
            (("page",), Naming.PAGE, f"{saying} names the page"),
            (("quiz",), Naming.QUIZ, f"{saying} names the quiz"),
            (("cites", EACH), Naming.SECTION, f"{saying} cites"),
        )
        yield from mentions_of(part, patterns)


def _mistakes(part: Source, entry: RequirementEntry) -> Iterator[Problem]:
    for key, kind in _BELONGS.items():
        given = bool(getattr(entry, key))
        if given and entry.kind is not kind:
            message = f"'{key}' belongs to a requirement of the kind {kind}, not {entry.kind}"
            yield part.problem(message, key)
        if not given and entry.kind is kind:
            yield part.problem(f"requirement '{entry.id}' is of the kind {kind}: it needs '{key}'")
    if entry.cites and entry.kind is not RequirementKind.OBSERVED_TASK:
        yield part.problem(f"'cites' belongs to an observed task, not to {entry.kind}", "cites")


def _requirement(part: Source, entry: RequirementEntry) -> Requirement:
    given = entry.model_dump(exclude={"page", "quiz"})
    return Requirement(subject=entry.page or entry.quiz or "", line=part.line(), **given)


def _programme(
    path: str, slug: str, head: ProgrammeFile, requirements: tuple[Requirement, ...]
) -> Programme:
    # Where a requirement stands in its file is no part of what it asks.
    rules = [repr(replace(each, line=0)) for each in requirements]
    version = markup.version_of([head.role, *rules])
    given = head.model_dump(exclude={"requirements"})
    return Programme(slug=slug, path=path, requirements=requirements, version=version, **given)
