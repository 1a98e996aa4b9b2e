"""What authored values may be, and what to say of those that are not."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from domain.problems import probably_meant

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BRITISH_DAY: Final = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", re.ASCII)
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_STAMP: Final = re.compile(r"[0-9a-f]{12}", re.ASCII)
_WEB_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+\.[a-z]{2,}(:\d+)?([/?#]\S*)?", re.ASCII)


class Authored(BaseModel):
    """The shape of something authored: no key that it does not name, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Choice = TypeVar("Choice", bound=StrEnum)


def _day(typed: object) -> date:
    text = _text(typed, "a date such as 2026-11-27")
    if not _DAY.fullmatch(text) or not _is_day(text):
        british = _BRITISH_DAY.fullmatch(text)
        meant = f"{british[3]}-{british[2]:0>2}-{british[1]:0>2}" if british else ""
        clause = f" (did you mean '{meant}'?)" if _is_day(meant) else ""
        raise ValueError(f"must be a date such as 2026-11-27, not '{text}'{clause}")
    return date.fromisoformat(text)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_slug(text: str) -> bool:
    """Whether a text is a short name: small letters, digits and single hyphens."""
    return _SLUG.fullmatch(text) is not None


def slug_of(text: str) -> str:
    """The slug that somebody probably meant who wrote this; empty where there is none."""
    return re.sub(r"[^a-z0-9]+", "-", text.replace("'", "").replace("’", "").lower()).strip("-")


def _slug(typed: object) -> str:
    text = _text(typed, "a short name")
    if not is_slug(text):
        meant = slug_of(text)
        clause = f" (did you mean '{meant}'?)" if meant else ""
        raise ValueError(f"must be made of small letters, digits and hyphens, not '{text}'{clause}")
    return text


def _truth(typed: object) -> bool:
    if typed not in ("true", "false"):
        meant = {"yes": "true", "no": "false"}.get(str(typed).lower(), str(typed).lower())
        clause = probably_meant(meant, ("true", "false"))
        raise ValueError(f"must be true or false, not '{typed}'{clause}")
    return typed == "true"


def _stamp(typed: object) -> str:
    text = _text(typed, "a stamp")
    if not _STAMP.fullmatch(text):
        raise ValueError(f"must be twelve of the characters 0-9 and a-f, not '{text}'")
    return text


def _web_address(typed: object) -> str:
    text = _text(typed, "a web address")
    if not _WEB_ADDRESS.fullmatch(text):
        meant = (
            f" (did you mean 'https://{text}'?)" if _WEB_ADDRESS.match(f"https://{text}") else ""
        )
        raise ValueError(f"must be a web address such as https://www.gov.uk/, not '{text}'{meant}")
    return text


def _text(typed: object, wanted: str) -> str:
    if not isinstance(typed, str):
        # A TypeError would pass through the library of models and never be reported.
        raise ValueError(f"must be {wanted}, not {_kind(typed)}")
    return typed.strip()


def _kind(typed: object) -> str:
    return "a list" if isinstance(typed, list) else "a mapping"


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
OptionalText = Annotated[str, StringConstraints(strip_whitespace=True)]
Day = Annotated[date, BeforeValidator(_day)]
Slug = Annotated[str, BeforeValidator(_slug)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Stamp = Annotated[str, BeforeValidator(_stamp)]
WebAddress = Annotated[str, BeforeValidator(_web_address)]
OptionalWebAddress = Annotated[
    str, BeforeValidator(lambda typed: typed if typed == "" else _web_address(typed))
]


def whole_number(least: int, most: int) -> BeforeValidator:
    """A check for whole numbers within bounds, typed in plain digits."""

    def check(typed: object) -> int:
        text = _text(typed, "a whole number")
        plain = text.isascii() and text.isdigit() and len(text) < 10
        if not plain or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not '{text}'")
        return int(text)

    return BeforeValidator(check)


def choice_of(choices: type[Choice]) -> BeforeValidator:
    """A check for one of a closed list of words."""

    def check(typed: object) -> Choice:
        text = _text(typed, "one word")
        known = [each.value for each in choices]
        if text not in known:
            raise ValueError(
                f"must be one of {', '.join(known)}, not '{text}'{probably_meant(text, known)}"
            )
        return choices(text)

    return BeforeValidator(check)
