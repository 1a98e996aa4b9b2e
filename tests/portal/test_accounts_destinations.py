"""After signing in nobody is sent to another site, whatever the address asks for."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.access import PUBLIC, SIGNED_IN, access
from portal.destinations import home_of, safe_destination
from portal.models import Role

HOSTILE = [
    "",
    "training/",
    "//evil.example",
    "///evil.example",
    "////evil.example/training/",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%2F%2Fevil.example",
    "/%5Cevil.example",
    "/%5c%5cevil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTP://evil.example/training/",
    "http:\\\\evil.example",
    "javascript:alert(1)",
    "data:text/html,hello",
    "/training/@evil.example",
    "//portal.example@evil.example/training/",
    "https://portal.example.evil.example/training/",
    "https://portal.example/training/",
    "//[::1",
    "/training//evil.example",
    "/./training/",
    "/../training/",
    "/training/\u2028",
    "/\u2215evil.example",
    "/\uff0f\uff0fevil.example",
    "/\x00/evil.example",
    "/training/\r\nSet-Cookie: a=b",
    "/sign-in",
    "/sign-in?next=//evil.example",
    "/read",
    "/nowhere",
]


@access(GET=SIGNED_IN, POST=SIGNED_IN)
def page(**_values: str) -> str:
    return ""


@access(POST=SIGNED_IN)
def act() -> str:
    return ""


@access(GET=PUBLIC, POST=PUBLIC)
def door() -> str:
    return ""


def make_app() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/training/", "training", page, methods=["GET", "POST"])
    app.add_url_rule("/training/<enrolment>/<requirement>", "duty", page, methods=["GET", "POST"])
    app.add_url_rule("/staff/<path:name>", "staff", page, methods=["GET", "POST"])
    app.add_url_rule("/read", "read", act, methods=["POST"])
    app.add_url_rule("/sign-in", "sign_in", door, methods=["GET", "POST"])
    return app


APP = make_app()


@pytest.mark.parametrize("asked", HOSTILE)
def test_a_hostile_destination_is_ignored(asked: str) -> None:
    assert safe_destination(APP, asked) is None


@pytest.mark.parametrize(
    ("asked", "built"),
    [
        ("/training/", "/training/"),
        ("/training/?on=2026-11-21", "/training/?on=2026-11-21"),
        ("/training/a1_-B/read-leave", "/training/a1_-B/read-leave"),
        ("/staff/section-17-leave/", "/staff/section-17-leave/"),
        ("/training/?next=https://evil.example", "/training/?next=https%3A%2F%2Fevil.example"),
    ],
)
def test_a_page_of_ours_is_reached(asked: str, built: str) -> None:
    assert safe_destination(APP, asked) == built


@given(st.one_of(st.text(), st.text(alphabet="/\\:@.%2Fevil\t#?training "), st.from_regex(r"/.*")))
def test_whatever_comes_back_is_a_path_of_this_site(asked: str) -> None:
    built = safe_destination(APP, asked)

    if built is not None:
        assert built.startswith(("/training/", "/staff/"))
        assert built.isascii()
        assert built.isprintable()
        assert "\\" not in built
        assert "//" not in built.partition("?")[0]


@pytest.mark.parametrize(
    ("roles", "home"),
    [
        ({Role.LEARNER, Role.MANAGER}, "/training/"),
        ({Role.MANAGER}, "/team/"),
        ({Role.ENGAGEMENT_OFFICER}, "/stakeholders/"),
        ({Role.EDITOR}, "/publishing/"),
        ({Role.MENTOR}, "/sign-offs/"),
        ({Role.ADMINISTRATOR}, "/administration/"),
        (set(), "/account"),
    ],
)
def test_everybody_starts_from_the_page_of_their_role(roles: set[Role], home: str) -> None:
    assert home_of(frozenset(roles)) == home
