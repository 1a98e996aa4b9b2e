"""The theme's program, when it fails, says why in one line."""

from pathlib import Path

import pytest

from site_builder import frame as framing
from site_builder.failures import BuildFailed

FRONT = {"index.md": '---\ntitle: "Front"\n---\n\n# Front\n'}


def settings(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, "utf-8")
    monkeypatch.setattr(framing, "SETTINGS", path)


def test_wrong_settings_are_told_in_one_line_and_leave_nothing_half_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(tmp_path, "site_name: X\ntheme: {name: no-such-theme}\n", monkeypatch)

    with pytest.raises(BuildFailed) as failure:
        framing.frame(FRONT, tmp_path / "cache")

    told = str(failure.value)
    assert told.startswith("MkDocs could not draw the frames: ")
    assert "\n" not in told
    assert "Traceback" not in told
    assert [path.name for path in (tmp_path / "cache" / "frames").iterdir()] != []
    assert not [p for p in (tmp_path / "cache" / "frames").iterdir() if p.suffix != ".drawing"]


def test_a_warning_of_the_program_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "site_name: X\ntheme: {name: material}\nnav: [gone.md]\nplugins: []\n"
    settings(tmp_path, text, monkeypatch)

    with pytest.raises(BuildFailed, match=r"gone\.md"):
        framing.frame(FRONT, tmp_path / "cache")


def test_the_product_has_its_name_from_the_settings_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(tmp_path, "theme: {}\n", monkeypatch)

    with pytest.raises(BuildFailed, match="site_name"):
        framing.site_name()
