"""What is staged, and what a frame depends on."""

from dataclasses import replace
from html import unescape

from domain.library import Library
from domain.pages import Section
from site_builder.frame import frame
from site_builder.stage import stage
from site_builder.trees import Tree, public_tree, staff_tree
from tests.builders.authored import Site
from tests.builders.domain import make_library, make_page, make_section


def staged(library: Library) -> dict[str, str]:
    return stage(staff_tree(library))


def test_a_staged_page_has_its_headings_with_their_anchors_and_no_words_of_its_paragraphs(
    site: Site,
) -> None:
    text = stage(public_tree(site.library))["recall.md"]
    section = site.library.pages["recall"].sections[0]

    assert "## The warrant {#warrant}" in text
    assert f"<!-- hang:body recall#warrant {section.version} -->" in text
    assert "signs the warrant by day" not in text


def test_the_front_matter_holds_whatever_an_author_types() -> None:
    page = make_page(title='A "quoted": {title} #1', summary="back\\slash\tand 'more'")

    text = staged(make_library(pages=[page]))["leave.md"]

    assert 'title: "A \\"quoted\\": {title} #1"' in text
    assert "description: \"back\\\\slash\\tand 'more'\"" in text


def test_an_edited_paragraph_needs_no_new_frame(site: Site) -> None:
    tree = public_tree(site.library)
    drawn = frame(stage(tree), site.plan.cache)

    section = tree.pages["recall"].sections[0]
    edited = _with_recall(tree, replace(section, body="At noon.", version="0" * 12))

    assert stage(edited) != stage(tree)
    assert frame(stage(edited), site.plan.cache) == drawn


def test_another_heading_needs_a_new_frame(site: Site, tmp_path) -> None:
    tree = public_tree(site.library)

    section = replace(tree.pages["recall"].sections[0], title="A warrant")

    drawn = frame(stage(_with_recall(tree, section)), tmp_path)

    assert drawn.name != frame(stage(tree), site.plan.cache).name
    assert '<h2 id="warrant">A warrant</h2>' in (drawn / "recall" / "index.html").read_text("utf-8")


def _with_recall(tree: Tree, section: Section) -> Tree:
    page = replace(tree.pages["recall"], sections=(section,))
    return replace(tree, pages={**tree.pages, "recall": page})


def test_a_heading_is_shown_as_text_whatever_stands_in_it(tmp_path) -> None:
    title = r"*a* _b_ `c` [d](e) ![f](g) <h> &i; {#j} #k \l |m| ~n~ ^o^ :p: https://q.example"
    page = make_page(sections=[make_section("leave#when", title=title)])
    tree = public_tree(make_library(pages=[page, make_page("index")]))

    html = (frame(stage(tree), tmp_path) / "leave" / "index.html").read_text("utf-8")

    shown = html.partition('<h2 id="when">')[2].partition("</h2>")[0]
    assert "<" not in shown
    assert unescape(shown) == title


def test_sections_keep_their_anchors_even_where_titles_are_alike(tmp_path) -> None:
    sections = [make_section(f"leave#{each}", title="Same") for each in ("one", "two", "same-1")]
    tree = public_tree(make_library(pages=[make_page(sections=sections), make_page("index")]))

    html = (frame(stage(tree), tmp_path) / "leave" / "index.html").read_text("utf-8")

    for anchor in ("one", "two", "same-1"):
        assert f'<h2 id="{anchor}">Same</h2>' in html
