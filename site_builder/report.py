"""The impact of a change, told to people (Markdown) and to programs (JSON)."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from domain.impact import Change, Fate, Impact, SectionChange, difference
from domain.library import Library
from domain.markup import words
from site_builder.words import count_of

Runs = tuple[tuple[Fate, str], ...]

NOTHING = "No words of any page differ, so nothing is touched.\n"
_WORDS_AROUND = 8
# The marks of `words` for structure, as a reader sees them. All others are cells of tables.
_MARKS = {"item": "•", "box": "", "start": "", "heading_open": "", "tr_open": ""}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>~#|])")


def as_json(impact: Impact, before: Library, after: Library) -> str:
    """Everything, with the difference of each section as runs of words."""
    told = asdict(impact)
    for section, change in zip(told["changed"], impact.changed, strict=True):
        section["difference"] = runs_of(change, before, after)
    return json.dumps({"nothing": impact.nothing, **told}, indent=2, ensure_ascii=False) + "\n"


def as_markdown(impact: Impact, before: Library, after: Library) -> str:
    """A report for a pull request."""
    lines = ["# What this change touches", ""]
    if impact.nothing:
        return "\n".join([*lines, NOTHING])
    lines += [f"{_summary(impact)}", ""]
    for title, part in (
        ("Changed sections", _changed(impact, before, after)),
        ("Pages with a changed opening", _openings(impact)),
        ("Questions to read again", _questions(impact)),
        ("Quizzes", _quizzes(impact)),
        ("Programmes", _programmes(impact, after)),
        ("Roles", _roles(impact, after)),
        ("Engagement groups that follow the topic", _groups(impact, after)),
    ):
        told = list(part)
        lines += [f"## {title}", "", *told, ""] if told else []
    return "\n".join(lines).rstrip() + "\n"


def runs_of(change: SectionChange, before: Library, after: Library) -> Runs:
    """The words of a section, with its title where that differs, as they stayed, went and came."""
    sides = [library.find_section(change.id) for library in (before, after)]
    named = len({side.title if side else "" for side in sides}) > 1
    told = [_visible(f"{s.title}:\n\n{s.body}" if named else s.body) if s else [] for s in sides]
    return difference(*told)


def _visible(text: str) -> list[str]:
    return [word for word in map(_shown, words(text)) if word]


def _shown(word: str) -> str:
    """A word as it is; a mark, which begins with a control character, as something to see."""
    if word.isprintable():
        return word
    mark, _, rest = word[1:].partition(":")
    return f"(→ {rest})" if mark == "link" else _MARKS.get(mark, "|")


def _summary(impact: Impact) -> str:
    counts = (
        count_of(len(impact.changed), "section"),
        count_of(len(impact.suspect_questions), "suspect question"),
        count_of(len(impact.quizzes), "quiz", "quizzes"),
        count_of(len(impact.programmes), "programme"),
        count_of(len(impact.groups), "engagement group"),
    )
    return " · ".join(counts)


def _changed(impact: Impact, before: Library, after: Library) -> Iterator[str]:
    for change in impact.changed:
        verb = "" if change.change is Change.CHANGED else f", {change.change}"
        yield f"- **{_escaped(change.page_title)}: {_escaped(change.title)}** (`{change.id}`{verb})"
        if change.follows:
            yield "  Its own words are as they were; a section below it differs."
        else:
            yield f"  {_told(runs_of(change, before, after))}"


def _told(runs: Runs) -> str:
    return " ".join(_run(fate, text) for fate, text in runs)


def _run(fate: Fate, text: str) -> str:
    if fate is Fate.SAME:
        return _escaped(_shortened(text.split()))
    return f"~~{_escaped(text)}~~" if fate is Fate.REMOVED else f"**{_escaped(text)}**"


def _shortened(same: Sequence[str]) -> str:
    if len(same) <= 2 * _WORDS_AROUND:
        return " ".join(same)
    return " ".join([*same[:_WORDS_AROUND], "…", *same[-_WORDS_AROUND:]])


def _openings(impact: Impact) -> Iterator[str]:
    for page in impact.pages:
        if page.opening_changed:
            yield f"- {_escaped(page.title)} (`{page.slug}`, {page.change})"


def _questions(impact: Impact) -> Iterator[str]:
    for question in impact.suspect_questions:
        cited = ", ".join(f"`{section}`" for section in question.sections)
        again = "; checked again in this change" if question.checked_again else ""
        yield f"- `{question.quiz}` / `{question.id}` cites {cited}{again}"


def _quizzes(impact: Impact) -> Iterator[str]:
    for quiz in impact.quizzes:
        told = f"{len(quiz.questions)} of {count_of(quiz.asked, 'question')}"
        yield f"- {_escaped(quiz.title)} (`{quiz.slug}`): {told}"


def _programmes(impact: Impact, after: Library) -> Iterator[str]:
    for programme in impact.programmes:
        role = _escaped(after.roles.get(programme.role, programme.role))
        cost = count_of(programme.minutes, "minute")
        yield f"- {_escaped(programme.title)} (`{programme.slug}`, for {role}): {cost} at most"
        for each in programme.requirements:
            yield f"  - {each.kind}: {_escaped(each.title)}, {count_of(each.minutes, 'minute')}"


def _roles(impact: Impact, after: Library) -> Iterator[str]:
    for role in impact.roles:
        yield f"- {_escaped(after.roles.get(role, role))} (`{role}`)"


def _groups(impact: Impact, after: Library) -> Iterator[str]:
    for group in impact.groups:
        topics = ", ".join(_escaped(after.topics.get(topic, topic)) for topic in group.topics)
        yield f"- {_escaped(group.title)} (`{group.slug}`): {topics}"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
