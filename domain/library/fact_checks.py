"""Whether the facts that pages rest on are in a brief, and whether somebody confirmed them."""

from collections.abc import Iterator
from typing import Final

from domain.fact_files import Facts
from domain.library.files import FACTS, Gathered
from domain.pages import Kind, Page
from domain.problems import Problem, probably_meant
from domain.source import Mention, Naming, Parsed

_RESTING: Final = (Kind.GUIDANCE, Kind.AIDE_MEMOIRE)
# Pages on how work is done; the others say what is so.
_ADVISING: Final = (Kind.AIDE_MEMOIRE, Kind.MODULE)


def check_facts(gathered: Gathered) -> Iterator[Problem]:
    """Every fact named that no page can rest on, and every page that names none but should.

    A root without briefs is one mistake, and only where a page names a fact.
    """
    facts = gathered.facts()
    if not gathered.briefs:
        yield from _no_briefs(gathered)
        return
    yield from _twice(gathered)
    for page in gathered.pages.values():
        yield from _nothing_named(page)
        for mention in page.mentions:
            if mention.naming is Naming.FACT:
                yield from _check(facts, mention, page.value)


def _no_briefs(gathered: Gathered) -> Iterator[Problem]:
    named = (m for page in gathered.pages.values() for m in page.mentions)
    if any(mention.naming is Naming.FACT for mention in named):
        message = "there is no fact brief here: pages name facts, and the facts stand in it"
        yield Problem(FACTS, 1, message)


def _twice(gathered: Gathered) -> Iterator[Problem]:
    first_in: dict[str, str] = {}
    for path, brief in gathered.briefs.items():
        for fact in (brief.value or {}).values():
            first = first_in.setdefault(fact.id, path)
            if first != path:
                message = f"the fact '{fact.id}' stands in {first} too"
                yield Problem(path, fact.line, message)


def _nothing_named(page: Parsed[Page]) -> Iterator[Problem]:
    if page.value and page.value.kind in _RESTING and not page.value.facts:
        message = (
            f"a page of the kind '{page.value.kind}' names the facts it rests on "
            f"(facts: [RPS-4.1]); they stand in {FACTS}"
        )
        yield Problem(page.value.path, 1, message)


def _check(facts: Facts, mention: Mention, page: Page | None) -> Iterator[Problem]:
    fact = facts.get(mention.target)
    advice = page is None or page.kind in _ADVISING
    if fact is None:
        meant = probably_meant(mention.target, facts)
        message = f"{mention.saying} '{mention.target}', which no brief in {FACTS} has{meant}"
    elif fact.confirmed or (fact.proposal and advice):
        return
    elif fact.proposal:
        message = (
            f"{mention.saying} '{fact.id}', which is a proposal ({fact.path}:{fact.line}): "
            "only an aide-memoire or a module gives our advice"
        )
    else:
        message = (
            f"{mention.saying} '{fact.id}', no part of which is confirmed "
            f"({fact.path}:{fact.line}): check it, and mark it there, or write round it"
        )
    yield Problem(mention.path, mention.line, message)
