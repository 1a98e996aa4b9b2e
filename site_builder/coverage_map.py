"""The coverage map told to people: what is taught and not tested, and the counts."""

from collections.abc import Iterator

from domain.coverage import Coverage
from site_builder.words import count_of, in_a_row


def coverage_lines(found: Coverage) -> Iterator[str]:
    """A line for each gap, one for each section that is excused, and the counts."""
    for section in found.untested:
        yield f"untested: no question cites {section}"
    for question in found.untaught:
        yield f"untaught: {question.quiz}/{question.question} cites no section that is taught"
    for objective in found.unasked:
        yield f"untested: no question has the objective {objective.id} of {objective.page}"
    for excused in found.excused:
        yield f"excused: {excused.section} ({excused.reason})"
    counted = (
        count_of(found.pages, "page"),
        count_of(found.sections, "section"),
        count_of(found.quizzes, "quiz", "quizzes"),
        count_of(found.questions, "question"),
        count_of(found.programmes, "programme"),
        count_of(found.objectives, "objective"),
    )
    yield f"{in_a_row(counted)}."
    taught = count_of(found.taught, "section")
    yield f"{taught} taught, {len(found.untested)} of them without a question."
    yield f"{count_of(len(found.untaught), 'question')} without a section that is taught."
    yield f"{count_of(len(found.unasked), 'objective')} without a question."
