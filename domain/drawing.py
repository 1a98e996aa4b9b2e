"""Drawing an attempt from a bank: other questions each time, spread over the pages they test."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from domain.quizzes import Question, Quiz


def draw(quiz: Quiz, seed: str, times_asked: Mapping[str, int]) -> Quiz:
    """The quiz with the questions of one attempt, in the order of their author.

    What this learner was asked least often comes first, so that a second
    attempt repeats a question only where the bank has no other left. Among
    those, the page that has had fewest questions so far is next. The rest is
    chance, and the same chance for the same seed.
    """
    left = list(quiz.questions)
    chosen: set[str] = set()
    from_page: Counter[str] = Counter()
    while len(chosen) < quiz.asks:
        following = min(
            left,
            key=lambda each: (
                times_asked.get(each.id, 0),
                from_page[_page(each)],
                _lot(seed, each),
            ),
        )
        left.remove(following)
        chosen.add(following.id)
        from_page[_page(following)] += 1
    return replace(quiz, questions=tuple(each for each in quiz.questions if each.id in chosen))


def _page(question: Question) -> str:
    """The page that a question tests: the first that it cites."""
    return question.cites[0].section.partition("#")[0] if question.cites else ""


def _lot(seed: str, question: Question) -> str:
    return sha256(f"{seed}/{question.id}".encode()).hexdigest()
