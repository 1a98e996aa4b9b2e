"""What an attempt asks: fixed at its start, so that an edited quiz changes no result."""

from dataclasses import dataclass
from hashlib import sha256

from pydantic import TypeAdapter

from domain.quizzes import Option, Question, Quiz
from portal.models import QuizAttempt


@dataclass(frozen=True)
class Asked:
    """The quiz as it was at the start, and the sections behind it as they then were."""

    quiz: Quiz
    versions: tuple[tuple[str, str], ...]


_FORM = TypeAdapter(Asked)


def write_asked(asked: Asked) -> str:
    """The text that is kept with the attempt."""
    return _FORM.dump_json(asked).decode()


def asked_in(attempt: QuizAttempt) -> Asked:
    """What this attempt asks, whatever the quiz has since become."""
    return _FORM.validate_json(attempt.asked)


def options_shown(attempt: QuizAttempt, question: Question) -> tuple[Option, ...]:
    """The options in the order of this attempt: another in each, and the same at every look."""

    def place(option: Option) -> str:
        return sha256(f"{attempt.public_id}/{question.id}/{option.id}".encode()).hexdigest()

    return tuple(sorted(question.options, key=place))
