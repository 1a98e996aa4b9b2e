"""What rests on a fact: the pages to read again when the fact is corrected."""

from collections.abc import Iterator

from domain.fact_files import Fact
from domain.library import Library
from domain.problems import probably_meant
from site_builder.failures import BuildFailed
from site_builder.words import count_of


def resting_on(library: Library, fact_id: str) -> Iterator[str]:
    """A line on the fact, then one for each page that names it, in the order of their names."""
    fact = library.facts.get(fact_id)
    if fact is None:
        meant = probably_meant(fact_id, library.facts)
        raise BuildFailed(f"no brief has the fact '{fact_id}'{meant}")
    pages = [page for page in library.pages.values() if fact_id in page.facts]
    yield f"{fact.path}:{fact.line}: {fact.id} ({_mark(fact)}): {count_of(len(pages), 'page')}"
    for page in pages:
        yield f"  {page.path}: {page.title}"


def _mark(fact: Fact) -> str:
    if fact.confirmed:
        return "confirmed, at least in part"
    return "our own proposal" if fact.proposal else "not confirmed"
