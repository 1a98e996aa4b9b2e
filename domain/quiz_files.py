"""From a YAML file to a quiz: its questions, their options and what they cite."""

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import Annotated, Final

from pydantic import Field

from domain import markup
from domain.pages import Visibility
from domain.problems import Problem
from domain.quizzes import Citation, Option, Question, QuestionKind, Quiz
from domain.source import (
    EACH,
    Authored,
    Mention,
    Naming,
    OptionalText,
    Parsed,
    Slug,
    Source,
    Stamp,
    Text,
    Truth,
    choice_of,
    listed_parts,
    mentions_of,
    read_yaml,
    repeated,
    texts_of,
    validate,
    whole_number,
)

_NAMED: Final = (
    (("owner",), Naming.ROLE, "the owner is"),
    (("topics", EACH), Naming.TOPIC, "the topics name"),
)
_CITED: Final = ("cites", EACH, "section")
_TEXTS: Final = (
    ("questions", EACH, "text"),
    ("questions", EACH, "explanation"),
    ("questions", EACH, "options", EACH, "text"),
    ("questions", EACH, "options", EACH, "feedback"),
)


class QuizFile(Authored):
    """A whole file; its questions are looked at one by one."""

    title: Text
    summary: Text
    owner: Slug
    topics: tuple[Slug, ...]
    visibility: Annotated[Visibility, choice_of(Visibility)]
    pass_mark: Annotated[int, whole_number(1, 100)]
    minutes: Annotated[int, whole_number(1, 600)]
    draw: Annotated[int, whole_number(1, 100)] = 0
    questions: object


class OptionEntry(Authored):
    """One answer to choose."""

    text: Text
    correct: Truth = False
    feedback: OptionalText = ""


class CitationEntry(Authored):
    """A section that a question tests, with the stamp of its reviewer."""

    section: Text
    version: Stamp | None = None


class QuestionEntry(Authored):
    """One question of a quiz."""

    id: Slug
    kind: Annotated[QuestionKind, choice_of(QuestionKind)]
    text: Text
    cites: tuple[CitationEntry, ...] = ()
    options: Annotated[tuple[OptionEntry, ...], Field(min_length=2, max_length=12)]
    explanation: Text
    objectives: tuple[Slug, ...] = ()


def parse_quiz(path: str, slug: str, text: str) -> Parsed[Quiz]:
    """The quiz in a file, with every mistake in it."""
    source, problems = read_yaml(path, text)
    if source is None:
        return Parsed(None, problems)
    head, misfits = validate(source, QuizFile)
    parts, none_listed = listed_parts(source, "questions")
    problems += misfits + none_listed + tuple(repeated(parts, "id", "the question"))
    entries = [(part, *validate(part, QuestionEntry)) for part in parts]
    for part, entry, misfits in entries:
        problems += misfits + (tuple(_mistakes(slug, part, entry)) if entry else ())
    problems += _draw_problems(source, head, len(parts))
    visibility = [typed for typed, _ in source.find("visibility")]
    public = visibility == [Visibility.PUBLIC]
    questions = tuple(_question(part, entry) for part, entry, _ in entries if entry)
    return Parsed(
        _quiz(path, slug, head, questions) if head and not problems else None,
        problems,
        mentions_of(source, _NAMED) + tuple(_citations(parts, public=public)),
        texts_of(source, _TEXTS, public=public),
    )


def _draw_problems(source: Source, head: QuizFile | None, size: int) -> tuple[Problem, ...]:
    if head is None or head.draw <= size:
        return ()
    message = f"'draw' asks for {head.draw} questions, but there are only {size}"
    return (source.problem(message, "draw"),)


def _citations(parts: Sequence[Source], *, public: bool) -> Iterator[Mention]:
    for part in parts:
        names = [typed for typed, _ in part.find("id")]
        saying = f"question '{names[0]}' cites" if names else "a question cites"
        yield from mentions_of(part, ((_CITED, Naming.SECTION, saying),), public=public)
        saying = f"question '{names[0]}' tests" if names else "a question tests"
        yield from mentions_of(part, ((("objectives", EACH), Naming.OBJECTIVE, saying),))


def _mistakes(quiz: str, part: Source, entry: QuestionEntry) -> Iterator[Problem]:
    right = sum(option.correct for option in entry.options)
    if not right:
        yield part.problem(f"question '{entry.id}' has no correct option")
    if right > 1 and entry.kind is QuestionKind.SINGLE:
        message = f"question '{entry.id}' is single choice, but has {right} correct options"
        yield part.problem(f"{message} (did you mean 'kind: multiple'?)", "kind")
    if not entry.cites:
        yield part.problem(f"question '{entry.id}' cites nothing: name the section that it tests")
    yield from _option_mistakes(part, entry)
    yield from _citation_mistakes(quiz, part, entry)


def _option_mistakes(part: Source, entry: QuestionEntry) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for index, option in enumerate(entry.options):
        words = tuple(word.casefold() for word in _words(option.text))
        if words in seen:
            message = f"question '{entry.id}' has the option '{option.text}' twice"
            yield part.problem(message, "options", index)
        seen.add(words)
        if not option.correct and not option.feedback:
            message = f"the wrong option '{option.text}' has no feedback: say why it is wrong"
            yield part.problem(message, "options", index)


def _citation_mistakes(quiz: str, part: Source, entry: QuestionEntry) -> Iterator[Problem]:
    yield from repeated(part.parts("cites"), "section", "the citation of")
    for index, cite in enumerate(entry.cites):
        if cite.version is None:
            message = (
                f"question '{entry.id}' was never checked against '{cite.section}': read both, "
                f"then run python -m site_builder stamp {quiz} {entry.id}"
            )
            yield part.problem(message, "cites", index)


def _words(text: str) -> tuple[str, ...]:
    # Text beyond the limits of the dialect has none here; the library reports it.
    return tuple(word for segment in markup.read(text).segments for word in segment.words)


def _question(part: Source, entry: QuestionEntry) -> Question:
    options = tuple(
        Option(letter, option.text, option.correct, option.feedback)
        for letter, option in zip(ascii_lowercase, entry.options, strict=False)
    )
    cites = tuple(
        Citation(cite.section, cite.version or "", part.line("cites", index, "section"))
        for index, cite in enumerate(entry.cites)
    )
    version = _question_version(entry)
    return Question(
        entry.id,
        entry.kind,
        entry.text,
        options,
        cites,
        entry.explanation,
        version,
        part.line(),
        entry.objectives,
    )


def _question_version(entry: QuestionEntry) -> str:
    said = [entry.kind.value, *_words(entry.text)]
    for option in entry.options:
        said += [f"option:{option.correct}", *_words(option.text)]
    return markup.version_of(said)


def _quiz(path: str, slug: str, head: QuizFile, questions: tuple[Question, ...]) -> Quiz:
    said = [f"{each.id}:{each.version}" for each in questions]
    given = head.model_dump(exclude={"questions"})
    rules = [f"pass mark {head.pass_mark}", *([f"draw {head.draw}"] if head.draw else [])]
    version = markup.version_of([*rules, *said])
    return Quiz(slug=slug, path=path, questions=questions, version=version, **given)
