"""What can be told only of the library as a whole: whether what one file names is there."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from domain import markup
from domain.library.files import Gathered
from domain.objectives import objectives_of
from domain.pages import Page
from domain.problems import Problem, Severity, probably_meant
from domain.quizzes import Quiz
from domain.source import AuthoredText, Mention, Naming, Parsed, naming_of

Names = dict[Naming, frozenset[str] | None]
"""What there is to name, by kind; None where it cannot be known."""

_PLACES: Final = {
    Naming.ROLE: ("content/roles.yaml", "which is no role in content/roles.yaml"),
    Naming.TOPIC: ("content/topics.yaml", "which is no topic in content/topics.yaml"),
    Naming.REFERENCE: ("content/references.yaml", "which content/references.yaml does not have"),
    Naming.GROUP: ("stakeholders/groups.yaml", "which is no group in stakeholders/groups.yaml"),
    Naming.ISSUE: ("stakeholders/issues.yaml", "which is no issue in stakeholders/issues.yaml"),
}


def check_together(gathered: Gathered) -> Iterator[Problem]:
    """Every mistake that lies between files, and a warning for every suspect question."""
    known = _names(gathered)
    for parsed in gathered.parsed():
        for mention in parsed.mentions:
            yield from _check_mention(gathered, known, mention)
        for text in parsed.texts:
            yield from _check_text(gathered, known, text)
    yield from _suspect_questions(gathered)
    yield from _objectives_twice(gathered)


def _names(gathered: Gathered) -> Names:
    known: Names = {
        naming: gathered.single[path].offers if path in gathered.single else None
        for naming, (path, _) in _PLACES.items()
    }
    # What pages say of facts has a check of its own, which knows their marks.
    known[Naming.FACT] = None
    known[Naming.OBJECTIVE] = _objectives(gathered)
    known[Naming.PAGE] = frozenset(gathered.pages)
    known[Naming.QUIZ] = frozenset(gathered.quizzes)
    known[Naming.SECTION] = frozenset(
        f"{slug}#{anchor}" for slug, page in gathered.pages.items() for anchor in page.offers or ()
    )
    return known


def _objectives(gathered: Gathered) -> frozenset[str] | None:
    pages = [parsed.value for parsed in gathered.pages.values()]
    # A page with mistakes could be the module that has the objective.
    if any(page is None for page in pages):
        return None
    return frozenset(each.id for page in pages if page for each in objectives_of(page))


def _objectives_twice(gathered: Gathered) -> Iterator[Problem]:
    first_in: dict[str, str] = {}
    for page in (parsed.value for parsed in gathered.pages.values() if parsed.value):
        for objective in objectives_of(page):
            if objective.id in first_in:
                message = f"the objective '{objective.id}' stands twice: {first_in[objective.id]}"
                yield Problem(page.path, objective.line, f"{message} has it too")
            first_in.setdefault(objective.id, page.path)


def _check_mention(gathered: Gathered, known: Names, mention: Mention) -> Iterator[Problem]:
    names = known[mention.naming]
    page = _page_named(gathered, mention)
    unread = mention.naming is Naming.SECTION and page is not None and page.offers is None
    if names is None or unread:
        return
    if mention.target not in names:
        meant = probably_meant(mention.target, _candidates(gathered, mention, names))
        message = f"{mention.saying} '{mention.target}', {_absence(mention)}{meant}"
        yield Problem(mention.path, mention.line, message)
    elif mention.public and page is not None and page.staff:
        message = (
            f"{mention.saying} '{mention.target}', a staff page, but this is public: "
            "its readers could not follow"
        )
        yield Problem(mention.path, mention.line, message)


def _candidates(gathered: Gathered, mention: Mention, names: Iterable[str]) -> Iterable[str]:
    """What may have been meant: of all sections, those of that page or with that anchor."""
    # To compare with every section would take long where a page that is much cited was renamed.
    if mention.naming is not Naming.SECTION:
        return names
    slug, _, anchor = mention.target.partition("#")
    if slug in gathered.pages:
        return [each for each in names if each.startswith(f"{slug}#")]
    return [each for each in names if each.endswith(f"#{anchor}")]


def _page_named(gathered: Gathered, mention: Mention) -> Parsed[Page] | None:
    if mention.naming not in (Naming.PAGE, Naming.SECTION):
        return None
    return gathered.pages.get(mention.target.partition("#")[0])


def _absence(mention: Mention) -> str:
    if mention.naming is Naming.SECTION:
        return "which no page has" if "#" in mention.target else "but a citation is 'page#anchor'"
    if mention.naming is Naming.OBJECTIVE:
        return "which is no objective of a module"
    if mention.naming in _PLACES:
        return _PLACES[mention.naming][1]
    return f"but there is no such {mention.naming}"


def _check_text(gathered: Gathered, known: Names, text: AuthoredText) -> Iterator[Problem]:
    reading = markup.read(text.text)
    for fault in reading.faults:
        yield Problem(text.path, text.line_of(fault.line), fault.message)
    for heading in reading.headings:
        yield Problem(text.path, text.line_of(heading.line), "a heading has no place in this text")
    for link in reading.links:
        named = naming_of(link.target)
        if named:
            line = text.line_of(link.line)
            mention = Mention(*named, text.path, line, "a link goes to", text.public)
            yield from _check_mention(gathered, known, mention)


def _suspect_questions(gathered: Gathered) -> Iterator[Problem]:
    versions = {
        section.id: section.version
        for page in gathered.pages.values()
        for section in (page.value.sections if page.value else ())
    }
    for parsed in gathered.quizzes.values():
        if parsed.value is not None:
            yield from _suspect_in(parsed.value, versions)


def _suspect_in(quiz: Quiz, versions: Mapping[str, str]) -> Iterator[Problem]:
    for question in quiz.questions:
        for cite in question.cites:
            if cite.version != versions.get(cite.section, cite.version):
                message = (
                    f"question '{question.id}' is suspect: '{cite.section}' has changed since it "
                    "was checked (read both, then run "
                    f"python -m site_builder stamp {quiz.slug} {question.id})"
                )
                yield Problem(quiz.path, cite.line, message, Severity.WARNING)
