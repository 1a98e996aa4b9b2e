"""`run.py test`: every check of the project, one after the other, and a summary."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tools import chromium, environment
from tools.say import Stopped, line

UNIT = ("tests/domain", "tests/tools")
SITE = ("tests/site_builder",)
PORTAL = ("tests/portal",)
BROWSER = ("tests/browser",)


@dataclass(frozen=True)
class Step:
    """One check: its key for `--only`, what it is in words, and the modules' arguments to run."""

    key: str
    title: str
    commands: tuple[tuple[str, ...], ...]


def _pytest(*folders: str, workers: str = "2") -> tuple[str, ...]:
    return ("pytest", "-n", workers, "--dist", "loadfile", *folders)


STEPS = (
    Step("lint", "Lint and format", (("ruff", "check", "."), ("ruff", "format", "--check", "."))),
    Step("types", "Types", (("mypy",),)),
    Step("contracts", "Import contracts", (("tools.contracts",),)),
    Step("house", "Sizes and suppressions", (("tools.house",),)),
    Step("spelling", "British spelling", (("tools.spelling",),)),
    Step("unit", "Unit tests", (_pytest(*UNIT),)),
    Step("content", "The content, in strict mode", (("site_builder", "check"),)),
    Step("site", "Site builder, with a strict build", (_pytest(*SITE),)),
    Step("sqlite", "Portal on SQLite", (_pytest(*PORTAL),)),
    Step("postgresql", "Portal on PostgreSQL", (("tests.postgres", "--", *_pytest(*PORTAL)),)),
    Step("browser", "Journeys in a browser", (_pytest(*BROWSER, workers="2"),)),
)


def run(options: argparse.Namespace) -> int:
    """Run the steps and print what passed. Exit code 0 only if every one did."""
    browser = chromium.find()
    if browser is None and options.require_browser:
        raise Stopped(
            chromium.MISSING.replace("so the browser tests are skipped", "and it is required")
        )
    environment.ensure(environment.TEST)
    chosen = [each for each in STEPS if not options.only or each.key in options.only]
    if browser is None:
        line(chromium.MISSING)
        chosen = [each for each in chosen if each.key != "browser"]
    outcomes = [(each, *_run(each, options.long)) for each in chosen]
    return _summary(outcomes, skipped=browser is None)


def _run(each: Step, long: bool) -> tuple[bool, float]:
    line(f"\n== {each.title}")
    started = time.monotonic()
    passed = all(_command(command, long) for command in each.commands)
    return passed, time.monotonic() - started


def _command(command: Sequence[str], long: bool) -> bool:
    python = [str(environment.python()), "-W", "error::SyntaxWarning", "-m"]
    extra = ["--long"] if long and "pytest" in command else []
    done = subprocess.run(
        [*python, *command, *extra], cwd=environment.ROOT, env=_surroundings(), check=False
    )
    return done.returncode == 0


def _surroundings() -> dict[str, str]:
    """The environment less the portal's own settings, so that tests choose theirs."""
    kept = {"MHCS_TEST_DATABASE_URL", "MHCS_CHROMIUM"}
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MHCS_") or name in kept
    }


def _summary(outcomes: Sequence[tuple[Step, bool, float]], *, skipped: bool) -> int:
    line("\n== Summary")
    for each, passed, seconds in outcomes:
        line(f"  {'passed' if passed else 'FAILED':7} {each.title} ({seconds:.0f} s)")
    if skipped:
        line("  skipped Journeys in a browser: no Chromium was found")
    failed = [each for each, passed, _ in outcomes if not passed]
    if failed:
        again = " ".join(f"--only {each.key}" for each in failed)
        print(f"To run what failed again: python3 run.py test {again}", file=sys.stderr)
    return 1 if failed else 0
