"""The small world, its site built once, and the commands of the site builder."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.library import load
from site_builder.__main__ import main
from site_builder.build import Plan
from tests.builders.authored import AUTHORED, Site, build_from


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small world, built. No test changes it."""
    folder = tmp_path_factory.mktemp("site")
    plan = Plan(folder / "out", folder / "cache")
    built = build_from(AUTHORED, plan.out, plan.cache)
    return Site(plan, built.release, load(AUTHORED))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the small world that a test may change."""
    copied = tmp_path / "root"
    shutil.copytree(AUTHORED, copied)
    return copied


@pytest.fixture
def cache(site: Site, tmp_path: Path) -> Path:
    """What the build of the small world has kept, for a test to build upon."""
    copied = tmp_path / "cache"
    shutil.copytree(site.plan.cache, copied)
    return copied


@dataclass(frozen=True)
class Told:
    """What a command came to: its exit code, and what it told on each stream."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Runs a command as `python -m site_builder` does."""

    def command(*words: object) -> Told:
        try:
            code = main([str(word) for word in words])
        except SystemExit as left:
            code = int(left.code or 0)
        told = capsys.readouterr()
        return Told(code, told.out, told.err)

    return command
