"""Whatever is sent, by whomever, to whatever address: an answer in words, and never a fault."""

import random

import pytest
from flask import Flask

from portal.access import PUBLIC
from portal.models import Role
from tests.builders.browser import PortalClient
from tests.builders.world import Address, World, one_of_each

Browsers = dict[Role | None, PortalClient]

ODD = (
    "",
    "0",
    "-1",
    "1e9",
    "99999999999999999999999999",
    "-99999999999999999999999999",
    "9" * 5000,
    "a" * 5000,
    "\u0661\u0662",
    "\u00b2",
    "NaN",
    "null",
    "true",
    "' OR 1=1 --",
    "%",
    "_%",
    "\\",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "%(name)s",
    "{0.__class__}",
    "\u202eevil",
    "\u200b",
    "\ufffd",
    "\U0001f600" * 100,
    "Z\u0351\u036b\u0343" * 200,
    "line\r\nSet-Cookie: a=b",
    "../../etc/passwd",
    "//evil.example/",
    "2026-02-30",
    "31",
    "12",
    "2200",
    "9999",
)
# What the forms and the addresses of the portal call their fields.
_FIELDS = """
page after before q action who about on-day on-month on-year since-day since-month since-year
until-day until-month until-year requirement standing person tier group issue review next v name
email roles team programme mentor starts_on-day starts_on-month starts_on-year last_day-day
last_day-month last_day-year role password new_password again code secret version note decision
evidence influence interest impact importance support reason assessment step state summary
external stake themes jurisdiction website source question-1 question-2 question-3
meaning-leave.consent reason-leave.consent csrf
"""
NAMES = _FIELDS.split()


def _odd_form(chance: random.Random) -> dict[str, list[str]]:
    """Most fields that there are, each with one odd value or two."""
    names = chance.sample(NAMES, k=chance.randint(1, len(NAMES)))
    return {name: chance.choices(ODD, k=chance.choice((1, 1, 2))) for name in names}


def _turns(app: Flask, world: World) -> list[Address]:
    """An address of every pattern and method; what shuts people out comes last."""
    return sorted(one_of_each(app, world), key=lambda each: each.pattern.startswith("/adm"))


def _who_may(address: Address, chance: random.Random) -> Role | None:
    """Mostly somebody who may, at times anybody."""
    anybody: list[Role | None] = [None, *Role]
    if address.rule is PUBLIC or chance.random() < 0.1:
        return chance.choice(anybody)
    allowed = [role for role in Role if role == address.rule]
    if isinstance(address.rule, tuple):
        allowed = list(address.rule)
    return chance.choice(allowed or list(Role))


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 10**26, -(10**26), 0], ids=str)
def test_no_number_in_an_address_ends_in_a_fault(
    app: Flask, world: World, browsers: Browsers, number: int
) -> None:
    query = dict.fromkeys(NAMES, str(number))
    chance = random.Random(0)  # noqa: S311 no secret is drawn here

    for address in (each for each in _turns(app, world) if each.method == "GET"):
        browser = browsers[_who_may(address, chance)]
        for path in (address.path, f"{address.path.rstrip('/')}/{number}"):
            assert browser.get(path, query_string=query).status_code < 500, path


@pytest.mark.parametrize("seed", range(3))
def test_no_request_ends_in_a_fault(
    app: Flask, world: World, browsers: Browsers, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 no secret is drawn here
    faults = []
    for address in _turns(app, world):
        who = _who_may(address, chance)
        query, form = _odd_form(chance), _odd_form(chance)
        if address.method == "POST":
            answer = browsers[who].post(address.path, query_string=query, data=form)
        else:
            answer = browsers[who].get(address.path, query_string=query)
        if answer.status_code >= 500:
            faults.append((who, address, query, form))

    assert faults == []
