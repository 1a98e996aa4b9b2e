"""A Markdown file with front matter becomes a page with sections and versions."""

from datetime import date
from pathlib import Path

from domain.page_files import parse_page
from domain.pages import Kind, Page, Visibility
from domain.problems import Severity
from domain.source import Naming
from tests.builders.mistakes import SOUND

TEXT = (SOUND / "content/guidance/leave.md").read_text(encoding="utf-8")


def page_of(text: str = TEXT) -> Page:
    parsed = parse_page("content/guidance/leave.md", "leave", text)
    assert parsed.problems == ()
    assert parsed.value is not None
    return parsed.value


def versions(page: Page) -> dict[str, str]:
    return {section.anchor: section.version for section in page.sections}


def changed(old: str, new: str) -> set[str]:
    """The anchors of the sections whose version a change of the text changes."""
    assert TEXT.count(old) == 1
    before, after = versions(page_of()), versions(page_of(TEXT.replace(old, new)))
    return {anchor for anchor in before if before[anchor] != after[anchor]}


def test_front_matter_becomes_the_page() -> None:
    page = page_of()

    assert (page.slug, page.title, page.kind) == ("leave", "Leave", Kind.GUIDANCE)
    assert page.visibility is Visibility.PUBLIC
    assert page.audience == ("caseworker", "mentor")
    assert (page.issued_on, page.review_on) == (date(2026, 11, 2), date(2027, 11, 2))
    assert page.legislation == ("mha-1983-s17", "mha-1983-s41")
    assert page.facts == ("RPS-4.1", "RPS-4.4")
    assert page.intro.startswith("What stands before")


def test_sections_stand_in_order_with_their_level_line_and_own_body() -> None:
    page = page_of()

    assert [(each.anchor, each.level, each.line) for each in page.sections] == [
        ("when", 2, 17),
        ("asking", 2, 22),
        ("form", 3, 27),
        ("deciding", 2, 39),
    ]
    asking, form = page.sections[1:3]
    assert asking.body == "- Say where the patient goes.\n- Say for how long."
    assert form.body.startswith("::: note One form")
    assert "#### Its parts" in form.body
    assert form.id == "leave#form"
    assert [TEXT.split("\n")[each.line - 1].count(each.title) for each in page.sections] == [1] * 4


def test_a_sections_version_covers_those_below_it() -> None:
    assert changed("Use the form for leave.", "Use the form for trial leave.") == {"asking", "form"}
    assert changed("| 1    | Dates |", "| 2    | Dates |") == {"asking", "form"}


def test_a_sections_version_covers_its_heading_and_not_its_neighbours() -> None:
    assert changed("## Who decides {", "## Who may decide {") == {"deciding"}
    assert changed("Say for how long.", "Say for how many days.") == {"asking"}


def test_the_text_before_the_first_heading_belongs_to_no_section() -> None:
    assert changed("What stands before", "What is before") == set()
    assert (
        page_of(TEXT.replace("What stands before", "What is before")).version != page_of().version
    )


def test_rewrapping_changes_no_version() -> None:
    wrapped = TEXT.replace("Leave starts once the", "Leave\nstarts   *once*\nthe")

    assert wrapped != TEXT
    assert versions(page_of(wrapped)) == versions(page_of())
    assert page_of(wrapped).version == page_of().version


def test_reading_minutes_follow_from_the_words_unless_they_are_given() -> None:
    longer = TEXT + "\n\nWord." * 1_000

    assert page_of().minutes == 1
    assert page_of(longer).minutes == 6
    assert page_of(longer.replace("kind:", "minutes: 9\nkind:")).minutes == 9


def test_the_day_of_the_review_is_still_in_time() -> None:
    def severities(today: date) -> list[Severity]:
        found = parse_page("p.md", "p", TEXT, today).problems
        return [problem.severity for problem in found]

    assert severities(date(2027, 11, 2)) == []
    assert severities(date(2027, 11, 3)) == [Severity.WARNING]


def test_a_page_past_its_review_is_a_page_all_the_same() -> None:
    assert parse_page("p.md", "p", TEXT, date(2030, 1, 1)).value is not None


def test_anchors_are_offered_even_where_the_front_matter_is_broken() -> None:
    parsed = parse_page("p.md", "p", TEXT.replace("title: Leave", "title: 'Leave"))

    assert parsed.value is None
    assert parsed.offers == frozenset({"when", "asking", "form", "deciding"})


def test_links_are_mentions_of_pages_sections_and_references_alone() -> None:
    text = TEXT + "\n[a](page:x) [b](https://www.gov.uk/) [c](mailto:a@b.example)\n"
    mentions = parse_page("p.md", "p", text).mentions
    links = [(each.naming, each.target) for each in mentions if each.saying == "a link goes to"]

    assert links == [
        (Naming.REFERENCE, "mha-1983-s17"),
        (Naming.SECTION, "leave#asking"),
        (Naming.PAGE, "x"),
    ]


def test_every_page_of_the_sound_library_is_sound() -> None:
    files = sorted((SOUND / "content").rglob("*.md"))

    assert len(files) == 3
    for file in files:
        assert parse_page(str(file), Path(file).stem, file.read_text(encoding="utf-8")).value
