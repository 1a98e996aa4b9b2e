"""What a site needs beyond a sound library: a public front page, and addresses that are free."""

from collections.abc import Iterator

from domain.library import Library
from domain.pages import Page, Visibility
from domain.problems import Problem
from site_builder.addresses import TAKEN

FRONT = "index"


def site_problems(library: Library) -> tuple[Problem, ...]:
    """Everything in a sound library that no site can be built from."""
    return tuple(sorted([*_front(library), *_taken(library)]))


def _front(library: Library) -> Iterator[Problem]:
    page = library.pages.get(FRONT)
    if page is None:
        yield Problem("content/index.md", 1, "the front page is missing: a site begins with it")
    elif page.visibility is not Visibility.PUBLIC:
        yield Problem(page.path, 1, "the front page must be public: both sites begin with it")


def _taken(library: Library) -> Iterator[Problem]:
    for slug in sorted(TAKEN & set(library.pages)):
        page: Page = library.pages[slug]
        message = f"no page can be called '{slug}': the site has a list or its files there"
        yield Problem(page.path, 1, message)
