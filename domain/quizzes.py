"""Quizzes, their questions and options, and what each question was checked against.

Values only; `domain.quiz_files` turns authored files into them.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.pages import Visibility


class QuestionKind(StrEnum):
    """How many options are right: exactly one, or one and more."""

    SINGLE = "single"
    MULTIPLE = "multiple"


@dataclass(frozen=True)
class Option:
    """One answer to choose. `id` is its letter in the authored order: a, b, c …"""

    id: str
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True)
class Citation:
    """The section that a question tests, and the version it was last checked against."""

    section: str
    version: str
    line: int = 0


@dataclass(frozen=True)
class Question:
    """One question. `version` covers its text, its options and which are right.

    `objectives` are the ids of the learning objectives that it tests.
    """

    id: str
    kind: QuestionKind
    text: str
    options: tuple[Option, ...]
    cites: tuple[Citation, ...]
    explanation: str
    version: str
    line: int = 0
    objectives: tuple[str, ...] = ()

    @property
    def correct(self) -> frozenset[str]:
        """The ids of the options that are right."""
        return frozenset(option.id for option in self.options if option.correct)


@dataclass(frozen=True)
class Quiz:
    """A bank of questions with a pass mark in per cent (1 to 100).

    `draw` is how many of them an attempt asks; 0 asks all.
    """

    slug: str
    path: str
    title: str
    summary: str
    owner: str
    topics: tuple[str, ...]
    visibility: Visibility
    pass_mark: int
    minutes: int
    questions: tuple[Question, ...]
    version: str
    draw: int = 0

    @property
    def asks(self) -> int:
        """How many questions one attempt asks."""
        return min(self.draw or len(self.questions), len(self.questions))

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError where there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of all sections that its questions cite, sorted."""
        return tuple(sorted({cite.section for q in self.questions for cite in q.cites}))
