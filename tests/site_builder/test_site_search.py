"""The search index: written from sections, in the form that the theme reads."""

import json

import pytest

from tests.builders.authored import TREES, Site


@pytest.mark.parametrize("tree", TREES)
def test_every_page_and_every_section_is_in_the_index_with_its_title(site: Site, tree: str) -> None:
    expected = {}
    for page in site.library.pages.values():
        if tree == "staff" or page.visibility == "public":
            path = "" if page.slug == "index" else f"{page.slug}/"
            expected[path] = page.title
            expected |= {f"{path}#{s.anchor}": s.title for s in page.sections}

    assert {where: title for where, (title, _) in site.search(tree).items()} == expected


def test_a_page_is_found_by_its_answer_and_by_what_stands_before_its_first_heading(
    site: Site,
) -> None:
    _, text = site.search("public")["leave/"]

    assert text.startswith('Leave needs consent first & "in writing", <always>.')
    assert text.endswith("What stands before the first heading, with the Act.")


def test_a_section_is_found_by_its_own_words_and_not_by_those_below_it(site: Site) -> None:
    _, asking = site.search("public")["leave/#asking"]
    _, form = site.search("public")["leave/#form"]

    assert asking == "Say where the patient goes. Say for how long."
    assert form.startswith("One form Use the form for leave & nothing else.")


def test_titles_and_texts_are_escaped_because_the_theme_shows_them_as_html(site: Site) -> None:
    raw = site.files("public")["search/search_index.json"].decode()

    assert "<" not in raw
    assert "&lt;absence&gt;" in raw


def test_the_settings_of_the_index_are_the_theme_s_own(site: Site) -> None:
    index = json.loads(site.files("public")["search/search_index.json"])

    assert index["config"]["lang"] == ["en"]
    assert set(index["config"]["fields"]) >= {"title", "text"}
    assert set(index["docs"][0]) == {"location", "title", "text"}
