"""The influence–interest matrix: five rows of five cells, each a list of organisations."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.priority import HIGH, HIGHEST, LOWEST, Quadrant, quadrant_of
from portal.stakeholders.register import Entry

_LEVELS = range(LOWEST, HIGHEST + 1)


@dataclass(frozen=True)
class Cell:
    """One meeting of influence and interest, with its organisations alphabetically."""

    influence: int
    interest: int
    quadrant: Quadrant
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Matrix:
    """The cells by row, the highest influence first, and who could not be placed.

    `low` and `high` are how many of the five columns are of low and of high interest.
    """

    rows: tuple[tuple[Cell, ...], ...]
    not_placed: tuple[Entry, ...]
    low: int = HIGH - LOWEST
    high: int = HIGHEST - HIGH + 1

    @property
    def placed(self) -> int:
        """How many organisations stand in a cell."""
        return sum(len(cell.entries) for row in self.rows for cell in row)


def matrix(register: Iterable[Entry]) -> Matrix:
    """The matrix of these entries, which come in the order in which cells list them."""
    listed = tuple(register)
    return Matrix(
        rows=tuple(
            tuple(_cell(influence, interest, listed) for interest in _LEVELS)
            for influence in reversed(_LEVELS)
        ),
        not_placed=tuple(each for each in listed if each.placement is None),
    )


def _cell(influence: int, interest: int, listed: tuple[Entry, ...]) -> Cell:
    return Cell(
        influence=influence,
        interest=interest,
        quadrant=quadrant_of(influence, interest),
        entries=tuple(
            each
            for each in listed
            if each.position
            and each.placement
            and (each.position.scores.influence, each.position.scores.interest)
            == (influence, interest)
        ),
    )
