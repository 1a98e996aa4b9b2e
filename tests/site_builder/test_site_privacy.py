"""What is marked for staff is nowhere in the public tree: tried with a word found nowhere else."""

from pathlib import Path

from tests.builders.authored import SENTINEL, Site, build_from, files_below, replace_in

WORD = SENTINEL.encode()


def test_no_byte_of_the_public_tree_knows_what_is_marked_for_staff(site: Site) -> None:
    for name, content in site.files("public").items():
        assert SENTINEL not in name.lower()
        assert WORD not in content.lower(), name


def test_the_word_would_have_been_found_wherever_it_could_have_stood(site: Site) -> None:
    staff = site.files("staff")
    told = {name for name, content in staff.items() if WORD in content.lower()}

    # A page of its own, the list of its kind, A to Z, the search, the feed, the navigation beside
    # another page, where a page is tested and taught, and the newest pages of the front.
    assert {
        "marmalade-desk/index.html",
        "browse/guidance/index.html",
        "a-z/index.html",
        "search/search_index.json",
        "atom.xml",
        "recall/index.html",
        "leave/index.html",
        "index.html",
    } <= told


def test_a_page_that_becomes_staff_only_leaves_the_public_tree(
    root: Path, cache: Path, tmp_path: Path
) -> None:
    page = root / "content" / "engagement" / "engage.md"
    replace_in(page, "visibility: public", "visibility: staff")
    replace_in(page, "Five issues.", "Five rhubarb issues.")
    replace_in(root / "content" / "index.md", "[how we engage](page:engage)", "how we engage")

    release = build_from(root, tmp_path / "out", cache).release

    public, staff = files_below(release / "public"), files_below(release / "staff")
    assert not [name for name in public if "engage" in name]
    assert not [name for name, content in public.items() if b"A way to engage" in content]
    assert not [name for name, content in public.items() if b"rhubarb" in content]
    assert b"rhubarb" in staff["engage/index.html"]


def test_a_public_page_that_links_to_a_staff_page_is_a_mistake(root: Path, run) -> None:
    replace_in(
        root / "content" / "guidance" / "recall.md", "by day", "[by day](page:marmalade-desk)"
    )

    told = run("build", "--root", root)

    assert told.code == 1
    assert "content/guidance/recall.md:17: " in told.err
    assert not (root / "var" / "site" / "current").exists()


def test_the_public_tree_is_framed_without_knowing_the_staff_pages(site: Site) -> None:
    frames = [
        files_below(folder)
        for folder in (site.plan.cache / "frames").iterdir()
        if not (folder / "marmalade-desk").exists()
    ]

    assert len(frames) == 1
    assert not [name for name, content in frames[0].items() if WORD in content.lower()]
