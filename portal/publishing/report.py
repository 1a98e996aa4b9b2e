"""The report to the editor: each change with its difference, and whom and what it touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.impact import (
    AffectedGroup,
    AffectedProgramme,
    AffectedQuiz,
    AffectedRequirement,
    Impact,
    SuspectQuestion,
)
from domain.library import Library
from portal.publishing.changes import Change, ChangeKind
from portal.publishing.difference import Paragraph, difference
from portal.publishing.people import Everybody, Touched, together, touched


@dataclass(frozen=True)
class Followers:
    """A group that follows the topic of a changed page, and its organisations."""

    group: AffectedGroup
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One change, with all that rests on it."""

    change: Change
    paragraphs: tuple[Paragraph, ...]
    questions: tuple[SuspectQuestion, ...]
    requirements: tuple[tuple[AffectedProgramme, AffectedRequirement], ...]
    followers: tuple[Followers, ...]
    touched: Touched

    @property
    def is_cited(self) -> bool:
        """Whether a question or a requirement rests on it: then it must be decided."""
        return bool(self.change.meanings and (self.questions or self.requirements))

    @property
    def to_check(self) -> tuple[SuspectQuestion, ...]:
        """The questions that nobody has compared with the new words."""
        return tuple(each for each in self.questions if not each.checked_again)


@dataclass(frozen=True)
class Report:
    """Everything that changed since the last publication. `all_touched` counts nobody twice."""

    impact: Impact
    changes: tuple[Change, ...]
    cards: tuple[Card, ...]
    all_touched: Touched
    teams: Mapping[int, tuple[str, ...]]

    @property
    def following(self) -> tuple[Change, ...]:
        """The sections that changed only by what stands below them."""
        return tuple(each for each in self.changes if each.kind is ChangeKind.FOLLOWS)

    @property
    def quizzes(self) -> tuple[AffectedQuiz, ...]:
        """The quizzes with questions about changed sections."""
        return self.impact.quizzes

    def touched_by(self, sections: Iterable[str]) -> Touched:
        """Whom the changes to these sections touch together."""
        wanted = set(sections)
        return together(
            (card.touched for card in self.cards if card.change.section in wanted), self.teams
        )


def report_on(
    impact: Impact,
    changes: tuple[Change, ...],
    everybody: Everybody,
    organisations: Mapping[str, list[str]],
    library: Library,
) -> Report:
    """The report on these changes, for people and organisations as they are now."""
    cards = tuple(
        _card(change, impact, changes, everybody, organisations, library)
        for change in changes
        if change.kind is not ChangeKind.FOLLOWS
    )
    all_touched = together((card.touched for card in cards), everybody.teams)
    return Report(impact, changes, cards, all_touched, everybody.teams)


def _card(
    change: Change,
    impact: Impact,
    changes: tuple[Change, ...],
    everybody: Everybody,
    organisations: Mapping[str, list[str]],
    library: Library,
) -> Card:
    sections = {change.section, *_followed_by(change, changes)}
    requirements = tuple(
        (programme, requirement)
        for programme in impact.programmes
        for requirement in programme.requirements
        if not sections.isdisjoint(requirement.sections)
    )
    required = {
        (programme.slug, requirement.id): frozenset(sections.intersection(requirement.sections))
        for programme, requirement in requirements
    }
    now = library.section_versions()
    versions = {section: now.get(section) for section in sections}
    return Card(
        change=change,
        paragraphs=difference(change.before, change.after),
        questions=tuple(q for q in impact.suspect_questions if not sections.isdisjoint(q.sections)),
        requirements=requirements,
        followers=_followers(change, impact, organisations),
        touched=touched(required, versions, everybody),
    )


def _followed_by(change: Change, changes: tuple[Change, ...]) -> set[str]:
    """The sections above a change whose own words are the same, so that it decides for them."""
    return {
        each.section
        for each in changes
        if each.kind is ChangeKind.FOLLOWS and change.section in each.below
    }


def _followers(
    change: Change, impact: Impact, organisations: Mapping[str, list[str]]
) -> tuple[Followers, ...]:
    page = next(each for each in impact.pages if each.slug == change.section.partition("#")[0])
    # What is marked for staff is no news to an organisation.
    topics = set(page.topics) if page.public else set()
    return tuple(
        Followers(group, tuple(organisations.get(group.slug, ())))
        for group in impact.groups
        if not topics.isdisjoint(group.topics)
    )
