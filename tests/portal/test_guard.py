"""What tells of a patient is refused and kept nowhere; what is doubtful needs a reason."""

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.confidentiality import RULES_VERSION, Allowed, AllowEntry
from domain.library import Library
from portal.app import create_app
from portal.extensions import db
from portal.fields import GUARD
from portal.logs import JsonLines
from portal.models import (
    AuditEvent,
    Base,
    Enrolment,
    GuardReason,
    Organisation,
    Person,
    Publication,
    Role,
    StakeholderAssessment,
    Team,
    TrainingEvent,
)
from portal.settings import Settings, SettingsError
from tests.builders.browser import PortalClient
from tests.builders.people import add_person
from tests.builders.publishing import DECIDED, REASON, check, first_published, publish, state
from tests.builders.publishing import hidden as carried
from tests.builders.register import enter, use_engagement
from tests.builders.training import enrol, make_library, reworded, use_library

SignIn = Callable[..., PortalClient]

NUMBER = "999 000 0018"
BLOCKED = f"It went well.\nThe patient is {NUMBER}, and it is the third draft."
TOLD = "Take out the 12 characters on the second line that look like an NHS number."
TOLD_OF_ONE_LINE = "Take out the 12 characters that look like an NHS number."
LINE = "01632 960123"
DOUBTFUL = f"Somebody can be reached on {LINE} for more."
WARNED = "Take out the 12 characters on the first line that look like a telephone number, or say"
REASON_GIVEN = "It is the switchboard of the court."
ASSESSED = {
    **dict.fromkeys(("support", "interest", "influence", "impact", "importance"), "3"),
    "evidence": "Its answer to the consultation of May.",
    "reason": "It hears appeals, and raised two points.",
}
PROPOSAL = {
    "name": "Siân’s Law Centre",
    "external": "yes",
    "stake": "It advises families.",
    "group": "charities",
    "themes": "awareness",
    "jurisdiction": "Wales",
    "website": "https://law-centre.example",
    "source": "Its annual report",
}


@pytest.fixture
def enrolment(app: Flask, database: Session) -> Enrolment:
    """A learner with a mentor, on a programme with a task to be seen."""
    use_library(app, make_library())
    made = enrol(database, add_person(database, Role.LEARNER, name="Caseworker A"))
    made.person.mentor_id = add_person(database, Role.MENTOR).id
    database.commit()
    return made


@pytest.fixture
def learner(sign_in: SignIn, enrolment: Enrolment) -> PortalClient:
    """The learner's browser."""
    return sign_in(person=enrolment.person)


@pytest.fixture
def ask(enrolment: Enrolment) -> str:
    """Where the learner asks for a sign-off, with a note."""
    return f"/training/{enrolment.public_id}/draft/ask"


def stored(database: Session) -> str:
    """Everything that the database holds, as text."""
    database.expire_all()
    rows = [row for table in Base.metadata.sorted_tables for row in database.execute(select(table))]
    return " ".join(map(str, rows))


def written_below(folder: Path) -> bytes:
    """Everything that was written to a folder, databases and journals included."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def guarded(database: Session) -> list[tuple[str, str, str]]:
    """What the trail says of the guard: action, subject and detail."""
    events = database.scalars(
        select(AuditEvent).where(AuditEvent.action.startswith("guard.")).order_by(AuditEvent.id)
    )
    return [(each.action, each.subject, each.detail) for each in events]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrf_token"}


def notes(database: Session) -> list[str]:
    database.expire_all()
    return list(database.scalars(select(TrainingEvent.note)))


def test_a_number_of_a_patient_is_refused_and_kept_nowhere(
    learner: PortalClient,
    ask: str,
    database: Session,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    enrolment: Enrolment,
) -> None:
    caplog.set_level(logging.DEBUG)

    page = unescape(learner.post(ask, data={"note": BLOCKED}).text)

    assert TOLD in page
    assert "Nothing about a patient can be kept here: see Contact" in page
    assert 'href="#note"' in page
    assert BLOCKED in page
    assert notes(database) == []
    assert guarded(database) == [
        ("guard.blocked", "training.ask note", f"NHS block ×1; not saved; rules {RULES_VERSION}")
    ]
    event = database.scalars(select(AuditEvent).where(AuditEvent.action == "guard.blocked")).one()
    assert event.actor_id == enrolment.person_id
    assert event.happened_at is not None
    for part in (NUMBER, "0018", "third draft"):
        assert part not in stored(database)
        assert part not in caplog.text
        assert part.encode() not in written_below(tmp_path)
    # Another page of the same browser knows nothing of it either.
    assert NUMBER not in learner.get("/training/").text


def test_what_was_refused_is_not_kept_when_the_form_has_expired(
    learner: PortalClient,
    ask: str,
    database: Session,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)

    answer = learner.post(ask, data={"note": BLOCKED}, token=False)

    # Given back to whoever typed it, and to nobody else.
    assert answer.status_code == 400
    assert NUMBER in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert NUMBER not in stored(database)
    assert NUMBER not in caplog.text
    assert NUMBER.encode() not in written_below(tmp_path)


def test_a_fault_of_the_database_is_logged_without_what_was_typed(app: Flask) -> None:
    typed = "It is the third draft.\nThe last one."
    statement = insert(Team).values(public_id=None, name=typed)

    with app.app_context(), pytest.raises(IntegrityError) as fault, db.engine.begin() as connection:
        connection.execute(statement)
    told = (fault.type, fault.value, fault.tb)
    line = JsonLines().format(logging.LogRecord("x", logging.ERROR, "", 0, "failed", None, told))

    assert "IntegrityError" in line
    assert "third draft" not in line
    assert "last one" not in line


def test_what_is_put_right_is_kept(learner: PortalClient, ask: str, database: Session) -> None:
    learner.post(ask, data={"note": BLOCKED})

    answer = learner.post(ask, data={"note": "It is the third draft."})

    assert answer.status_code == 302
    assert notes(database) == ["It is the third draft."]


def test_what_is_worth_a_note_is_kept(learner: PortalClient, ask: str, database: Session) -> None:
    text = "As agreed on 14 November 2026; write to enquiries@example.org."

    assert learner.post(ask, data={"note": text}).status_code == 302

    assert notes(database) == [text]
    assert guarded(database) == []


def test_a_form_that_was_not_sent_has_no_second_box(
    learner: PortalClient, enrolment: Enrolment
) -> None:
    page = learner.get(f"/training/{enrolment.public_id}/draft").text

    assert "Why can it stay?" not in page
    assert "note-seen" not in page


def test_what_is_doubtful_is_kept_for_a_reason(
    learner: PortalClient, ask: str, database: Session
) -> None:
    page = unescape(learner.post(ask, data={"note": DOUBTFUL}).text)

    assert WARNED in page
    assert "Why can it stay?" in page
    assert notes(database) == []
    told = {"note": DOUBTFUL, **hidden(page)}
    answer = learner.post(ask, data=told | {"note-why": REASON_GIVEN})

    assert answer.status_code == 302
    assert notes(database) == [DOUBTFUL]
    rules = f"rules {RULES_VERSION}"
    assert guarded(database) == [
        ("guard.warned", "training.ask note", f"TEL warn ×1; not saved; {rules}"),
        ("guard.warned", "training.ask note", f"TEL warn ×1; kept for a reason; {rules}"),
    ]
    reason = database.scalars(select(GuardReason)).one()
    assert reason.reason == REASON_GIVEN
    assert reason.event.detail.startswith("TEL warn ×1; kept")


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("", WARNED),
        ("   ", WARNED),
        ("published", "Say in 10 characters or more why it can stay, or take it out"),
        (f"of {NUMBER}", "In your reason, take out the 12 characters that look like"),
        (f"or on {LINE}", "In your reason, take out the 12 characters that look like"),
    ],
)
def test_a_reason_says_something_and_nothing_of_a_patient(
    learner: PortalClient, ask: str, database: Session, why: str, told: str
) -> None:
    sent = {"note": DOUBTFUL, **hidden(learner.post(ask, data={"note": DOUBTFUL}).text)}

    page = unescape(learner.post(ask, data=sent | {"note-why": why}).text)

    assert told in page
    assert DOUBTFUL in page
    assert notes(database) == []
    assert database.scalars(select(GuardReason)).all() == []
    assert LINE not in stored(database)
    assert NUMBER not in stored(database)


def test_the_summary_leads_to_the_reason_where_that_is_what_is_wrong(
    learner: PortalClient, ask: str
) -> None:
    sent = {"note": DOUBTFUL, **hidden(learner.post(ask, data={"note": DOUBTFUL}).text)}

    page = learner.post(ask, data=sent | {"note-why": "published"}).text

    assert 'href="#note-why"' in page
    assert 'id="note-why-error"' in page
    assert 'id="note-error"' not in page
    assert ">published</textarea>" in page


def test_a_reason_counts_only_for_what_the_page_had_told(
    learner: PortalClient, ask: str, database: Session
) -> None:
    sent = hidden(learner.post(ask, data={"note": DOUBTFUL}).text) | {"note-why": REASON_GIVEN}
    more = f"{DOUBTFUL} Or write to a.person@example.org."

    page = unescape(learner.post(ask, data=sent | {"note": more}).text)
    unasked = learner.post(ask, data={"note": DOUBTFUL, "note-why": REASON_GIVEN}).text

    assert "look like somebody’s email address" in page
    assert f">{REASON_GIVEN}</textarea>" in page
    assert "Why can it stay?" in unasked
    assert notes(database) == []


def test_no_reason_excuses_what_is_blocked(
    learner: PortalClient, ask: str, database: Session
) -> None:
    both = f"{DOUBTFUL}\n{BLOCKED}"
    sent = {"note": both, **hidden(learner.post(ask, data={"note": both}).text)}

    page = unescape(learner.post(ask, data=sent | {"note-why": REASON_GIVEN}).text)

    assert "on the third line that look like an NHS number" in page
    assert notes(database) == []
    assert guarded(database)[-1][0] == "guard.blocked"
    assert "NHS block ×1, TEL warn ×1; not saved" in guarded(database)[-1][2]


def test_the_authored_list_lets_its_entries_pass(
    app: Flask, learner: PortalClient, ask: str, database: Session
) -> None:
    entry = AllowEntry(Allowed.TELEPHONE, LINE, "caseworker", "made for a test", date(2026, 11, 23))
    use_library(app, replace(make_library(), allowed=(entry,)))

    assert learner.post(ask, data={"note": DOUBTFUL}).status_code == 302

    assert notes(database) == [DOUBTFUL]
    assert guarded(database) == []


def test_administrators_read_the_reason_in_the_trail(
    learner: PortalClient, ask: str, sign_in: SignIn
) -> None:
    sent = {"note": DOUBTFUL, **hidden(learner.post(ask, data={"note": DOUBTFUL}).text)}
    learner.post(ask, data=sent | {"note-why": REASON_GIVEN})
    administrator = sign_in(Role.ADMINISTRATOR)

    page = administrator.get("/administration/audit").text
    export = administrator.get("/administration/audit.csv").text

    assert page.count(REASON_GIVEN) == 1
    assert "Was warned by the confidentiality guard" in page
    assert export.count(REASON_GIVEN) == 1
    assert LINE not in page + export


def test_a_reason_is_given_once_for_all_steps(
    app: Flask, sign_in: SignIn, database: Session
) -> None:
    use_engagement(app)
    enter(database)
    officer, path = sign_in(Role.ENGAGEMENT_OFFICER), "/stakeholders/upper-tribunal/assess"
    typed = ASSESSED | {"evidence": DOUBTFUL, "step": "check"}
    warned = officer.post(path, data=typed).text
    assert WARNED in unescape(warned)

    checked = officer.post(
        path, data=typed | hidden(warned) | {"evidence-why": REASON_GIVEN, "step": "check"}
    ).text
    assert "Nothing is saved yet." in checked
    assert database.scalars(select(GuardReason)).all() == []
    answer = officer.post(path, data=hidden(checked) | {"step": "save"})

    assert answer.status_code == 302
    saved = database.scalars(select(StakeholderAssessment)).one()
    assert saved.evidence == DOUBTFUL
    assert database.scalars(select(GuardReason.reason)).all() == [REASON_GIVEN]


def test_going_back_to_change_keeps_the_reason(
    app: Flask, sign_in: SignIn, database: Session
) -> None:
    use_engagement(app)
    enter(database)
    officer, path = sign_in(Role.ENGAGEMENT_OFFICER), "/stakeholders/upper-tribunal/assess"
    typed = ASSESSED | {"evidence": DOUBTFUL, "step": "check"}
    warned = officer.post(path, data=typed).text
    given = typed | hidden(warned) | {"evidence-why": REASON_GIVEN}
    checked = officer.post(path, data=given).text

    page = officer.post(path, data=hidden(checked) | {"step": "change"}).text

    assert f">{REASON_GIVEN}</textarea>" in page
    assert "There is a problem" not in page


@pytest.fixture
def officer(app: Flask, sign_in: SignIn, database: Session) -> PortalClient:
    """An engagement officer, with an organisation in the register."""
    use_engagement(app)
    enter(database)
    return sign_in(Role.ENGAGEMENT_OFFICER)


@pytest.mark.parametrize("field", ["name", "stake", "jurisdiction", "source"])
def test_nothing_of_an_organisation_tells_of_a_patient(
    officer: PortalClient, database: Session, field: str
) -> None:
    page = unescape(officer.post("/stakeholders/add", data=PROPOSAL | {field: BLOCKED}).text)

    assert (TOLD if field == "stake" else TOLD_OF_ONE_LINE) in page
    assert f'href="#{field}"' in page
    assert len(database.scalars(select(Organisation)).all()) == 1
    assert NUMBER not in stored(database)


@pytest.mark.parametrize("field", ["evidence", "reason"])
@pytest.mark.parametrize("step", ["check", "save"])
def test_nothing_of_an_assessment_does(
    officer: PortalClient, database: Session, field: str, step: str
) -> None:
    data = ASSESSED | {field: BLOCKED, "step": step, "assessment": "a" * 22}

    page = unescape(officer.post("/stakeholders/upper-tribunal/assess", data=data).text)

    assert TOLD in page
    assert database.scalars(select(StakeholderAssessment)).all() == []
    assert NUMBER not in stored(database)


@pytest.fixture
def live(app: Flask, database: Session) -> Library:
    """Guidance with one section in other words than those that were published."""
    return use_library(app, reworded(first_published(database), "who-decides"))


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize("field", [REASON, "summary"])
def test_nothing_of_a_publication_does(sign_in: SignIn, database: Session, field: str) -> None:
    editor = sign_in(Role.EDITOR)
    before = len(database.scalars(select(Publication)).all())

    assert TOLD in unescape(check(editor, **{field: BLOCKED}))
    typed = DECIDED | {field: BLOCKED, "step": "publish"}
    answer = editor.post("/publishing/", data=typed | state(editor.get("/publishing/").text))

    assert TOLD in unescape(answer.text)
    assert len(database.scalars(select(Publication)).all()) == before
    assert NUMBER not in stored(database)


@pytest.mark.usefixtures("live")
def test_a_reason_goes_along_to_publication(sign_in: SignIn, database: Session) -> None:
    editor = sign_in(Role.EDITOR)
    warned = check(editor, summary=DOUBTFUL)
    assert WARNED in unescape(warned)

    seen = {"summary-seen": carried(warned)["summary-seen"], "summary-why": REASON_GIVEN}
    publish(editor, summary=DOUBTFUL, **seen)

    assert database.scalars(select(GuardReason.reason)).all() == [REASON_GIVEN]


def test_neither_a_team_nor_a_person_is_named_after_a_patient(
    sign_in: SignIn, database: Session
) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    people = len(database.scalars(select(Person)).all())
    person = {"name": f"Patient {NUMBER}", "email": "a.person@example.org"}

    team = administrator.post("/administration/teams/add", data={"name": f"Team {NUMBER}"})
    added = administrator.post("/administration/people/add", data=person)

    for answer in (team, added):
        assert "that look like an NHS number" in unescape(answer.text)
    assert database.scalars(select(Team)).all() == []
    assert len(database.scalars(select(Person)).all()) == people
    assert NUMBER not in stored(database)


def test_a_person_may_have_a_name_with_a_title_and_an_address(
    sign_in: SignIn, database: Session
) -> None:
    person = {"name": "Mrs Jane Example", "email": "jane.example@example.org"}

    answer = sign_in(Role.ADMINISTRATOR).post("/administration/people/add", data=person)

    assert "There is a problem" not in answer.text
    assert database.scalars(select(Person).where(Person.name == person["name"])).one()


def test_references_of_the_section_are_blocked_where_an_installation_names_their_shape(
    settings: Settings, database: Session, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(replace(settings, reference_shape="QX/####"))
    app.test_client_class = PortalClient
    with app.test_request_context("/"):
        found = app.extensions[GUARD].look("about qx/1234")

    assert [(each.code, each.severity) for each in found] == [("MHC", "block")]
    assert "QX" not in repr(replace(settings, reference_shape="QX/####"))
    assert "QX" not in caplog.text


def test_a_shape_that_would_find_too_much_is_refused_at_the_start(settings: Settings) -> None:
    with pytest.raises(SettingsError, match=r"MHCS_REFERENCE_SHAPE: the shape .* 4 digits"):
        replace(settings, reference_shape="#")
