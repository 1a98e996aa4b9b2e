"""Quizzes: the page before, the questions, and the result."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.quizzes import Quiz
from portal.access import access
from portal.clock import now, today
from portal.current import current_library, current_person
from portal.extensions import db
from portal.fields import Form
from portal.models import Person, QuizAttempt, Role
from portal.quizzes.asked import asked_in
from portal.quizzes.forms import answers_in, quiz_form
from portal.quizzes.queries import (
    count_submitted,
    find_attempt,
    find_open_attempt,
    latest_attempts,
    requirements_for,
    take_turns,
)
from portal.quizzes.review import review
from portal.quizzes.service import Counted, start_attempt, submit_attempt

bp = Blueprint("quizzes", __name__, url_prefix="/quizzes", template_folder="templates")


@bp.route("/<slug>/", methods=["GET", "POST"])
@access(GET=Role.LEARNER, POST=Role.LEARNER)
def start(slug: str) -> ResponseReturnValue:
    """What the quiz asks for; a POST starts an attempt, or goes on with the one that is open."""
    quiz = current_library().quizzes.get(slug) or abort(404)
    learner = current_person()
    if request.method == "POST":
        attempt = _open_or_new(quiz, learner)
        db.session.commit()
        return redirect(url_for("quizzes.take", public_id=attempt.public_id))
    return render_template(
        "quizzes/start.html",
        quiz=quiz,
        open_attempt=find_open_attempt(db.session, slug, learner=learner),
        earlier=latest_attempts(db.session, slug, learner=learner),
        counts_towards=_counts_towards(slug, learner),
    )


@bp.route("/attempts/<public_id>", methods=["GET", "POST"])
@access(GET=Role.LEARNER, POST=Role.LEARNER)
def take(public_id: str) -> ResponseReturnValue:
    """The questions; a POST hands in the answers, once."""
    learner = current_person()
    if request.method == "POST":
        take_turns(db.session, learner)
    attempt = _attempt(public_id, learner)
    if attempt.result is not None:
        return redirect(url_for("quizzes.result", public_id=public_id))
    asked = asked_in(attempt)
    form = quiz_form(attempt, asked)
    if form.validate_on_submit():
        _submit(attempt, form)
        return redirect(url_for("quizzes.result", public_id=public_id))
    return render_template("quizzes/take.html", quiz=asked.quiz, attempt=attempt, form=form)


@bp.get("/attempts/<public_id>/result")
@access(GET=Role.LEARNER)
def result(public_id: str) -> ResponseReturnValue:
    """What became of an attempt, for good."""
    attempt = _attempt(public_id, current_person())
    if attempt.result is None:
        return redirect(url_for("quizzes.take", public_id=public_id))
    return render_template(
        "quizzes/result.html",
        quiz=asked_in(attempt).quiz,
        attempt=attempt,
        result=attempt.result,
        questions=review(current_library(), attempt),
        can_retry=attempt.quiz in current_library().quizzes and not attempt.result.passed,
    )


def _attempt(public_id: str, learner: Person) -> QuizAttempt:
    return find_attempt(db.session, public_id, learner=learner) or abort(404)


def _open_or_new(quiz: Quiz, learner: Person) -> QuizAttempt:
    take_turns(db.session, learner)
    found = find_open_attempt(db.session, quiz.slug, learner=learner)
    return found or start_attempt(
        db.session,
        current_library(),
        quiz,
        learner,
        count_submitted(db.session, quiz.slug, learner=learner),
        _counts_towards(quiz.slug, learner),
        now(),
    )


def _submit(attempt: QuizAttempt, form: Form) -> None:
    submit_attempt(
        db.session,
        current_library(),
        attempt,
        answers_in(form, attempt, asked_in(attempt)),
        _counts_towards(attempt.quiz, attempt.learner),
        now(),
    )
    db.session.commit()


def _counts_towards(slug: str, learner: Person) -> list[Counted]:
    return requirements_for(db.session, current_library(), slug, learner=learner, on=today())
