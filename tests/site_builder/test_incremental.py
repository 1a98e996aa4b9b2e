"""A build on what an earlier one kept gives the same bytes as a build from nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders.authored import build_from, files_below, replace_in


def paragraph(root: Path) -> None:
    replace_in(root / "content" / "guidance" / "recall.md", "by day or by night", "at noon")


def emphasis_alone(root: Path) -> None:
    replace_in(root / "content" / "guidance" / "recall.md", "by night", "by *night*")


def title(root: Path) -> None:
    replace_in(root / "content" / "guidance" / "recall.md", "title: Recall", "title: Recalling")


def removed_page(root: Path) -> None:
    replace_in(root / "content" / "index.md", "[how we engage](page:engage)", "how we engage")
    (root / "content" / "engagement" / "engage.md").unlink()


@pytest.mark.parametrize("edit", [paragraph, emphasis_alone, title, removed_page])
def test_it_is_the_same_byte_for_byte(
    edit: Callable[[Path], None], root: Path, cache: Path, tmp_path: Path
) -> None:
    build_from(root, tmp_path / "out", cache)
    before = files_below(tmp_path / "out" / "current")
    edit(root)

    incremental = build_from(root, tmp_path / "out", cache)
    clean = build_from(root, tmp_path / "clean-out", tmp_path / "clean-cache")

    assert incremental.is_new
    assert files_below(incremental.release) == files_below(clean.release)
    assert files_below(incremental.release) != before


def test_an_edited_paragraph_draws_no_frame(root: Path, cache: Path, tmp_path: Path) -> None:
    frames = {path: path.stat().st_ino for path in (cache / "frames").iterdir()}
    paragraph(root)

    build_from(root, tmp_path / "out", cache)

    assert {path: path.stat().st_ino for path in (cache / "frames").iterdir()} == frames


def test_what_the_last_build_did_not_need_is_not_kept(
    root: Path, cache: Path, tmp_path: Path
) -> None:
    title(root)

    build_from(root, tmp_path / "out", cache)

    assert len(list((cache / "frames").iterdir())) == 2


def test_nothing_is_published_where_nothing_has_changed(
    root: Path, cache: Path, tmp_path: Path
) -> None:
    first = build_from(root, tmp_path / "out", cache)

    second = build_from(root, tmp_path / "out", cache)

    assert (first.is_new, second.is_new) == (True, False)
    assert first.release == second.release
