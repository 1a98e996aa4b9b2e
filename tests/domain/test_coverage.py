"""The map of what is taught and tested shows every gap, and no gap that is none."""

from dataclasses import replace

from domain.coverage import Excused, Untaught, cover
from domain.library import Library
from domain.pages import Kind, Page
from domain.quizzes import Citation, Question
from tests.builders.domain import make_library, make_page, make_question, make_quiz, make_section


def a_library(page: Page, *questions: Question) -> Library:
    return make_library(pages=[page], quizzes=[make_quiz(questions=questions)])


def citing(*sections: str, objectives: tuple[str, ...] = ()) -> Question:
    question = make_question("q1", cites=[Citation(each, "") for each in sections])
    return replace(question, objectives=objectives)


def test_a_section_without_a_question_is_shown() -> None:
    page = make_page(texts={"when": "Then.", "how": "So."})

    found = cover(a_library(page, citing("leave#when")))

    assert found.untested == ("leave#how",)
    assert (found.taught, found.sections, found.questions) == (2, 2, 1)
    assert not found.complete


def test_all_is_covered_where_every_section_is_cited() -> None:
    page = make_page(texts={"when": "Then.", "how": "So."})

    found = cover(a_library(page, citing("leave#when", "leave#how")))

    assert (found.untested, found.untaught, found.unasked) == ((), (), ())
    assert found.complete


def test_sections_that_teach_nothing_want_no_question() -> None:
    anchors = ("when", "confirming", "links", "next", "objectives")
    page = make_page(texts=dict.fromkeys(anchors, "Words."))

    assert cover(a_library(page, citing("leave#when"))).untested == ()


def test_pages_of_information_want_no_question() -> None:
    page = replace(make_page(texts={"when": "Then."}), kind=Kind.INFORMATION)

    assert cover(a_library(page)).untested == ()


def test_a_section_that_says_why_it_is_untested_is_shown_with_its_reason() -> None:
    page = replace(make_page(texts={"when": "Then."}), untested=(("when", "A list of names"),))

    found = cover(a_library(page))

    assert found.untested == ()
    assert found.excused == (Excused("leave#when", "A list of names"),)


def nested(body: str = "Words.") -> Page:
    """A section with one below it, and another of its own level behind them."""
    form = make_section("leave#form", level=3)
    how = make_section("leave#how", body, below=[form])
    return make_page(sections=(how, form, make_section("leave#after")))


def test_a_question_on_a_section_tests_what_stands_below_it_and_nothing_beside_it() -> None:
    assert cover(a_library(nested(), citing("leave#how"))).untested == ("leave#after",)


def test_a_question_on_a_part_does_not_test_the_section_above_it() -> None:
    found = cover(a_library(nested(), citing("leave#form", "leave#after")))

    assert found.untested == ("leave#how",)


def test_a_heading_without_words_of_its_own_leaves_it_to_the_sections_below() -> None:
    found = cover(a_library(nested(body=""), citing("leave#form", "leave#after")))

    assert found.untested == ()
    assert cover(a_library(nested(body=""), citing("leave#how"))).untaught == ()


def test_a_question_that_cites_nothing_taught_is_shown() -> None:
    page = make_page(texts={"links": "More."})

    found = cover(a_library(page, citing("leave#links")))

    assert found.untaught == (Untaught("leave-basics", "q1"),)
    assert not found.complete


def module() -> Page:
    text = "Afterwards you can\n\n- **leave-1** say who consents\n- **leave-2** say who grants"
    return replace(make_page(texts={"objectives": text, "when": "Then."}), kind=Kind.MODULE)


def test_an_objective_without_a_question_is_shown() -> None:
    found = cover(a_library(module(), citing("leave#when", objectives=("leave-1",))))

    assert [each.id for each in found.unasked] == ["leave-2"]
    assert found.unasked[0].text == "say who grants"
    assert found.objectives == 2
    assert not found.complete


def test_only_modules_have_objectives() -> None:
    page = replace(module(), kind=Kind.GUIDANCE)

    assert cover(a_library(page, citing("leave#when"))).objectives == 0
