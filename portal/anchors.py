"""The head of the chain, written down outside the database from time to time.

Whoever rewrites the whole database, chain and all, cannot rewrite these lines
too, if they are kept elsewhere as well: in a log, in a mail, on paper.
"""

import os
from datetime import datetime
from pathlib import Path

from portal.evidence import Head


class TornAnchor(ValueError):
    """The file of anchors holds a line that is none."""


def anchor_file(var_dir: Path) -> Path:
    """Where an installation keeps its anchors."""
    return var_dir / "anchors.log"


def anchor_line(head: Head, at: datetime) -> str:
    """One anchor as it is written and printed: when, how many entries, the last hash."""
    return f"{at.isoformat(timespec='seconds')} {head.position} {head.entry_hash}"


def read_anchors(path: Path) -> tuple[Head, ...]:
    """The heads that were written down, oldest first. Raises TornAnchor for a line that is none."""
    if not path.exists():
        return ()
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    return tuple(_head(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def write_anchor(path: Path, head: Head, at: datetime) -> None:
    """Add a head at the end, unless it is there already, and wait until it is on the disk."""
    if head in read_anchors(path)[-1:]:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(anchor_line(head, at) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _head(path: Path, number: int, line: str) -> Head:
    words = line.split()
    if len(words) != 3 or not words[1].isdecimal():
        raise TornAnchor(f"{path}:{number}: not an anchor: put the file back as it was")
    return Head(int(words[1]), words[2])
