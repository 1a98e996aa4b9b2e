"""A YAML file becomes a quiz, with versions that follow what is asked and what is right."""

from domain.pages import Visibility
from domain.quiz_files import parse_quiz
from domain.quizzes import QuestionKind, Quiz
from domain.source import Naming
from tests.builders.mistakes import SOUND

TEXT = (SOUND / "quizzes/leave-basics.yaml").read_text(encoding="utf-8")


def quiz_of(text: str = TEXT) -> Quiz:
    parsed = parse_quiz("quizzes/leave-basics.yaml", "leave-basics", text)
    assert parsed.problems == ()
    assert parsed.value is not None
    return parsed.value


def changed(old: str, new: str) -> tuple[set[str], bool]:
    """The questions whose version a change changes, and whether the quiz's does."""
    assert TEXT.count(old) == 1
    before, after = quiz_of(), quiz_of(TEXT.replace(old, new))
    pairs = zip(before.questions, after.questions, strict=True)
    return {a.id for a, b in pairs if a.version != b.version}, before.version != after.version


def test_a_file_becomes_a_quiz() -> None:
    quiz = quiz_of()

    assert (quiz.slug, quiz.pass_mark, quiz.minutes) == ("leave-basics", 80, 10)
    assert quiz.visibility is Visibility.STAFF
    assert [(each.id, each.kind, each.line) for each in quiz.questions] == [
        ("consent", QuestionKind.SINGLE, 10),
        ("contents", QuestionKind.MULTIPLE, 26),
    ]
    assert quiz.sections == ("desk-notes#reply", "leave#asking", "leave#when")


def test_options_are_lettered_in_their_order() -> None:
    consent, contents = quiz_of().questions

    assert [option.id for option in consent.options] == ["a", "b", "c"]
    assert consent.correct == {"a"}
    assert contents.correct == {"a", "b"}
    assert consent.options[1].feedback == "Transport is arranged later."


def test_citations_know_their_line_and_stamp() -> None:
    cites = quiz_of().question("contents").cites

    assert [(cite.section, cite.line) for cite in cites] == [
        ("leave#asking", 30),
        ("desk-notes#reply", 31),
    ]
    assert all(len(cite.version) == 12 for cite in cites)


def test_another_word_in_a_question_or_option_changes_its_version() -> None:
    assert changed("What comes first?", "What comes second?") == ({"consent"}, True)
    assert changed("text: A report", "text: A letter") == ({"consent"}, True)


def test_what_is_right_is_part_of_a_questions_version() -> None:
    text = "For how long\n        correct: true"

    assert changed(text, f"{text.replace('true', 'false')}\n        feedback: Not so.") == (
        {"contents"},
        True,
    )


def test_emphasis_feedback_and_stamps_are_no_part_of_a_version() -> None:
    assert changed("What comes first?", "What comes *first*?") == (set(), False)
    assert changed("Transport is arranged later.", "Later.") == (set(), False)
    stamp = quiz_of().question("consent").cites[0].version
    assert changed(stamp, "0" * 12) == (set(), False)


def test_the_pass_mark_is_part_of_the_quizs_version() -> None:
    assert changed("pass_mark: 80", "pass_mark: 75") == (set(), True)


def test_what_it_names_is_known_even_where_the_file_has_mistakes() -> None:
    parsed = parse_quiz("q.yaml", "q", TEXT.replace("pass_mark: 80", "pass_mark: many"))
    cited = [each.target for each in parsed.mentions if each.naming is Naming.SECTION]

    assert parsed.value is None
    assert cited == ["leave#when", "leave#asking", "desk-notes#reply"]
    assert len(parsed.texts) == 13


def test_every_mistake_of_every_question_is_told_at_once() -> None:
    text = TEXT.replace("        correct: true\n", "").replace(
        "        feedback: Trans", "        # Trans"
    )

    told = [str(problem) for problem in sorted(parse_quiz("q.yaml", "q", text).problems)]

    assert told == [
        "q.yaml:10: question 'consent' has no correct option",
        "q.yaml:19: the wrong option 'Consent' has no feedback: say why it is wrong",
        "q.yaml:20: the wrong option 'A taxi' has no feedback: say why it is wrong",
        "q.yaml:25: question 'contents' has no correct option",
        "q.yaml:32: the wrong option 'Where the patient goes' has no feedback: say why it is wrong",
        "q.yaml:33: the wrong option 'For how long' has no feedback: say why it is wrong",
    ]
