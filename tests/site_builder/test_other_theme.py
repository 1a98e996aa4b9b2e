"""The stage outlives the theme: Zensical, its successor, keeps all that is to be hung."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.frame import SETTINGS, THEME
from site_builder.stage import PLACEHOLDER, stage
from site_builder.trees import staff_tree
from tests.builders.authored import Site, files_below

BESIDE_PYTHON = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
ZENSICAL = shutil.which("zensical", path=BESIDE_PYTHON)
HEADING = re.compile(r'<h([23]) id="([^"]+)">')


@pytest.mark.skipif(ZENSICAL is None, reason="Zensical is not installed (pip install zensical)")
def test_zensical_draws_the_same_documents_headings_and_placeholders(
    site: Site, tmp_path: Path
) -> None:
    for name, text in stage(staff_tree(site.library)).items():
        path = tmp_path / "stage" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    settings = SETTINGS.read_text("utf-8")
    settings = settings.replace("theme:\n", f"theme:\n  custom_dir: {THEME}\n")
    settings += "\ndocs_dir: stage\nsite_dir: frames\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")

    subprocess.run([str(ZENSICAL), "build", "--clean"], cwd=tmp_path, check=True, timeout=120)

    [drawn] = {path.parent.parent for path in site.plan.cache.glob("frames/*/deciding/index.html")}
    assert _kept(tmp_path / "frames") == _kept(drawn)


def _kept(frames: Path) -> dict[str, tuple[list[object], list[object]]]:
    pages = {n: c.decode() for n, c in files_below(frames).items() if n.endswith("index.html")}
    return {
        name: (HEADING.findall(html), [found.groups() for found in PLACEHOLDER.finditer(html)])
        for name, html in pages.items()
    }
