"""Files that are lists or mappings of like things, taken apart into those things."""

from collections.abc import Iterable, Iterator

from domain.problems import Problem
from domain.source.schema import Authored, Slug
from domain.source.tree import Source
from domain.source.validation import validate


class _Named(Authored):
    slug: Slug


def named_parts(source: Source) -> tuple[dict[str, Source], tuple[Problem, ...]]:
    """What stands under each key of a mapping from short names to things."""
    if not isinstance(source.value, dict):
        return {}, (source.problem("this file must be a mapping of short names to entries"),)
    return (
        {key: source.part(key) for key in source.value},
        tuple(problem for key in source.value for problem in _name_problems(source, key)),
    )


def listed_parts(source: Source, *location: str) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The entries of a list that must not be empty. A missing key is left to the model."""
    parts = source.parts(*location)
    if parts or not source.has(*location):
        return parts, ()
    name = f"'{location[-1]}'" if location else "this file"
    return (), (source.problem(f"{name} must be a list with at least one entry", *location),)


def repeated(parts: Iterable[Source], key: str, thing: str) -> Iterator[Problem]:
    """A problem for each entry whose name another one before it has."""
    first_lines: dict[str, int] = {}
    for part in parts:
        for typed, location in part.find(key):
            name, line = typed.strip().casefold(), part.line(*location)
            if name in first_lines:
                message = (
                    f"{thing} '{typed.strip()}' stands twice (first on line {first_lines[name]})"
                )
                yield Problem(part.path, line, message)
            first_lines.setdefault(name, line)


def _name_problems(source: Source, key: str) -> tuple[Problem, ...]:
    model, found = validate(Source(source.path, {"slug": key}, source.places, (key,)), _Named)
    return (
        ()
        if model
        else tuple(
            Problem(each.path, each.line, each.message.replace("'slug'", f"the key '{key}'", 1))
            for each in found
        )
    )
