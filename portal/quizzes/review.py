"""An attempt looked back on: what was chosen, what is right, why, and where it says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.library import Library
from domain.quizzes import Question
from portal.models import AttemptAnswer, QuizAttempt
from portal.quizzes.asked import asked_in


@dataclass(frozen=True)
class Passage:
    """The section that a question rests on, with its titles where it still exists."""

    section: str
    title: str = ""
    page_title: str = ""


@dataclass(frozen=True)
class Reviewed:
    """One question. `feedback` is what the author says of the options that were chosen."""

    number: int
    question: Question
    right: bool
    chosen: tuple[str, ...]
    correct: tuple[str, ...]
    feedback: tuple[str, ...]
    passages: tuple[Passage, ...]


def review(library: Library, attempt: QuizAttempt) -> tuple[Reviewed, ...]:
    """Every question in the order in which it was asked, in the words of the day."""
    quiz = asked_in(attempt).quiz
    return tuple(_reviewed(library, each, quiz.question(each.question)) for each in attempt.answers)


def _reviewed(library: Library, answer: AttemptAnswer, question: Question) -> Reviewed:
    chosen = [option for option in question.options if option.id in answer.chosen.split()]
    return Reviewed(
        number=answer.position,
        question=question,
        right=answer.right,
        chosen=tuple(option.text for option in chosen),
        correct=tuple(option.text for option in question.options if option.correct),
        feedback=tuple(option.feedback for option in chosen if option.feedback),
        passages=_passages(library, [cite.section for cite in question.cites]),
    )


def _passages(library: Library, sections: Sequence[str]) -> tuple[Passage, ...]:
    found = []
    for id_ in sections:
        section = library.find_section(id_)
        if section is None:
            found.append(Passage(id_))
        else:
            found.append(Passage(id_, section.title, library.pages[section.page].title))
    return tuple(found)
