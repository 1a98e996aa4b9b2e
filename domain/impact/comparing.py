"""How two libraries are compared."""

from collections.abc import Iterable, Iterator, Sequence

from domain.impact.values import (
    AffectedGroup,
    AffectedProgramme,
    AffectedQuiz,
    AffectedRequirement,
    Change,
    Impact,
    PageChange,
    SectionChange,
    SuspectQuestion,
)
from domain.library import Library
from domain.markup import words
from domain.pages import Page, Section, Visibility
from domain.programmes import Programme, Requirement, RequirementKind


def compare(before: Library, after: Library) -> Impact:
    """What the proposed library touches, against the one that is live.

    A section counts as changed when its version differs, so wrapping and
    emphasis name nothing. Groups are told of public pages only: what is marked
    for staff is no news to an organisation.
    """
    changed = tuple(_section_changes(before, after))
    pages = tuple(_page_changes(before, after, {change.page for change in changed}))
    new_words = frozenset(each.id for each in changed if each.change is Change.CHANGED)
    questions = tuple(_suspect_questions(after, new_words))
    to_read = new_words | {each.id for each in changed if each.change is Change.ADDED}
    programmes = tuple(_programmes(after, new_words, to_read))
    return Impact(
        changed=changed,
        pages=pages,
        suspect_questions=questions,
        quizzes=tuple(_quizzes(after, questions)),
        programmes=programmes,
        roles=tuple(sorted({programme.role for programme in programmes})),
        audience=tuple(sorted({role for page in pages for role in page.audience})),
        groups=tuple(_groups(after, pages)),
    )


def _section_changes(before: Library, after: Library) -> Iterator[SectionChange]:
    old, new = _sections(before), _sections(after)
    pages = {**before.pages, **after.pages}
    for section_id in sorted({*old, *new}):
        was, now = old.get(section_id), new.get(section_id)
        if was is None or now is None or was.version != now.version:
            sides = [section for section in (was, now) if section]
            yield SectionChange(
                id=section_id,
                change=_change(was, now),
                title=sides[-1].title,
                page=sides[-1].page,
                page_title=pages[sides[-1].page].title,
                before_text=was.body if was else None,
                after_text=now.body if now else None,
                follows=_own_words(was) == _own_words(now),
            )


def _sections(library: Library) -> dict[str, Section]:
    return {section.id: section for page in library.pages.values() for section in page.sections}


def _change(was: object | None, now: object | None) -> Change:
    if was is None:
        return Change.ADDED
    return Change.REMOVED if now is None else Change.CHANGED


def _own_words(section: Section | None) -> tuple[object, ...]:
    return (section.level, words(section.title), words(section.body)) if section else ()


def _page_changes(
    before: Library, after: Library, with_sections: Iterable[str]
) -> Iterator[PageChange]:
    touched = frozenset(with_sections)
    for slug in sorted({*before.pages, *after.pages}):
        was, now = before.pages.get(slug), after.pages.get(slug)
        opening_changed = _opening(was) != _opening(now)
        if slug in touched or opening_changed:
            sides = [page for page in (was, now) if page]
            yield _page_change(sides, _change(was, now), opening_changed)


def _opening(page: Page | None) -> tuple[tuple[str, ...], ...]:
    return tuple(map(words, (page.title, page.summary, page.intro))) if page else ()


def _page_change(sides: Sequence[Page], change: Change, opening_changed: bool) -> PageChange:
    return PageChange(
        slug=sides[-1].slug,
        title=sides[-1].title,
        change=change,
        opening_changed=opening_changed,
        public=any(page.visibility is Visibility.PUBLIC for page in sides),
        topics=tuple(sorted({topic for page in sides for topic in page.topics})),
        audience=tuple(sorted({role for page in sides for role in page.audience})),
    )


def _suspect_questions(after: Library, changed: frozenset[str]) -> Iterator[SuspectQuestion]:
    now = after.section_versions()
    for slug, quiz in sorted(after.quizzes.items()):
        for question in quiz.questions:
            cites = [cite for cite in question.cites if cite.section in changed]
            if cites:
                yield SuspectQuestion(
                    quiz=slug,
                    id=question.id,
                    text=question.text,
                    sections=tuple(sorted({cite.section for cite in cites})),
                    checked_again=all(now[cite.section] == cite.version for cite in cites),
                )


def _quizzes(after: Library, questions: Sequence[SuspectQuestion]) -> Iterator[AffectedQuiz]:
    for slug, quiz in sorted(after.quizzes.items()):
        ids = tuple(question.id for question in questions if question.quiz == slug)
        if ids:
            yield AffectedQuiz(slug, quiz.title, ids, len(quiz.questions))


def _programmes(
    after: Library, changed: frozenset[str], to_read: frozenset[str]
) -> Iterator[AffectedProgramme]:
    for slug, programme in sorted(after.programmes.items()):
        requirements = tuple(_requirements(after, programme, changed, to_read))
        if requirements:
            yield AffectedProgramme(slug, programme.title, programme.role, requirements)


def _requirements(
    after: Library, programme: Programme, changed: frozenset[str], to_read: frozenset[str]
) -> Iterator[AffectedRequirement]:
    for requirement in programme.requirements:
        # Somebody who reads a page again reads what was added too; nothing else rests on that.
        telling = to_read if requirement.kind is RequirementKind.READING else changed
        sections = tuple(sorted(telling.intersection(_rests_on(after, requirement))))
        if sections:
            yield AffectedRequirement(
                requirement.id, requirement.title, requirement.kind, requirement.minutes, sections
            )


def _rests_on(library: Library, requirement: Requirement) -> tuple[str, ...]:
    match requirement.kind:
        case RequirementKind.READING:
            return tuple(section.id for section in library.pages[requirement.subject].sections)
        case RequirementKind.QUIZ:
            return library.quizzes[requirement.subject].sections
        case RequirementKind.OBSERVED_TASK:
            return requirement.cites


def _groups(after: Library, pages: Sequence[PageChange]) -> Iterator[AffectedGroup]:
    topics = {topic for page in pages if page.public for topic in page.topics}
    for group in sorted(after.engagement.groups, key=lambda each: each.slug):
        shared = tuple(sorted(topics.intersection(group.topics)))
        if shared:
            yield AffectedGroup(group.slug, group.title, shared)
