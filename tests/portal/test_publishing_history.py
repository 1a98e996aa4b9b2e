"""What was published, for good, and who may see it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.library import Library
from portal.extensions import db
from portal.models import (
    PublishedSection,
    Role,
)
from portal.publishing.service import record_first_publication
from tests.builders.browser import PortalClient
from tests.builders.publishing import (
    DECIDED,
    DONE_AT,
    FIRST_AT,
    REASON,
    first_published,
    publications,
    publish,
    seen,
)
from tests.builders.training import make_library, reworded, use_library

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


def test_the_history_tells_every_publication_and_what_changed_in_it(editor: PortalClient) -> None:
    location = publish(editor)

    history = seen(editor.get("/publishing/history").text)
    assert history.index("Somebody else decides on leave.") < history.index(
        "The portal, at its first start"
    )
    page = editor.get(location).text
    assert "Material" in page
    assert DECIDED[REASON] in page
    assert "<del>" in page
    assert "<ins>" in page


def test_the_first_publication_lists_its_sections(editor: PortalClient, database: Session) -> None:
    [first] = publications(database)
    text = seen(editor.get(f"/publishing/publications/{first.public_id}").text)
    assert "leave#who-decides" in text
    assert "leave#time" in text


def test_a_publication_that_is_not_there_is_not_found(editor: PortalClient) -> None:
    assert editor.get("/publishing/publications/nothing").status_code == 404


def test_the_first_publication_holds_every_section_as_first(
    before: Library, database: Session
) -> None:
    [made] = publications(database)
    assert (made.publisher_id, made.published_at) == (None, FIRST_AT)
    rows = database.scalars(select(PublishedSection).order_by(PublishedSection.section))
    assert [(row.section, row.version, row.meaning) for row in rows] == [
        ("leave#time", "v1", "first"),
        ("leave#who-decides", "v1", "first"),
    ]


def test_the_first_publication_is_recorded_once(before: Library, database: Session) -> None:
    assert not record_first_publication(database, reworded(before, "time"), DONE_AT)
    database.commit()
    assert len(publications(database)) == 1


def test_processes_that_start_at_once_record_the_first_publication_once(
    app: Flask, database: Session
) -> None:
    library = make_library()

    def start(_number: int) -> bool:
        with app.app_context():
            recorded = record_first_publication(db.session, library, FIRST_AT)
            db.session.commit()
            return recorded

    with ThreadPoolExecutor(4) as processes:
        answers = list(processes.map(start, range(4)))

    assert sorted(answers) == [False, False, False, True]
    assert len(publications(database)) == 1


@pytest.mark.parametrize(
    "role",
    [Role.LEARNER, Role.MENTOR, Role.MANAGER, Role.ENGAGEMENT_OFFICER, Role.ADMINISTRATOR],
)
def test_only_editors_publish(
    sign_in: SignIn, after: Library, database: Session, role: Role
) -> None:
    [first] = publications(database)
    someone = sign_in(role)

    for path in (
        "/publishing/",
        "/publishing/history",
        f"/publishing/publications/{first.public_id}",
    ):
        assert someone.get(path).status_code == 403
    assert someone.post("/publishing/", data=DECIDED | {"step": "publish"}).status_code == 403
    assert len(publications(database)) == 1


def test_publishing_is_closed_to_whoever_is_not_signed_in(client: PortalClient) -> None:
    assert client.get("/publishing/").location.startswith("/sign-in")
