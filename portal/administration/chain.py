"""Checking the chain from the screen, and what the last check found."""

from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from portal.anchors import anchor_file, read_anchors
from portal.chain_check import verify
from portal.database import reading_unit
from portal.settings import Settings

# The trail keeps this many faults of a check; the command on the server shows all.
FAULTS_KEPT = 20


@dataclass(frozen=True)
class Checked:
    """What a check found: how long the chain is, how often it was written down, what is wrong.

    `number` is of all faults; `faults` may be the first of them.
    """

    entries: int
    anchors: int
    number: int
    faults: tuple[str, ...]


def run_check(factory: sessionmaker[Session], settings: Settings) -> Checked:
    """Compare every row of evidence with the chain, and the chain with its anchors."""
    try:
        anchors = read_anchors(anchor_file(settings.var_dir))
    except ValueError:
        return Checked(0, 0, 1, ("the file of anchors cannot be read",))
    with reading_unit(factory) as session:
        report = verify(session, settings.chain_key, anchors)
    return Checked(report.head.position, len(anchors), len(report.faults), report.faults)


def check_detail(found: Checked) -> str:
    """A check as the trail keeps it: three numbers, then the first faults, a line each."""
    numbers = f"entries {found.entries}, anchors {found.anchors}, faults {found.number}"
    return "\n".join((numbers, *found.faults[:FAULTS_KEPT]))


def check_found(detail: str) -> Checked:
    """What the trail keeps of a check, read again."""
    numbers, *faults = detail.split("\n")
    entries, anchors, number = (int(part.rpartition(" ")[2]) for part in numbers.split(","))
    return Checked(entries, anchors, number, tuple(faults))
