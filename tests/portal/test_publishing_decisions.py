"""Deciding what each change means, and publishing once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.standing import EventKind, Meaning, Status
from portal.models import (
    AuditEvent,
    Role,
)
from tests.builders.browser import PortalClient
from tests.builders.publishing import (
    DECIDED,
    DONE_AT,
    MEANING,
    REASON,
    check,
    first_published,
    hidden,
    publications,
    publish,
    seen,
    standing_of,
)
from tests.builders.training import did, enrol, reworded, use_library

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


def test_a_section_on_which_something_rests_must_be_decided(
    editor: PortalClient, database: Session
) -> None:
    page = check(editor, **{MEANING: "", REASON: ""})

    assert "There is a problem" in page
    assert f'<a href="#{MEANING}">Decide what the change to “Who decides” means</a>' in page
    assert DECIDED["summary"] in page
    assert len(publications(database)) == 1


@pytest.mark.parametrize("meaning", ["no-change", "minor", "material"])
def test_a_decision_on_what_is_cited_needs_a_reason(
    editor: PortalClient, database: Session, meaning: str
) -> None:
    page = check(editor, **{MEANING: meaning, REASON: "  "})

    message = "Enter the reason for your decision on “Who decides”"
    assert f'<a href="#{REASON}">{message}</a>' in page
    assert len(publications(database)) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({MEANING: "first"}, "Choose from the list"),
        ({MEANING: "withdrawn"}, "Choose from the list"),
        ({REASON: "x" * 401}, "Use 400 characters or fewer"),
        ({"summary": ""}, "Say in a sentence what changed"),
        ({"summary": "x" * 301}, "Use 300 characters or fewer"),
    ],
)
def test_what_makes_no_sense_is_refused(
    editor: PortalClient, database: Session, changes: dict[str, str], message: str
) -> None:
    assert message in check(editor, **changes)
    assert len(publications(database)) == 1


def test_the_decisions_are_shown_before_anything_is_published(
    editor: PortalClient, before: Library, database: Session
) -> None:
    enrolment = enrol(database)
    did(database, before, enrolment, "read", EventKind.READ, DONE_AT)

    text = seen(check(editor))

    assert "Nothing is published yet." in text
    assert "1 person becomes outdated and learns it again: 12 minutes together." in text
    assert "Leave: Who decides Material The decision moved to another body." in text
    assert len(publications(database)) == 1


def test_decisions_can_be_changed_before_they_are_published(editor: PortalClient) -> None:
    page = editor.post("/publishing/", data=hidden(check(editor)) | {"step": "change"}).text

    assert 'value="material" checked' in page
    assert DECIDED[REASON] in page
    assert "There is a problem" not in page


def test_publishing_records_the_words_and_what_was_decided_of_them(
    editor: PortalClient, after: Library, database: Session
) -> None:
    publish(editor)

    [_, made] = publications(database)
    assert made.publisher_id == editor.person_id
    assert made.library_version == after.version
    assert made.summary == "Somebody else decides on leave."
    [section] = made.sections
    assert (section.section, section.version) == ("leave#who-decides", "v2")
    assert (section.meaning, section.reason) == (Meaning.MATERIAL, DECIDED[REASON])
    assert section.body == "Other words."


def test_publishing_is_noted_without_what_was_typed(
    editor: PortalClient, database: Session
) -> None:
    publish(editor)

    *_, event = database.scalars(
        select(AuditEvent).where(AuditEvent.action == "guidance.published").order_by(AuditEvent.id)
    )
    assert event.actor_id == editor.person_id
    assert event.detail == "1 sections"


@pytest.mark.parametrize(
    ("meaning", "status"),
    [
        ("material", Status.OUTDATED),
        ("minor", Status.CURRENT),
        ("no-change", Status.CURRENT),
    ],
)
def test_those_who_knew_the_words_before_are_outdated_by_a_material_change_alone(
    editor: PortalClient,
    before: Library,
    after: Library,
    database: Session,
    meaning: str,
    status: Status,
) -> None:
    enrolment = enrol(database)
    did(database, before, enrolment, "read", EventKind.READ, DONE_AT)
    assert standing_of(database, after, enrolment)["read"] is Status.CURRENT

    publish(editor, **{MEANING: meaning})

    database.expire_all()
    assert standing_of(database, after, enrolment)["read"] is status


def test_after_publishing_nothing_is_changed_any_more(editor: PortalClient) -> None:
    location = publish(editor)

    assert "Nothing has changed since 23 November 2026" in editor.get("/publishing/").text
    assert "Somebody else decides on leave." in editor.get(location).text


def test_what_rests_on_nothing_may_be_left_undecided_and_is_minor(
    app: Flask, sign_in: SignIn, before: Library, database: Session
) -> None:
    programme = before.programmes["induction"]
    without_reading = replace(programme, requirements=programme.requirements[1:])
    use_library(app, reworded(replace(before, programmes={"induction": without_reading}), "time"))
    editor = sign_in(Role.EDITOR)

    page = editor.get("/publishing/").text
    assert "Nothing rests on this section" in page
    publish(editor)

    [_, made] = publications(database)
    assert [(each.section, each.meaning) for each in made.sections] == [("leave#time", "minor")]


def test_a_material_change_needs_a_reason_even_where_nothing_rests_on_it(
    app: Flask, sign_in: SignIn, before: Library
) -> None:
    use_library(app, reworded(replace(before, programmes={}, quizzes={}), "time"))

    page = check(sign_in(Role.EDITOR), **{"meaning-leave.time": "material"})

    assert "Enter the reason for your decision on “Time”" in page


def test_a_section_that_was_taken_out_is_withdrawn_and_its_holders_stay_current(
    app: Flask, sign_in: SignIn, before: Library, database: Session
) -> None:
    page = before.pages["leave"]
    shorter = replace(page, sections=page.sections[:1])
    library = use_library(app, replace(before, pages={"leave": shorter}, version="library-v2"))
    enrolment = enrol(database)
    did(database, before, enrolment, "read", EventKind.READ, DONE_AT)
    editor = sign_in(Role.EDITOR)
    assert "Taken out" in editor.get("/publishing/").text

    publish(editor)

    [_, made] = publications(database)
    assert [(each.section, each.meaning) for each in made.sections] == [("leave#time", "withdrawn")]
    assert standing_of(database, library, enrolment)["read"] is Status.CURRENT
    assert "Nothing has changed" in editor.get("/publishing/").text


def test_publishing_twice_is_one_publication(editor: PortalClient, database: Session) -> None:
    carried = hidden(check(editor)) | {"step": "publish"}

    answers = [editor.post("/publishing/", data=carried) for _ in range(2)]

    assert {answer.location for answer in answers} == {
        f"/publishing/publications/{publications(database)[-1].public_id}"
    }
    assert len(publications(database)) == 2


def test_six_presses_at_once_are_one_publication(
    app: Flask, editor: PortalClient, database: Session
) -> None:
    carried = hidden(check(editor)) | {"step": "publish"}
    cookie = editor.get_cookie("__Host-session", domain="portal.example")
    assert cookie is not None

    def press(_number: int) -> int:
        browser = cast(PortalClient, app.test_client())
        browser.set_cookie("__Host-session", cookie.value, domain="portal.example", secure=True)
        return browser.post("/publishing/", data=carried).status_code

    with ThreadPoolExecutor(6) as presses:
        answers = list(presses.map(press, range(6)))

    assert answers == [302] * 6
    assert len(publications(database)) == 2


@pytest.mark.parametrize("step", ["check", "publish"])
def test_nobody_publishes_what_they_have_not_seen(
    app: Flask, editor: PortalClient, after: Library, database: Session, step: str
) -> None:
    carried = hidden(check(editor)) | {"step": step}
    use_library(app, replace(reworded(after, "who-decides", "v3"), version="library-v3"))

    page = editor.post("/publishing/", data=carried).text

    assert "The guidance changed since you opened this page" in page
    assert DECIDED[REASON] in page
    assert len(publications(database)) == 1
