"""What a reader finds on a built page."""

import re
from html import unescape
from itertools import pairwise

import pytest

from site_builder.trees import TreeName
from tests.builders.authored import TREES, Site

HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?) <a class="headerlink" href="#([^"]+)"')
AWKWARD = 'The leave & <absence> of *patients*: “who” asks "whom"'


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def part(html: str, opening: str, closing: str) -> str:
    return html.partition(opening)[2].partition(closing)[0]


@pytest.mark.parametrize("tree", TREES)
def test_every_section_has_its_heading_with_its_anchor_and_a_permanent_link(
    site: Site, tree: str
) -> None:
    for page in site.library.pages.values():
        if tree == "staff" or page.visibility == "public":
            html = site.html(tree, "" if page.slug == "index" else page.slug)
            found = [
                (int(level), anchor, text_of(title), link)
                for level, anchor, title, link in HEADING.findall(html)
            ]
            assert found == [(s.level, s.anchor, s.title, s.anchor) for s in page.sections]


def test_a_section_s_words_stand_under_its_heading(site: Site) -> None:
    html = site.html("public", "leave")

    under = part(html, '<h2 id="when">', "<h2")

    assert "<em>consented</em>, and never\nbefore." in under
    assert "authority" not in under


@pytest.mark.parametrize("tree", TREES)
def test_every_document_has_one_h1_a_title_a_description_and_its_language(
    site: Site, tree: str
) -> None:
    titles = set()
    for name, html in site.pages(tree).items():
        assert html.startswith("<!doctype html>") or html.strip().startswith("<!doctype html>")
        assert '<html lang="en-GB"' in html, name
        assert len(re.findall(r"<h1\b", html)) == 1, name
        assert part(html, '<meta name="description" content="', '"'), name
        titles.add(part(html, "<title>", "</title>"))
    assert len(titles) == len(site.pages(tree))


def test_a_title_shows_exactly_as_it_was_typed(site: Site) -> None:
    html = site.html("public", "leave")

    assert text_of(part(html, '<h1 id="_top">', "</h1>")) == AWKWARD
    assert unescape(part(html, "<title>", "</title>")).startswith(AWKWARD)
    assert "<absence>" not in html


def test_the_answer_and_the_facts_of_a_page_stand_above_its_words(site: Site) -> None:
    html = site.html("public", "leave")
    lead = text_of(part(html, '<h1 id="_top">', '<h2 id="when">'))

    assert 'Leave needs consent first & "in writing", <always>.' in lead
    assert "For Caseworker, Responsible clinician, Mentor Owner" in lead
    assert "Owner Casework policy lead" in lead
    assert "Time to read 4 minutes" in lead
    assert "Issued 2 November 2026" in lead
    assert "Review by 2 November 2099" in lead
    assert "Mental Health Act 1983, section 42 , last checked on 19 November 2026" in lead
    assert 'href="https://www.legislation.gov.uk/ukpga/1983/20/section/42"' in html
    assert lead.index("Review by") < lead.index("What stands before the first heading")


def test_a_page_for_nobody_in_particular_does_not_say_whom_it_is_for(site: Site) -> None:
    assert "<dt>For</dt>" not in site.html("public", "privacy")
    assert "<dt>Rests on</dt>" not in site.html("public", "privacy")


def test_the_contents_of_a_page_name_its_sections_in_order(site: Site) -> None:
    html = site.html("public", "leave")

    contents = part(html, '<nav class="site-here"', "</nav>")

    assert re.findall(r'href="#([^"]+)"', contents) == ["when", "asking", "form", "deciding"]


def test_links_of_authors_are_relative_and_lead_to_the_section(site: Site) -> None:
    html = site.html("public", "leave")

    assert '<a href="../recall/#warrant">elsewhere</a>' in html
    assert '<a href="../leave/#form">form</a>' in html
    assert '<a href="leave/#asking">how to ask</a>' in site.html("public", "")


def test_no_address_of_a_page_begins_at_the_root_but_those_of_the_portal(site: Site) -> None:
    for tree in TREES:
        for name, html in site.pages(tree).items():
            rooted = set(re.findall(r'(?:href|src|action)="(/[^"]*)"', html))
            prefix = site.plan.prefixes[TreeName(tree)]
            own = {each for each in rooted if each.startswith(prefix)}
            assert not own or name == "404.html"
            assert all(each.startswith(("/training/", "/quizzes/")) for each in rooted - own)


def test_the_bar_names_the_product_and_leads_to_the_portal(site: Site) -> None:
    services = part(site.html("public", "leave"), '<nav class="site-services"', "</nav>")

    assert '<a href="../" aria-current="true">Guidance</a>' in services
    assert '<a href="/training/">My training</a>' in services
    assert 'href="../">MHCS Training and Engagement Portal</a>' in site.html("public", "leave")


def test_the_foot_of_every_document_leads_to_the_four_pages_about_the_service(site: Site) -> None:
    for html in site.pages("public").values():
        foot = text_of(part(html, '<footer class="site-footer"', "</footer>"))
        assert "Accessibility Privacy What we hold about you Contact" in foot


def test_staff_see_where_a_page_is_tested_and_taught(site: Site) -> None:
    foot = part(site.html("staff", "leave"), '<footer class="site-foot">', "</footer>")
    recall = part(site.html("staff", "recall"), '<footer class="site-foot">', "</footer>")

    assert '<a href="/quizzes/leave-basics/">Marmalade quiz on leave</a>' in foot
    assert '<a href="/training/">Marmalade induction</a>' in foot
    assert "Mentoring" not in foot
    assert "Mentoring" in recall


def test_the_public_is_not_told_where_a_page_is_tested_and_taught(site: Site) -> None:
    for html in site.pages("public").values():
        assert "Tested by" not in html
        assert "/quizzes/" not in html


def test_a_page_for_staff_says_so_in_the_staff_tree(site: Site) -> None:
    assert "For staff only" in site.html("staff", "deciding")
    assert "For staff only" not in site.html("staff", "leave")


def test_a_problem_with_a_page_can_be_reported_from_it(site: Site) -> None:
    link = '<a href="../contact/">Report a problem with this page</a>'

    assert link in site.html("public", "leave")


def test_each_section_of_the_front_page_is_a_door_with_all_that_is_below_it(site: Site) -> None:
    html = site.html("public", "")
    doors = re.findall(r'<section class="site-door" aria-labelledby="([^"]+)">', html)

    assert doors == ["new", "clinician", "organisation", "manager", "other"]
    manager = part(html, 'aria-labelledby="manager">', "</section>")
    assert '<h3 id="manager-short">' in manager
    assert "One line for each person." in manager
    assert html.count('<section class="site-door"') == html.count("</section>") - html.count(
        '<section class="site-list"'
    )


def test_the_front_page_names_the_three_newest_pages(site: Site) -> None:
    newest = part(site.html("public", ""), 'aria-labelledby="_latest"', "</section>")

    assert re.findall(r'href="([^"]+)"', newest) == ["engage/", "recall/", "leave/"]


def test_the_front_page_names_aide_memoires_to_those_who_may_read_them(site: Site) -> None:
    assert 'aria-labelledby="_aides"' not in site.html("public", "")
    aides = part(site.html("staff", ""), 'aria-labelledby="_aides"', "</section>")
    assert re.findall(r'href="([^"]+)"', aides) == ["deciding/"]


def test_a_list_of_each_kind_names_its_pages_by_title(site: Site) -> None:
    listing = part(site.html("staff", "browse/guidance"), '<ul class="site-pages">', "</ul>")

    assert re.findall(r'<a href="([^"]+)"', listing) == [
        "../../marmalade-desk/",
        "../../recall/",
        "../../leave/",
    ]


def test_a_kind_without_pages_has_no_list_and_no_link(site: Site) -> None:
    assert not (site.release / "public" / "browse" / "modules").exists()
    assert "Training modules" not in site.html("public", "leave")
    assert "Training modules" in site.html("staff", "leave")


def test_a_to_z_names_every_page_once_without_scripts_and_passes_over_articles(site: Site) -> None:
    for tree in TREES:
        html = part(site.html(tree, "a-z"), "<article", "</article>")
        found = re.findall(r'<a href="\.\./([^"]*)/">(.*?)</a>', html)
        readable = {
            slug
            for slug, page in site.library.pages.items()
            if slug != "index" and (tree == "staff" or page.visibility == "public")
        }
        assert sorted(slug for slug, _ in found) == sorted(readable)
        keys = [_looked_up(unescape(title)) for _, title in found]
        assert keys == sorted(keys)
        letters = re.findall(r'<h2 id="letter-(.)">', html)
        assert all(one < other for one, other in pairwise(letters))
        assert re.findall(r'href="#letter-(.)"', html) == letters


def _looked_up(title: str) -> str:
    return re.sub(r"^(?:a|an|the) ", "", title.casefold())


def test_what_is_not_found_is_told_at_any_depth(site: Site) -> None:
    html = (site.release / "staff" / "404.html").read_text("utf-8")

    assert '<h1 id="_top">Page not found</h1>' in html
    assert '<a href="/staff/a-z/">A to Z</a>' in html
    assert re.search(r'src="/staff/assets/javascripts/bundle\.\w+\.min\.js"', html)
    assert 'new URL("/staff/",location)' in html
    assert '"base": "/staff/"' in html


@pytest.mark.parametrize("tree", TREES)
def test_no_placeholder_is_left_empty(site: Site, tree: str) -> None:
    assert not [name for name, html in site.pages(tree).items() if "hang:" in html]


def test_only_what_a_page_needs_is_taken_from_the_theme(site: Site) -> None:
    assets = [name for name in site.files("public") if name.startswith("assets/")]

    assert len(assets) == 7
    licences = site.files("public")["assets/licences.txt"]
    assert b"Permission is hereby granted" in licences
    assert b"Pictogrammers" in licences
    assert not [name for name in assets if name.endswith(".map") or "lunr" in name]
    assert not [n for n in assets if b"sourceMappingURL" in site.files("public")[n]]
