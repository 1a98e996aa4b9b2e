"""The commands. Each returns its exit code: 0 where all is well, 1 where it is not."""

import json
import os
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from domain.coverage import Coverage, cover
from domain.impact import compare
from domain.library import Inspection, Library, inspect, load, restamp
from domain.problems import Problem, ProblemsFound, errors
from site_builder.build import Plan, build
from site_builder.checks import site_problems
from site_builder.clock import today
from site_builder.coverage_map import coverage_lines
from site_builder.failures import BuildFailed
from site_builder.guarding import Guard, guard
from site_builder.report import as_json, as_markdown
from site_builder.rests import resting_on
from site_builder.serve import LOOPBACK, serving
from site_builder.trees import TreeName
from site_builder.words import count_of, in_a_row

Say = Callable[[str], None]


def check(asked: Namespace, say: Say, _progress: Say) -> int:
    """Tell every mistake in what authors wrote."""
    inspection = _inspect(asked.root, guard(os.environ))
    found = cover(inspection.library) if asked.coverage and inspection.library else None
    say(_as_json(inspection, found) if asked.format == "json" else _as_text(inspection, found))
    return 1 if errors(inspection.problems) or (found and not found.complete) else 0


def build_site(asked: Namespace, say: Say, progress: Say) -> int:
    """Build both trees and publish them."""
    built = build(_sound(asked, progress), _plan(asked), progress)
    release = built.release.relative_to(_plan(asked).out)
    if built.is_new:
        say(f"Published {count_of(built.pages, 'page')} as {release}.")
    else:
        say(f"Nothing has changed: {release} stays.")
    return 0


def serve(asked: Namespace, say: Say, progress: Say) -> int:
    """Build, then show one tree on this machine until interrupted."""
    build_site(asked, progress, progress)
    plan = _plan(asked)
    tree = TreeName.STAFF if asked.staff else TreeName.PUBLIC
    prefix = plan.prefixes[tree]
    with serving(plan.out, tree, prefix, asked.port) as server:
        say(f"http://{LOOPBACK}:{server.server_port}{prefix}  (stop with Ctrl-C)")
        server.serve_forever()
    return 0


def impact(asked: Namespace, say: Say, progress: Say) -> int:
    """Tell what differs from an earlier state, and whom that touches."""
    progress(f"Reading {asked.before} and {asked.root}")
    before, after = _state(asked.before), _state(asked.root)
    found = compare(before, after)
    if asked.json:
        _write(asked.json, as_json(found, before, after))
    if asked.markdown:
        _write(asked.markdown, as_markdown(found, before, after))
    if not (asked.json or asked.markdown):
        say(as_markdown(found, before, after).rstrip())
    return 0


def stamp(asked: Namespace, say: Say, _progress: Say) -> int:
    """Record that questions were read beside the sections that they cite."""
    stamped = restamp(asked.root, asked.quiz, asked.questions or None)
    if stamped:
        say(f"Stamped {count_of(len(stamped), 'question')}: {in_a_row(stamped)}.")
    else:
        say("Nothing to stamp: these questions carry the versions of today.")
    return 0


def facts(asked: Namespace, say: Say, _progress: Say) -> int:
    """Tell which pages rest on a fact, so that a correction reaches them all."""
    library = load(asked.root)
    say("\n".join(line for fact in asked.facts for line in resting_on(library, fact)))
    return 0


COMMANDS: Mapping[str, Callable[[Namespace, Say, Say], int]] = {
    "check": check,
    "build": build_site,
    "serve": serve,
    "impact": impact,
    "stamp": stamp,
    "facts": facts,
}


def _inspect(root: Path, look: Guard) -> Inspection:
    found = inspect(root, today(), look)
    if found.library is None:
        return found
    return Inspection(found.library, (*found.problems, *site_problems(found.library)))


def _sound(asked: Namespace, progress: Say) -> Library:
    """The library, if a site can be built from it."""
    progress("Reading what authors wrote")
    cache = _plan(asked).cache
    look = guard(os.environ, cache)
    found = _inspect(asked.root, look)
    look.keep(cache)
    if found.library is None or errors(found.problems):
        raise ProblemsFound(errors(found.problems))
    if found.problems:
        warnings = count_of(len(found.problems), "warning")
        progress(f"There is {warnings}: see `python -m site_builder check`")
    return found.library


def _plan(asked: Namespace) -> Plan:
    out = asked.out or asked.root / "var" / "site"
    return Plan(
        out=out,
        # Beside the site, so that two builds of one root into two places are in nobody's way.
        cache=asked.cache or out.parent / "cache",
        portal_url=asked.portal_url,
        demonstration=asked.demonstration,
        prefixes={TreeName.PUBLIC: asked.public_prefix, TreeName.STAFF: asked.staff_prefix},
    )


def _state(root: Path) -> Library:
    """The library of one side of a comparison, whose paths in problems name the side."""
    try:
        return load(root)
    except ProblemsFound as found:
        raise ProblemsFound(
            Problem(str(root / each.path), each.line, each.message) for each in found.problems
        ) from None


def _write(path: Path, text: str) -> None:
    if not path.parent.is_dir():
        raise BuildFailed(f"there is no folder {path.parent} to write {path.name} to")
    path.write_text(text, encoding="utf-8")


def _as_text(inspection: Inspection, found: Coverage | None) -> str:
    shown = coverage_lines(found) if found else ()
    return "\n".join([*map(str, inspection.problems), *shown, _count(inspection)])


def _count(inspection: Inspection) -> str:
    wrong, doubtful = _counts(inspection)
    found = [count_of(wrong, "error")] if wrong else []
    found += [count_of(doubtful, "warning")] if doubtful else []
    if inspection.library is None or wrong:
        return f"{in_a_row(found)} found. Nothing can be published until the errors are mended."
    read = in_a_row(
        [
            count_of(len(inspection.library.pages), "page"),
            count_of(len(inspection.library.quizzes), "quiz", "quizzes"),
            count_of(len(inspection.library.programmes), "programme"),
        ]
    )
    return f"{read} checked: {in_a_row(found) or 'nothing wrong'}."


def _counts(inspection: Inspection) -> tuple[int, int]:
    wrong = len(errors(inspection.problems))
    return wrong, len(inspection.problems) - wrong


def _as_json(inspection: Inspection, found: Coverage | None) -> str:
    wrong, doubtful = _counts(inspection)
    problems = [asdict(each) for each in inspection.problems]
    told = {"errors": wrong, "warnings": doubtful, "problems": problems}
    if found:
        told["coverage"] = asdict(found)
    return json.dumps(told, indent=2, ensure_ascii=False)
