"""The form of an attempt: one field a question, whose values say nothing about the key."""

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from domain.marking import Answers
from domain.markup import plain
from domain.quizzes import Question, QuestionKind
from portal.fields import CheckboxesField, Form, RadioField, Required
from portal.models import QuizAttempt
from portal.quizzes.asked import Asked, options_shown


def quiz_form(attempt: QuizAttempt, asked: Asked) -> Form:
    """The questions as they were at the start, with their options in the attempt's own order."""
    fields = {
        _name(number): _field(number, attempt, question)
        for number, question in enumerate(asked.quiz.questions, start=1)
    }
    form: Form = type("QuizForm", (Form,), fields)()
    return form


def answers_in(form: Form, attempt: QuizAttempt, asked: Asked) -> Answers:
    """What was chosen, as the ids of options by the id of their question."""
    return {
        question.id: _chosen(form[_name(number)].data, attempt, question)
        for number, question in enumerate(asked.quiz.questions, start=1)
    }


def _name(number: int) -> str:
    return f"question-{number}"


def _field(number: int, attempt: QuizAttempt, question: Question) -> RadioField | CheckboxesField:
    # Values are places in the shuffled order: the letters of the author could give a pattern away.
    choices = [
        SelectChoice(str(place), plain(option.text))
        for place, option in enumerate(options_shown(attempt, question), start=1)
    ]
    several = question.kind is QuestionKind.MULTIPLE
    return (CheckboxesField if several else RadioField)(
        f"{number}. {plain(question.text)}",
        hint=_("Select all that apply") if several else _("Select one"),
        choices=choices,
        validators=[Required(_("Choose an answer to question %(number)d", number=number))],
    )


def _chosen(
    data: str | list[str] | None, attempt: QuizAttempt, question: Question
) -> frozenset[str]:
    places = [data] if isinstance(data, str) else data or []
    shown = options_shown(attempt, question)
    return frozenset(shown[int(place) - 1].id for place in places)
