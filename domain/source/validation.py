"""What does not fit a model, said in plain English with the line where it stands."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.problems import Problem, probably_meant
from domain.source.schema import Authored
from domain.source.tree import Location, Source

Model = TypeVar("Model", bound=Authored)

_MUST_BE: Final = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
}


def validate(source: Source, model: type[Model]) -> tuple[Model | None, tuple[Problem, ...]]:
    """The value of a source as a model, or one problem for each thing that does not fit."""
    try:
        return model.model_validate(source.value), ()
    except ValidationError as refused:
        details = [each for each in refused.errors(include_url=False) if not _is_echo(each)]
    # A wrongly spelt key is one mistake, not an unknown key and a missing one.
    meant = {
        (*each["loc"][:-1], _meant(model, each["loc"])) for each in details if _is_unknown(each)
    }
    problems = [
        source.problem(_message(model, detail), *detail["loc"])
        for detail in details
        if detail["type"] != "missing" or detail["loc"] not in meant
    ]
    return None, tuple(problems)


def _is_echo(detail: ErrorDetails) -> bool:
    # Entries that are wrong themselves are not counted; each of them is reported already.
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _is_unknown(detail: ErrorDetails) -> bool:
    return detail["type"] == "extra_forbidden"


def _message(model: type[Authored], detail: ErrorDetails) -> str:
    location, kind = detail["loc"], detail["type"]
    name = _name(location)
    if _is_unknown(detail):
        return f"unknown key '{location[-1]}'{_hint(model, detail)}"
    if kind == "missing":
        return f"{name} is missing"
    if kind in _MUST_BE:
        return f"{name} must be {_MUST_BE[kind]}, not {_kind(detail['input'])}"
    if kind == "string_too_short":
        return f"{name} is empty"
    if kind == "too_short":
        least = detail["ctx"]["min_length"]
        return f"{name} needs at least {least} {'entry' if least == 1 else 'entries'}"
    if kind == "too_long":
        return f"{name} has more than {detail['ctx']['max_length']} entries"
    return f"{name} {detail['msg'].removeprefix('Value error, ')}"


def _hint(model: type[Authored], detail: ErrorDetails) -> str:
    meant = _meant(model, detail["loc"])
    if meant:
        return f" (did you mean '{meant}'?)"
    # What follows a comma inside braces is taken for the next key.
    if detail["input"] == "" and " " in str(detail["loc"][-1]):
        return " (text with a comma in it needs quotes inside { })"
    return f" (there are {', '.join(_known_keys(model, detail['loc'][:-1]))})"


def _name(location: Sequence[str | int]) -> str:
    if not location:
        return "this"
    *before, last = location
    return f"entry {last + 1} of {_name(before)}" if isinstance(last, int) else f"'{last}'"


def _kind(value: object) -> str:
    if isinstance(value, str):
        return f"the text '{value[:40]}'" if value else "nothing"
    return "a list" if isinstance(value, list) else "a mapping"


def _meant(model: type[Authored], location: Location) -> str:
    near = probably_meant(str(location[-1]), _known_keys(model, location[:-1]))
    return near.partition("'")[2].rpartition("'")[0]


def _known_keys(model: type[Any], location: Location) -> Iterator[str]:
    """The keys of the model that stands at a location of an outer one."""
    for step in location:
        if isinstance(step, int):
            model = get_args(model)[0]
        elif hasattr(model, "model_fields"):
            model = model.model_fields[step].annotation
        else:
            model = get_args(model)[1]
    yield from model.model_fields
