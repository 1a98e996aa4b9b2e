"""What an editor is told of the changes: how they differ, whom and what they touch."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from domain.library import Library
from domain.standing import EventKind
from portal.models import (
    Role,
)
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.builders.publishing import (
    DONE_AT,
    first_published,
    join_team,
    seen,
)
from tests.builders.register import enter
from tests.builders.statements import statements
from tests.builders.training import did, enrol, make_library, reworded, use_library

SignIn = Callable[..., PortalClient]


@pytest.fixture
def before(database: Session) -> Library:
    """The guidance as it was first published."""
    return first_published(database)


@pytest.fixture
def after(app: Flask, before: Library) -> Library:
    """The guidance with one section in other words, live in the portal."""
    return use_library(app, reworded(before, "who-decides"))


@pytest.fixture
def editor(sign_in: SignIn, after: Library) -> PortalClient:
    """An editor, when one section has changed."""
    return sign_in(Role.EDITOR)


def test_the_page_says_how_much_changed_since_when(editor: PortalClient) -> None:
    page = editor.get("/publishing/").text
    assert "<h1 " in page
    assert "1 section changed since 2 November 2026" in page


def test_nothing_changed_is_said_too(app: Flask, sign_in: SignIn, before: Library) -> None:
    use_library(app, before)
    page = sign_in(Role.EDITOR).get("/publishing/").text
    assert "Nothing has changed since 2 November 2026" in page


def test_before_the_first_publication_the_page_says_so(app: Flask, sign_in: SignIn) -> None:
    use_library(app, make_library())
    assert "Nothing has been published yet" in sign_in(Role.EDITOR).get("/publishing/").text


def test_the_difference_is_marked_up_and_said(editor: PortalClient) -> None:
    page = editor.get("/publishing/").text

    assert re.search(r"<del><span[^>]*>\[taken out: </span>Some<span[^>]*> end of what", page)
    assert re.search(r"<ins><span[^>]*>\[added: </span>Other<span[^>]*> end of what", page)


def test_a_change_names_the_questions_requirements_groups_and_organisations_behind_it(
    editor: PortalClient, database: Session
) -> None:
    enter(database, "Upper Tribunal", group="tribunals")
    enter(database, "Mind", group="charities")

    text = seen(editor.get("/publishing/").text)

    for number in (1, 2, 3):
        assert (
            f"What is number {number}? (leave-basics, q{number}; to check against the new words)"
            in text
        )
    for title in ("Read about leave", "Leave quiz", "Draft a leave decision"):
        assert f"Caseworker induction: {title}" in text
    assert "Tribunals: Upper Tribunal" in text
    assert "Mind" not in text
    assert "Must be decided" in text


def test_a_change_says_whom_it_touches_by_team_and_for_how_long(
    editor: PortalClient, before: Library, database: Session
) -> None:
    passed = enrol(database)
    did(database, before, passed, "read", EventKind.READ, DONE_AT)
    join_team(database, passed.person)
    reading = enrol(database)
    join_team(database, reading.person, "Casework 2")
    enrol(database)
    add_person(database, Role.LEARNER)

    text = seen(editor.get("/publishing/").text)

    assert "3 people: Casework 1: 1 (1 would learn it again) Casework 2: 1 No team: 1" in text
    assert "1 person would learn it again, 12 minutes together" in text


def test_people_who_left_or_know_the_new_words_have_nothing_to_learn_again(
    editor: PortalClient, before: Library, after: Library, database: Session
) -> None:
    up_to_date = enrol(database)
    did(database, after, up_to_date, "read", EventKind.READ, DONE_AT)
    left = enrol(database)
    did(database, before, left, "read", EventKind.READ, DONE_AT)
    left.person.active = False
    over = enrol(database, ends_on=date(2026, 11, 20))
    did(database, before, over, "read", EventKind.READ, DONE_AT)
    database.commit()

    text = seen(editor.get("/publishing/").text)

    assert "Nobody would have anything to do again" in text
    assert "People 2 people" in text


def test_the_page_costs_the_same_queries_however_many_people_there_are(
    editor: PortalClient, before: Library, database: Session
) -> None:
    counts = []
    for size in (1, 6):
        for _ in range(size):
            enrolment = enrol(database)
            did(database, before, enrolment, "read", EventKind.READ, DONE_AT)
            join_team(database, enrolment.person)
        with statements() as seen:
            editor.get("/publishing/")
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_page_on_which_one_section_changed_asks_about_that_section_alone(
    editor: PortalClient,
) -> None:
    page = editor.get("/publishing/").text

    assert 'name="meaning-leave.who-decides"' in page
    assert "leave.time" not in page
