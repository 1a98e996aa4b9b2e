"""Quizzes: started by the server, marked by the server, once, and kept for good."""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.library import Library
from domain.marking import mark
from portal.models import (
    AttemptAnswer,
    AttemptResult,
    AuditEvent,
    Enrolment,
    QuizAttempt,
    Role,
    TrainingEvent,
)
from portal.quizzes.asked import asked_in, options_shown
from portal.quizzes.service import submit_attempt
from tests.builders.browser import PortalClient
from tests.builders.training import (
    enrol,
    make_library,
    make_programme,
    make_quiz,
    reworded,
    use_library,
)

SignIn = Callable[..., PortalClient]
QUIZ = "/quizzes/leave-basics/"
STARTED_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
RIGHT = {"q1": "a", "q2": "a", "q3": "ab"}


@pytest.fixture
def library(app: Flask) -> Library:
    """What the portal goes by."""
    return use_library(app, make_library())


@pytest.fixture
def enrolment(library: Library, database: Session) -> Enrolment:
    """A learner who started a week ago."""
    return enrol(database)


@pytest.fixture
def learner(sign_in: SignIn, enrolment: Enrolment) -> PortalClient:
    """That learner's browser."""
    return sign_in(person=enrolment.person)


@pytest.fixture
def attempt(learner: PortalClient, database: Session) -> QuizAttempt:
    """An attempt that the learner has just started."""
    learner.post(QUIZ)
    return database.scalars(select(QuizAttempt)).one()


def at(attempt: QuizAttempt, more: str = "") -> str:
    """The address of an attempt."""
    return f"/quizzes/attempts/{attempt.public_id}{more}"


def form_for(attempt: QuizAttempt, letters: Mapping[str, str] = RIGHT) -> dict[str, list[str]]:
    """What a browser sends when these options are chosen, by the letters of their author."""
    sent = {}
    for number, question in enumerate(asked_in(attempt).quiz.questions, start=1):
        offered = options_shown(attempt, question)
        chosen = letters.get(question.id, "")
        sent[f"question-{number}"] = [
            str(place) for place, option in enumerate(offered, start=1) if option.id in chosen
        ]
    return sent


def shown(browser: PortalClient, address: str) -> str:
    """A page without the tokens of its forms, which hold the second in which they were made."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)


def count(database: Session, model: type) -> int:
    """How many rows there are, as committed."""
    database.expire_all()
    return database.scalars(select(func.count()).select_from(model)).one()


def kinds(database: Session) -> list[str]:
    """What the training record says, in order."""
    database.expire_all()
    return list(database.scalars(select(TrainingEvent.kind).order_by(TrainingEvent.id)))


def test_the_page_before_says_what_the_quiz_asks_for(learner: PortalClient) -> None:
    page = learner.get(QUIZ).text

    assert "60 per cent or more" in page
    assert "About 5 minutes" in page
    assert "counts towards nothing" not in page


def test_a_quiz_that_does_not_exist_is_not_found(learner: PortalClient) -> None:
    assert learner.get("/quizzes/nothing/").status_code == 404
    assert learner.post("/quizzes/nothing/").status_code == 404


def test_looking_at_a_quiz_starts_nothing(learner: PortalClient, database: Session) -> None:
    learner.get(QUIZ)

    assert count(database, QuizAttempt) == 0


def test_an_open_attempt_is_gone_on_with(
    learner: PortalClient, attempt: QuizAttempt, database: Session
) -> None:
    again = learner.post(QUIZ)

    assert again.location.endswith(at(attempt))
    assert count(database, QuizAttempt) == 1
    assert "Continue" in learner.get(QUIZ).text
    assert kinds(database) == ["started"]


def test_pressing_start_many_times_at_once_starts_one_attempt(
    learner: PortalClient, app: Flask, database: Session
) -> None:
    answers = at_once(app, learner, 8, lambda browser: browser.post(QUIZ).location)

    assert len(set(answers)) == 1
    assert count(database, QuizAttempt) == 1


def at_once(
    app: Flask, learner: PortalClient, times: int, act: Callable[[PortalClient], str]
) -> list[str]:
    """Do the same from so many windows of one browser at the same time."""
    cookie = learner.get_cookie("__Host-session", domain="portal.example")
    assert cookie is not None

    def once(_number: int) -> str:
        browser = app.test_client()
        assert isinstance(browser, PortalClient)
        browser.set_cookie(cookie.key, cookie.value, domain="portal.example", secure=True)
        return act(browser)

    with ThreadPoolExecutor(times) as windows:
        return list(windows.map(once, range(times)))


def test_no_page_before_the_end_says_what_is_right(
    learner: PortalClient, attempt: QuizAttempt
) -> None:
    unfinished = learner.post(at(attempt), data={"question-1": "1"})
    pages = [learner.get(QUIZ), learner.get(at(attempt)), unfinished]

    for page in pages:
        assert page.status_code == 200
        for secret in ("Feedback on", "Explanation of", "correct"):
            assert secret not in page.text
    assert learner.get(at(attempt, "/result")).location.endswith(at(attempt))


def test_the_values_of_the_form_do_not_tell_the_author_s_letters(
    learner: PortalClient, attempt: QuizAttempt
) -> None:
    page = learner.get(at(attempt)).text

    values = re.findall(r'name="question-\d" type="(?:radio|checkbox)" value="([^"]+)"', page)
    assert sorted(values) == sorted("1234" * 3)


def test_options_stand_in_another_order_in_each_attempt_and_the_same_in_one(
    learner: PortalClient, attempt: QuizAttempt
) -> None:
    def orders(public_id: str) -> list[list[str]]:
        other = QuizAttempt(public_id=public_id, asked=attempt.asked)
        questions = asked_in(other).quiz.questions
        return [[option.id for option in options_shown(other, q)] for q in questions]

    assert shown(learner, at(attempt)) == shown(learner, at(attempt))
    assert len({str(orders(f"attempt-{number}")) for number in range(20)}) > 10


def offered_on(page: str) -> dict[str, dict[str, str]]:
    """What a page offers: by the name of a field, the value that each label sends."""
    inputs = re.findall(
        r'id="([^"]+)" name="(question-\d)" type="(?:radio|checkbox)" value="([^"]+)"', page
    )
    labels = dict(re.findall(r'<label[^>]* for="([^"]+)">\s*(.*?)\s*</label>', page, re.S))
    found: dict[str, dict[str, str]] = {}
    for id_, name, value in inputs:
        found.setdefault(name, {})[unescape(labels[id_])] = value
    return found


def test_what_is_marked_is_the_option_whose_words_were_chosen(
    learner: PortalClient, attempt: QuizAttempt, database: Session
) -> None:
    offered = offered_on(learner.get(at(attempt)).text)
    words = {
        "question-1": ["Answer a to 1"],
        "question-2": ["Answer c to 2"],
        "question-3": ["Answer a to 3", "Answer b to 3"],
    }
    sent = {name: [offered[name][each] for each in chosen] for name, chosen in words.items()}

    learner.post(at(attempt), data=sent)

    answers = database.scalars(select(AttemptAnswer).order_by(AttemptAnswer.position)).all()
    assert [(each.chosen, each.right) for each in answers] == [
        ("a", True),
        ("c", False),
        ("a b", True),
    ]


def test_the_page_shows_the_options_in_the_order_of_the_attempt(
    learner: PortalClient, attempt: QuizAttempt
) -> None:
    offered = offered_on(learner.get(at(attempt)).text)

    for number, question in enumerate(asked_in(attempt).quiz.questions, start=1):
        in_order = [option.text for option in options_shown(attempt, question)]
        assert list(offered[f"question-{number}"]) == in_order


def test_an_attempt_that_was_handed_in_keeps_its_result_whoever_asks(
    learner: PortalClient, library: Library, attempt: QuizAttempt, database: Session
) -> None:
    learner.post(at(attempt), data=form_for(attempt, {"q1": "b", "q2": "b", "q3": "c"}))
    database.expire_all()
    everything_right = {question: frozenset(letters) for question, letters in RIGHT.items()}

    result = submit_attempt(database, library, attempt, everything_right, [], STARTED_AT)
    database.commit()

    assert (result.score, result.passed) == (0, False)
    assert count(database, AttemptResult) == 1


def test_each_question_is_a_group_that_says_how_many_to_choose(
    learner: PortalClient, attempt: QuizAttempt
) -> None:
    page = learner.get(at(attempt)).text

    assert page.count("<fieldset") == page.count("<legend") == 3
    assert page.count("Select one") == 2
    assert page.count("Select all that apply") == 1


def test_unanswered_questions_are_named_and_the_answers_are_kept(
    learner: PortalClient, attempt: QuizAttempt, database: Session
) -> None:
    page = learner.post(at(attempt), data={"question-1": "2"}).text

    assert "There is a problem" in page
    assert 'href="#question-2">Choose an answer to question 2' in page
    assert 'href="#question-3">Choose an answer to question 3' in page
    assert "Choose an answer to question 1" not in page
    assert re.search(r'name="question-1" type="radio" value="2" checked', page)
    assert count(database, AttemptResult) == 0


def test_it_records_a_passed_attempt(
    learner: PortalClient, attempt: QuizAttempt, enrolment: Enrolment, database: Session
) -> None:
    answer = learner.post(at(attempt), data=form_for(attempt))

    assert answer.location.endswith(at(attempt, "/result"))
    result = database.scalars(select(AttemptResult)).one()
    assert (result.right, result.asked, result.score, result.passed) == (3, 3, 100, True)
    passed = database.scalars(select(TrainingEvent).where(TrainingEvent.kind == "passed")).one()
    assert (passed.person_id, passed.requirement) == (enrolment.person_id, "quiz")
    assert passed.attempt_id == attempt.id
    assert [(s.section, s.version) for s in passed.sections] == [("leave#who-decides", "v1")]
    actions = database.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions[-2:] == ["quiz.submitted", "training.passed"]


def test_a_failed_attempt_counts_as_tried_and_can_be_tried_again(
    learner: PortalClient, attempt: QuizAttempt, database: Session
) -> None:
    wrong = form_for(attempt, {"q1": "a", "q2": "b", "q3": "abc"})
    learner.post(at(attempt), data=wrong)

    assert kinds(database) == ["started", "failed"]
    page = unescape(learner.get(at(attempt, "/result")).text)
    assert "You did not pass: 33 per cent" in page
    assert "Try again" in page
    second = learner.post(QUIZ).location
    assert not second.endswith(at(attempt))
    assert "33 per cent" in learner.get(QUIZ).text


def test_the_result_says_what_was_right_why_and_where_it_stands(
    learner: PortalClient, attempt: QuizAttempt, database: Session
) -> None:
    learner.post(at(attempt), data=form_for(attempt, {"q1": "c", "q2": "a", "q3": "ab"}))

    page = unescape(learner.get(at(attempt, "/result")).text)

    assert "You passed with 66 per cent" in page
    assert "2 of 3 right." in page
    assert "You needed 60 per cent." in page
    assert database.scalars(select(AttemptResult.receipt)).one() in page
    assert "23 November 2026 at 09:00" in page
    first = page.split('id="question-1"')[1].split('id="question-2"')[0]
    for words in ("Answer c to 1", "Answer a to 1", "Feedback on c of 1", "Explanation of 1"):
        assert words in first
    assert 'href="/staff/leave/#who-decides"' in first
    assert "Back to your training" in page


def test_sending_the_answers_twice_gives_the_same_receipt(
    learner: PortalClient, attempt: QuizAttempt, database: Session
) -> None:
    learner.post(at(attempt), data=form_for(attempt, {"q1": "b", "q2": "b", "q3": "c"}))
    first = shown(learner, at(attempt, "/result"))
    answer = learner.post(at(attempt), data=form_for(attempt))

    assert answer.location.endswith(at(attempt, "/result"))
    assert shown(learner, at(attempt, "/result")) == first
    assert count(database, AttemptResult) == 1
    assert kinds(database) == ["started", "failed"]


def test_sending_the_answers_many_times_at_once_is_one_submission(
    learner: PortalClient, app: Flask, attempt: QuizAttempt, database: Session
) -> None:
    sent = form_for(attempt)

    def submit(browser: PortalClient) -> str:
        return browser.post(at(attempt), data=sent).location

    assert set(at_once(app, learner, 12, submit)) == {at(attempt, "/result")}
    assert count(database, AttemptResult) == 1
    assert count(database, AttemptAnswer) == 3
    assert kinds(database) == ["started", "passed"]


def test_a_quiz_that_changed_meanwhile_is_marked_as_it_was_asked(
    app: Flask, learner: PortalClient, library: Library, attempt: QuizAttempt, database: Session
) -> None:
    turned = tuple(
        replace(q, options=tuple(replace(o, correct=o.id == "d") for o in q.options))
        for q in library.quizzes["leave-basics"].questions
    )
    quiz = replace(library.quizzes["leave-basics"], questions=turned, version="quiz-v2")
    use_library(app, replace(reworded(library, "who-decides"), quizzes={quiz.slug: quiz}))

    learner.post(at(attempt), data=form_for(attempt))

    assert database.scalars(select(AttemptResult.score)).one() == 100
    passed = database.scalars(select(TrainingEvent).where(TrainingEvent.kind == "passed")).one()
    assert [s.version for s in passed.sections] == ["v1"]


def test_an_edited_quiz_leaves_results_as_they_were(
    app: Flask, learner: PortalClient, library: Library, attempt: QuizAttempt
) -> None:
    learner.post(at(attempt), data=form_for(attempt))
    before = shown(learner, at(attempt, "/result"))
    shorter = replace(make_quiz(), questions=make_quiz().questions[:1], title="Other", pass_mark=99)
    use_library(app, replace(library, quizzes={shorter.slug: shorter}))

    assert shown(learner, at(attempt, "/result")) == before


def test_a_quiz_that_is_gone_can_be_handed_in_and_looked_back_on(
    app: Flask, learner: PortalClient, library: Library, attempt: QuizAttempt
) -> None:
    use_library(app, replace(library, quizzes={}, programmes={}))

    learner.post(at(attempt), data=form_for(attempt, {"q1": "b", "q2": "b", "q3": "c"}))

    page = learner.get(at(attempt, "/result")).text
    assert "You did not pass" in page
    assert "Back to your training" in page


def test_a_section_that_is_gone_is_named_without_a_link(
    app: Flask, learner: PortalClient, library: Library, attempt: QuizAttempt
) -> None:
    learner.post(at(attempt), data=form_for(attempt))
    use_library(app, replace(library, pages={}))

    page = learner.get(at(attempt, "/result")).text
    assert "The guidance no longer has this section (leave#who-decides)." in page


def test_one_pass_meets_every_requirement_that_names_the_quiz(
    app: Flask, sign_in: SignIn, database: Session
) -> None:
    use_library(app, make_library(make_programme(), make_programme("refresher")))
    first = enrol(database)
    enrol(database, first.person, "refresher")
    browser = sign_in(person=first.person)
    browser.post(QUIZ)
    attempt = database.scalars(select(QuizAttempt)).one()

    browser.post(at(attempt), data=form_for(attempt))

    passed = database.scalars(
        select(TrainingEvent.programme).where(TrainingEvent.kind == "passed")
    ).all()
    assert sorted(passed) == ["induction", "refresher"]


def test_two_enrolments_on_one_programme_are_met_by_one_entry(
    sign_in: SignIn, enrolment: Enrolment, database: Session
) -> None:
    enrol(database, enrolment.person, starts_on=date(2026, 11, 20))
    browser = sign_in(person=enrolment.person)
    browser.post(QUIZ)
    attempt = database.scalars(select(QuizAttempt)).one()

    browser.post(at(attempt), data=form_for(attempt))

    assert kinds(database) == ["started", "passed"]


def test_a_quiz_taken_for_practice_counts_towards_nothing(
    library: Library, sign_in: SignIn, database: Session
) -> None:
    browser = sign_in(Role.LEARNER)
    assert "counts towards nothing" in browser.get(QUIZ).text
    browser.post(QUIZ)
    attempt = database.scalars(select(QuizAttempt)).one()

    browser.post(at(attempt), data=form_for(attempt))

    assert count(database, AttemptResult) == 1
    assert kinds(database) == []


@pytest.mark.parametrize("more", ["", "/result"])
def test_somebody_else_s_attempt_is_not_found(
    learner: PortalClient, attempt: QuizAttempt, sign_in: SignIn, database: Session, more: str
) -> None:
    other = sign_in(Role.LEARNER)

    assert other.get(at(attempt, more)).status_code == 404
    assert other.post(at(attempt), data=form_for(attempt)).status_code == 404
    assert count(database, AttemptResult) == 0


def test_only_learners_take_quizzes(attempt: QuizAttempt, sign_in: SignIn) -> None:
    manager = sign_in(Role.MANAGER)

    assert manager.get(QUIZ).status_code == manager.post(QUIZ).status_code == 403
    assert manager.get(at(attempt)).status_code == 403
    assert manager.post(at(attempt), data=form_for(attempt)).status_code == 403


SENT = st.dictionaries(
    st.sampled_from(
        ["question-1", "question-2", "question-3", "question-4", "score", "passed", "user_id"]
    ),
    st.lists(st.sampled_from(["1", "2", "3", "4", "5", "a", "", "-1", "1.0"]), max_size=4),
)


@given(sent=SENT)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_sent_only_offered_answers_are_marked(
    learner: PortalClient, database: Session, sent: dict[str, list[str]]
) -> None:
    location = learner.post(QUIZ).location
    public_id = location.rsplit("/", 1)[1]
    attempt = database.scalars(select(QuizAttempt).where(QuizAttempt.public_id == public_id)).one()

    answer = learner.post(at(attempt), data=sent)

    database.expire_all()
    result = database.scalars(
        select(AttemptResult).where(AttemptResult.attempt_id == attempt.id)
    ).one_or_none()
    if result is None:
        assert answer.status_code == 200
        assert "There is a problem" in answer.text
    else:
        marked = mark(asked_in(attempt).quiz, chosen_in(attempt, sent))
        assert (result.right, result.passed) == (marked.right, marked.passed)


def chosen_in(attempt: QuizAttempt, sent: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """What the form says in the author's letters; of one radio button the first value counts."""
    found = {}
    for number, question in enumerate(asked_in(attempt).quiz.questions, start=1):
        offered = options_shown(attempt, question)
        values = sent.get(f"question-{number}", [])
        places = values if question.kind == "multiple" else values[:1]
        found[question.id] = frozenset(offered[int(place) - 1].id for place in places)
    return found
