"""Statutes, rules and publications that pages cite, each with its official address."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Reference:
    """Something official that a page rests on.

    `checked_on` is the day on which the role `checked_by` last compared our
    words with it.
    """

    slug: str
    title: str
    url: str
    checked_on: date
    checked_by: str
    line: int = 0
