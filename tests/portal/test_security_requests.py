"""Requests that no browser sends: too much, of the wrong kind, or with headers that lie."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from wtforms import HiddenField, StringField
from wtforms.fields.core import UnboundField

from portal.fields import Form
from portal.models import Organisation, Person, Role, Team
from tests.builders.browser import PortalClient
from tests.builders.contents import contents
from tests.builders.world import LIBRARY, Address, World, one_of_each, whoever_may

Browsers = dict[Role | None, PortalClient]


@pytest.fixture
def forms(app: Flask, world: World) -> list[Address]:
    """Every address that takes a form."""
    return [each for each in one_of_each(app, world) if each.method == "POST"]


TOO_MUCH: dict[str, tuple[dict[str, Any], set[int]]] = {
    "a body of two million bytes": ({"data": {"note": "a " * 1_000_000}}, {413}),
    "three hundred fields": ({"data": {f"field-{n}": "x" for n in range(300)}}, {413}),
    "one field three hundred times": ({"data": {"note": ["x"] * 300}}, {413}),
    "three hundred parts": (
        {"data": {f"f{n}": "x" for n in range(300)}, "content_type": "multipart/form-data"},
        {413},
    ),
    "a NUL in a field": ({"data": {"note": "before\0after"}}, {400}),
    "a NUL in a name": ({"data": {"no\0te": "x"}}, {400}),
    "a NUL in the address": ({"query_string": "q=%00"}, {400}),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_no_form_takes_more_than_a_form_can_hold(
    forms: list[Address], browsers: Browsers, database: Session, what: str
) -> None:
    sent, expected = TOO_MUCH[what]
    before = contents(database)

    # So large a body takes long to send: one address in five shows it.
    for address in forms[::5] if "million" in what else forms:
        answer = whoever_may(address, browsers).post(address.path, **sent)
        assert answer.status_code in expected, address

    assert contents(database) == before


def test_no_form_takes_another_kind_of_body(
    forms: list[Address], browsers: Browsers, database: Session
) -> None:
    before = contents(database)

    for address in forms:
        browser = whoever_may(address, browsers)
        for kind in ("application/json", "text/plain", "application/xml", "text/yaml"):
            body = json.dumps({"csrf_token": browser.form_token()})
            answer = browser.post(address.path, token=False, data=body, content_type=kind)
            assert answer.status_code == 400, (address, kind)

    assert contents(database) == before


@pytest.mark.parametrize(
    "header",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Server": "evil.example"},
        {"Forwarded": "host=evil.example;proto=http"},
        {"X-Original-URL": "/administration/"},
        {"X-Rewrite-URL": "/administration/"},
        {"X-HTTP-Method-Override": "DELETE"},
        {"X-Forwarded-For": "' OR 1=1 --"},
        {"X-Forwarded-Prefix": "//evil.example"},
        {"Origin": "https://evil.example"},
        {"Accept-Language": "../../etc/passwd;q=x, \u00e9;q=9e99"},
        {"Range": "bytes=99999999999999999999-"},
        {"If-None-Match": '"' + "x" * 4000 + '"'},
        {"If-Modified-Since": "Fri, 31 Dec 99999 00:00:00 GMT"},
        {"Cookie": "__Host-session=\x01\x7f; __Host-form=..; __Host-known=a.b.c"},
        {"User-Agent": "<script>alert(1)</script>" * 100},
    ],
    ids=lambda header: next(iter(header)),
)
def test_a_header_that_lies_changes_nothing(
    client: PortalClient, browsers: Browsers, header: dict[str, str]
) -> None:
    for path in ("/", "/guidance/", "/guidance", "/training/", "/sign-in", "/static/portal.css"):
        answer = client.get(path, headers=header)
        assert answer.status_code in {200, 206, 302, 308, 416}, path
        assert "evil" not in str(answer.headers) + answer.text
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "portal.example.evil.example", "portal.example@evil.example", "x y"]
)
def test_no_page_is_there_under_another_name(
    forms: list[Address], browsers: Browsers, host: str
) -> None:
    for address in forms[:5]:
        answer = browsers[None].post(address.path, headers={"Host": host})
        assert answer.status_code == 400
        assert answer.text == "400 Bad Request\n"


@pytest.mark.usefixtures("app")
def test_every_text_of_a_form_is_measured_and_free_of_unseen_characters() -> None:
    kinds = {
        f"{form.__module__}.{form.__name__}.{name}": getattr(form, name).field_class
        for form in _every(Form)
        for name in dir(form)
        if form.__module__.startswith("portal.") and isinstance(getattr(form, name), UnboundField)
    }
    texts = {name: kind for name, kind in kinds.items() if issubclass(kind, StringField)}

    assert len(texts) > 20
    # Our own fields measure; a hidden field holds what the server put there, and is compared.
    assert [
        name
        for name, kind in texts.items()
        if not kind.__module__.startswith("portal.fields.") and not issubclass(kind, HiddenField)
    ] == []


def _every(form: type[Form]) -> set[type[Form]]:
    return {form}.union(*(_every(each) for each in form.__subclasses__()))


def test_the_longest_text_that_a_form_takes_is_stored_whole(
    browsers: Browsers, world: World, database: Session
) -> None:
    letter = "\U0001d54f"  # four bytes, and two halves where others count
    email = "a" * 64 + "@" + ("b" * 60 + ".") * 3 + "c" * 6
    person = {"name": letter * 200, "email": email, "roles": ["learner"]}
    browsers[Role.ADMINISTRATOR].post("/administration/people/add", data=person)
    browsers[Role.ADMINISTRATOR].post("/administration/teams/add", data={"name": letter * 100})
    browsers[Role.ENGAGEMENT_OFFICER].post(
        "/stakeholders/add",
        data={
            "name": letter * 200,
            "external": "yes",
            "stake": letter * 500,
            "group": LIBRARY.engagement.groups[0].slug,
            "themes": [each.slug for each in LIBRARY.engagement.issues],
            "jurisdiction": letter * 100,
            "website": "https://a.example/" + "b" * 282,
            "source": letter * 400,
        },
    )

    def longest(column: InstrumentedAttribute[str]) -> int:
        return int(database.scalars(select(func.max(func.length(column)))).one())

    assert (longest(Person.name), longest(Team.name)) == (200, 100)
    assert (longest(Organisation.name), longest(Organisation.stake)) == (200, 500)
    assert (longest(Organisation.website), longest(Organisation.source)) == (300, 400)
