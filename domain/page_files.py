"""From a Markdown file with front matter to a page and its sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile, zip_longest
from math import ceil
from typing import Annotated, Final, cast

from domain import markup
from domain.markup import Heading, Reading, Segment
from domain.pages import Kind, Page, Section, Visibility
from domain.problems import Problem, Severity, errors, probably_meant
from domain.readability import reading_problems
from domain.source import (
    EACH,
    Authored,
    Day,
    Mention,
    Naming,
    OptionalText,
    Parsed,
    Slug,
    Source,
    Text,
    choice_of,
    is_slug,
    mentions_of,
    naming_of,
    read_yaml,
    slug_of,
    validate,
    whole_number,
)

WORDS_A_MINUTE: Final = 200
DEEPEST_HEADING: Final = 4

_NAMED: Final = (
    (("owner",), Naming.ROLE, "the owner is"),
    (("audience", EACH), Naming.ROLE, "the audience names"),
    (("topics", EACH), Naming.TOPIC, "the topics name"),
    (("legislation", EACH), Naming.REFERENCE, "the legislation names"),
    (("facts", EACH), Naming.FACT, "the facts name"),
)


class UntestedEntry(Authored):
    """A section that no question tests, and why."""

    section: Slug
    reason: Text


class FrontMatter(Authored):
    """What stands between the two lines `---` at the head of a page."""

    title: Text
    summary: Text
    kind: Annotated[Kind, choice_of(Kind)]
    owner: Slug
    audience: tuple[Slug, ...]
    visibility: Annotated[Visibility, choice_of(Visibility)]
    issued_on: Day
    review_on: Day
    topics: tuple[Slug, ...]
    legislation: tuple[Slug, ...]
    minutes: Annotated[int | None, whole_number(1, 600)] = None
    facts: tuple[Text, ...] = ()
    untested: tuple[UntestedEntry, ...] = ()
    reading_exception: OptionalText = ""


@dataclass(frozen=True)
class _Halves:
    """A file cut in two; `below` is the number of lines above the body."""

    front: str
    body: str
    below: int


def parse_page(path: str, slug: str, text: str, today: date | None = None) -> Parsed[Page]:
    """The page in a file, with every mistake in it.

    Given today, a page past its review date is warned about.
    """
    halves = _split(text)
    if halves is None:
        message = "a page starts with its front matter between two lines '---'"
        return Parsed(None, (Problem(path, 1, message),))
    source, problems = read_yaml(path, halves.front, first_line=2)
    reading = markup.read(halves.body)
    problems += tuple(_body_problems(path, halves.below, reading))
    if source is None:
        return Parsed(None, problems, _links(path, halves.below, reading), offers=_offers(reading))
    front, misfits = validate(source, FrontMatter)
    problems += misfits + tuple(_date_problems(source, front, today))
    problems += tuple(_untested_problems(source, front, _offers(reading)))
    if front:
        line = source.line("reading_exception") if front.reading_exception else 1
        problems += tuple(reading_problems(path, line, reading.prose, front.reading_exception))
    visibility = [typed for typed, _ in source.find("visibility")]
    public = visibility == [Visibility.PUBLIC]
    return Parsed(
        _page(path, slug, front, reading, halves.below) if front and not errors(problems) else None,
        problems,
        mentions_of(source, _NAMED) + _links(path, halves.below, reading, public=public),
        offers=_offers(reading),
        staff=visibility == [Visibility.STAFF],
    )


def _split(text: str) -> _Halves | None:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    ends = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if len(ends) < 2:
        return None
    end = ends[1]
    return _Halves("\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 1)


def _offers(reading: Reading) -> frozenset[str] | None:
    # Anchors below a box or code that was never closed cannot all be known.
    if any(fault.hides for fault in reading.faults):
        return None
    return frozenset(each.anchor for each in reading.headings if each.anchor)


def _links(path: str, below: int, reading: Reading, *, public: bool = False) -> tuple[Mention, ...]:
    found = (naming_of(link.target) for link in reading.links)
    return tuple(
        Mention(naming[0], naming[1], path, link.line + below, "a link goes to", public)
        for link, naming in zip(reading.links, found, strict=True)
        if naming
    )


def _date_problems(
    source: Source, front: FrontMatter | None, today: date | None
) -> Iterator[Problem]:
    if front is None:
        return
    if front.review_on < front.issued_on:
        message = f"'review_on' is before 'issued_on' ({front.issued_on})"
        yield source.problem(message, "review_on")
    elif today and front.review_on < today:
        message = (
            f"this page was to be reviewed by {front.review_on}: review it, and set a new date"
        )
        yield Problem(source.path, source.line("review_on"), message, Severity.WARNING)


def _untested_problems(
    source: Source, front: FrontMatter | None, anchors: frozenset[str] | None
) -> Iterator[Problem]:
    if front is None or anchors is None:
        return
    for index, entry in enumerate(front.untested):
        if entry.section not in anchors:
            meant = probably_meant(entry.section, anchors)
            message = f"'untested' names the section '{entry.section}', which is not here{meant}"
            yield source.problem(message, "untested", index)


def _body_problems(path: str, below: int, reading: Reading) -> Iterator[Problem]:
    for fault in reading.faults:
        yield Problem(path, fault.line + below, fault.message)
    for heading, message in [
        *_heading_mistakes(reading, below),
        *_empty_sections(reading.segments),
    ]:
        yield Problem(path, heading.line + below, message)
    if not reading.faults and not any(each.words for each in reading.segments):
        yield Problem(path, below, "the page has no text")


def _heading_mistakes(reading: Reading, below: int) -> Iterator[tuple[Heading, str]]:
    level = 1
    first_at: dict[str, int] = {}
    hidden_from = min((fault.line for fault in reading.faults if fault.hides), default=None)
    for heading in reading.headings:
        if hidden_from is not None and heading.line > hidden_from:
            return
        mistake = _heading_mistake(heading, level)
        if mistake is None and heading.anchor and heading.anchor in first_at:
            first = first_at[heading.anchor] + below
            mistake = f"the anchor '{heading.anchor}' stands twice (first on line {first})"
        if mistake:
            yield heading, mistake
        first_at.setdefault(heading.anchor or "", heading.line)
        level = level if heading.nested else heading.level


def _heading_mistake(heading: Heading, level_before: int) -> str | None:
    if heading.nested:
        return "a heading stands inside a list, a quotation or a box"
    if not heading.title:
        return "a heading has no words"
    if heading.level == 1:
        return (
            "a heading of level 1 stands in the body, but the title is the page's only one: use ##"
        )
    if heading.level > DEEPEST_HEADING:
        return f"headings go no deeper than level {DEEPEST_HEADING}"
    if heading.level > level_before + 1:
        return (
            f"a heading of level {heading.level} stands here: level {level_before + 1} is skipped"
        )
    return _anchor_mistake(heading)


def _anchor_mistake(heading: Heading) -> str | None:
    meant = slug_of(heading.title)
    if heading.level == DEEPEST_HEADING:
        return None if heading.anchor is None else "a heading of level 4 carries no anchor"
    if heading.anchor is None:
        marks = "#" * heading.level
        return f"this heading has no anchor (did you mean '{marks} {heading.title} {{#{meant}}}'?)"
    if not is_slug(heading.anchor):
        return (
            f"the anchor '{heading.anchor}' must be made of small letters, digits and hyphens "
            f"(did you mean '{{#{meant}}}'?)"
        )
    return None


def _empty_sections(segments: Sequence[Segment]) -> Iterator[tuple[Heading, str]]:
    for segment, following in zip_longest(segments, segments[1:]):
        heading = segment.heading
        if heading is None or segment.body.strip():
            continue
        below = following.heading.level if following and following.heading else 0
        if below <= heading.level:
            yield heading, f"the section '{heading.title}' is empty"


def _page(path: str, slug: str, front: FrontMatter, reading: Reading, below: int) -> Page:
    said = [word for segment in reading.segments for word in segment.words]
    headed = [segment for segment in reading.segments if segment.heading]
    given = front.model_dump(exclude={"reading_exception"})
    given["untested"] = tuple((each.section, each.reason) for each in front.untested)
    given["minutes"] = front.minutes or ceil(max(len(said), 1) / WORDS_A_MINUTE)
    return Page(
        slug=slug,
        path=path,
        intro=reading.segments[0].body,
        sections=tuple(_section(slug, headed[at:], below) for at in range(len(headed))),
        version=markup.version_of([front.title, front.summary, *said]),
        **given,
    )


def _section(page: str, segments: Sequence[Segment], below: int) -> Section:
    """The first of these segments as a section, with the versions of those under it."""
    first, *others = segments
    heading = cast(Heading, first.heading)
    covered = takewhile(lambda each: each.heading and each.heading.level > heading.level, others)
    said = [*first.words, *(word for each in covered for word in each.words)]
    return Section(
        page,
        heading.anchor or "",
        heading.title,
        heading.level,
        first.body,
        markup.version_of(said),
        heading.line + below,
    )
