"""A whole build: read, stage, frame, hang, look through, publish."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from domain.library import Library
from site_builder.bodies import Bodies, open_bodies
from site_builder.failures import BuildFailed
from site_builder.frame import forget_others, frame, site_name
from site_builder.furniture import Furniture
from site_builder.hang import Walls, hang
from site_builder.policy import script_hashes
from site_builder.publish import alone, publish
from site_builder.stage import stage
from site_builder.trees import Tree, TreeName, public_tree, staff_tree
from site_builder.verify import faults
from site_builder.words import count_of

Progress = Callable[[str], None]
MOST_FAULTS_TOLD = 20


@dataclass(frozen=True)
class Plan:
    """Where a site is built, and where it will be served."""

    out: Path
    cache: Path
    portal_url: str = "/training/"
    demonstration: bool = False
    prefixes: Mapping[TreeName, str] = field(
        default_factory=lambda: {TreeName.PUBLIC: "/guidance/", TreeName.STAFF: "/staff/"}
    )


@dataclass(frozen=True)
class Built:
    """What a build came to. `is_new` is false where nothing had changed."""

    release: Path
    is_new: bool
    pages: int


def build(library: Library, plan: Plan, progress: Progress) -> Built:
    """Build both trees and publish them. Raises BuildFailed, and then nothing is published."""
    trees = (public_tree(library), staff_tree(library))
    with alone(plan.cache), alone(plan.out), open_bodies(plan.cache) as bodies:
        files = _finished(trees, plan, bodies, progress)
        progress("Publishing")
        release, is_new = publish(files, plan.out)
        bodies.keep()
    return Built(release, is_new, len(library.pages))


def _finished(
    trees: tuple[Tree, ...], plan: Plan, bodies: Bodies, progress: Progress
) -> dict[str, bytes]:
    """Every file of a release."""
    progress("Drawing the frames")
    with ThreadPoolExecutor() as threads:
        frames = list(threads.map(lambda tree: frame(stage(tree), plan.cache), trees))
    forget_others(plan.cache, set(frames))
    files: dict[str, bytes] = {}
    policies: dict[str, object] = {}
    for tree, drawn in zip(trees, frames, strict=True):
        progress(f"Hanging the {tree.name} tree")
        hung = _hung(tree, drawn, plan, bodies)
        policies[tree.name] = {"script_hashes": _hashes(hung)}
        files |= {f"{tree.name}/{name}": content for name, content in hung.items()}
    files["csp.json"] = json.dumps(policies, indent=1, sort_keys=True).encode() + b"\n"
    return files


def _hung(tree: Tree, frames: Path, plan: Plan, bodies: Bodies) -> dict[str, bytes]:
    title, prefix = site_name(), plan.prefixes[tree.name]
    furniture = Furniture(tree, title, plan.portal_url, demonstration=plan.demonstration)
    hung = dict(hang(Walls(tree, frames, bodies, furniture, title, prefix)))
    found = faults(hung, prefix)
    if found:
        told = "\n  ".join(found[:MOST_FAULTS_TOLD])
        raise BuildFailed(f"the {tree.name} tree has {count_of(len(found), 'fault')}:\n  {told}")
    return hung


def _hashes(files: Mapping[str, bytes]) -> list[str]:
    pages = [content.decode() for name, content in files.items() if name.endswith(".html")]
    return sorted(frozenset().union(*map(script_hashes, pages)))
