"""The head of the chain, written down outside the database from time to time.

Whoever rewrites the whole database, chain and all, cannot rewrite these lines
too, if they are kept elsewhere as well: in a log, in a mail, on paper.
"""

import os
from datetime import datetime
from pathlib import Path

from portal.evidence import Head


def anchor_file(var_dir: Path) -> Path:
    """Where an installation keeps its anchors."""
    return var_dir / "anchors.log"


def anchor_line(head: Head, at: datetime) -> str:
    """One anchor as it is written and printed: when, how many entries, the last hash."""
    return f"{at.isoformat(timespec='seconds')} {head.position} {head.entry_hash}"


def read_anchors(path: Path) -> tuple[Head, ...]:
    """The heads that were written down, oldest first. Raises ValueError for a torn line."""
    if not path.exists():
        return ()
    lines = path.read_text(encoding="ascii").splitlines()
    return tuple(_head(line) for line in lines if line.strip())


def write_anchor(path: Path, head: Head, at: datetime) -> None:
    """Add a head at the end, unless it is there already, and wait until it is on the disk."""
    if head in read_anchors(path)[-1:]:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(anchor_line(head, at) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _head(line: str) -> Head:
    _at, position, entry_hash = line.split()
    return Head(int(position), entry_hash)
