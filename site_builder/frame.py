"""The frames: the theme's program draws each staged document once. Only here is it named.

It runs as a program of its own. Its output depends on the staged text, on
`mkdocs.yml` and on the theme, so that is what a set of frames is kept under.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Set
from hashlib import sha256
from importlib.metadata import distribution, version
from pathlib import Path

from site_builder.failures import BuildFailed
from site_builder.stage import without_versions

THEME = Path(__file__).parent / "theme"
SETTINGS = Path(__file__).parent.parent / "mkdocs.yml"
SECONDS_AT_MOST = 900
THEME_PACKAGE = "mkdocs-material"
_PROGRAMS = ("mkdocs", THEME_PACKAGE, "markdown", "jinja2")


def frame(staged: Mapping[str, str], cache: Path) -> Path:
    """The folder that holds the frames of these staged documents, drawn now or kept."""
    frames = cache / "frames" / _key(staged)
    if not frames.is_dir():
        _draw(staged, frames)
    return frames


def forget_others(cache: Path, frames: Set[Path]) -> None:
    """Delete all kept frames but these."""
    for path in (cache / "frames").iterdir():
        if path not in frames:
            shutil.rmtree(path)


def site_name() -> str:
    """The name of the product, which stands in `mkdocs.yml` alone."""
    found = re.search(r"^site_name: *(.+?) *$", SETTINGS.read_text(encoding="utf-8"), re.M)
    if found is None:
        raise BuildFailed(f"{SETTINGS.name} has no line 'site_name: …'")
    return found[1]


def theme_licences() -> str:
    """The licences of the theme and of its icons, which go along with what is taken of them."""
    files = sorted(distribution(THEME_PACKAGE).files or [])
    theirs = [file for file in files if file.name == "LICENSE" and _is_taken(str(file))]
    return "\n\n".join(f"{file}\n\n{file.read_text(encoding='utf-8')}" for file in theirs)


def _is_taken(path: str) -> bool:
    return ".dist-info/" in path or "/.icons/material/" in path


def _key(staged: Mapping[str, str]) -> str:
    digest = sha256("".join(f"{name}{version(name)}" for name in _PROGRAMS).encode())
    digest.update(SETTINGS.read_bytes())
    for path in sorted(each for each in THEME.rglob("*") if each.is_file()):
        digest.update(f"\0{path.relative_to(THEME)}\0".encode() + path.read_bytes())
    for name, text in sorted(staged.items()):
        digest.update(f"\0{name}\0{without_versions(text)}".encode())
    return digest.hexdigest()[:24]


def _draw(staged: Mapping[str, str], frames: Path) -> None:
    """Draw beside, then rename: what is found under a key is always whole."""
    beside = frames.with_name(f"{frames.name}.drawing")
    shutil.rmtree(beside, ignore_errors=True)
    for name, text in staged.items():
        path = beside / "stage" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (beside / "mkdocs.yml").write_text(_settings(), encoding="utf-8")
    _run(beside)
    (beside / "frames").rename(frames)
    shutil.rmtree(beside)


def _settings() -> str:
    own = {"docs_dir": "stage", "site_dir": "frames", "theme": {"custom_dir": str(THEME)}}
    return json.dumps({"INHERIT": str(SETTINGS), **own})


def _run(folder: Path) -> None:
    # Not quietly: MkDocs counts a warning only if it would show it.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    try:
        done = subprocess.run(  # noqa: S603  the words of the command are our own
            [*command, "--config-file", str(folder / "mkdocs.yml")],
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            timeout=SECONDS_AT_MOST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BuildFailed(f"MkDocs was not done after {SECONDS_AT_MOST // 60} minutes") from None
    if done.returncode:
        raise BuildFailed(f"MkDocs could not draw the frames: {_reason(done.stderr)}")


def _reason(told: str) -> str:
    """The first line that says what is wrong, without the traceback that may surround it."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    marked = [line for line in lines if line.startswith(("ERROR", "WARNING", "Error:", "Config"))]
    return (marked or lines[-1:] or ["it gave no reason"])[0]
