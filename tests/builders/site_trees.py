"""A published site for tests: two small trees, as the site builder lays them out."""

import json
from pathlib import Path

HASH = "sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw="

FILES = {
    "public/index.html": "<p>the public front page</p>",
    "public/leave/index.html": "<p>leave, for everybody</p>",
    "public/404.html": "<p>no such page of guidance</p>",
    "public/assets/site.js": "search()",
    "staff/index.html": "<p>the staff front page</p>",
    "staff/leave/index.html": "<p>leave, for staff</p>",
    "staff/404.html": "<p>no such page for staff</p>",
}


def publish_site(site_dir: Path, name: str = "0001-first", files: dict[str, str] = FILES) -> None:
    """Lay out a release beside `site_dir`, and let `site_dir` point to it."""
    release = site_dir.parent / "releases" / name
    for path, content in files.items():
        file = release / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    policies = {tree: {"script_hashes": [HASH]} for tree in ("public", "staff")}
    (release / "csp.json").write_text(json.dumps(policies), "utf-8")
    beside = site_dir.with_name("next")
    beside.symlink_to(release)
    beside.replace(site_dir)
