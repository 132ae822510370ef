"""Hides small cells, and enough others that no hidden cell follows by subtraction from a shown total.

From: Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, chapter 5 (primary and
secondary suppression). The audit below is the linear one: a cell leaks if the shown cells and totals
determine it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import product

import numpy as np
from numpy.typing import NDArray

Cell = tuple[Hashable, ...]

AUDIT_MAX_ELEMENTS = 8_000_000


class Margin(Enum):
    """Marks a dimension that is summed over; not equal to any group key, None included."""

    TOTAL = "total"


@dataclass(frozen=True)
class Line:
    """One addition that a reader can undo: the cells along one dimension, and their total."""

    total: Cell
    cells: list[Cell]


@dataclass
class Table:
    """Cells with all their totals (n by cell), the lines between them, and what is hidden so far."""

    size: dict[Cell, float]
    lines: list[Line]
    min_n: float
    hidden: set[Cell] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lines_of: dict[Cell, list[Line]] = defaultdict(list)
        for line in self.lines:
            for cell in line.cells:
                self.lines_of[cell].append(line)

    def leaks(self, line: Line) -> bool:
        """Subtraction along the line yields a hidden value, or a sum of hidden ones over fewer than min_n."""
        hidden = [cell for cell in line.cells if cell in self.hidden]
        if line.total in self.hidden:
            return not hidden
        return bool(hidden) and (len(hidden) == 1 or sum(self.size[cell] for cell in hidden) < self.min_n)

    def hide_smallest(self, cells: Iterable[Cell]) -> bool:
        """Hide the smallest shown cell that no shown total repeats; False if there is none."""
        shown = [cell for cell in cells if cell not in self.hidden and not self.repeated_by_a_total(cell)]
        self.hidden.update(sorted(shown, key=lambda cell: (self.size[cell], str(cell)))[:1])
        return bool(shown)

    def repeated_by_a_total(self, cell: Cell) -> bool:
        return any(len(line.cells) == 1 and line.total not in self.hidden for line in self.lines_of[cell])

    def determined(self, lines: Iterable[Line]) -> list[Cell]:
        """Hidden cells whose value the system of lines fixes: those of leverage 1 in it."""
        unknown = {cell: i for i, cell in enumerate(sorted(self.hidden, key=str))}
        lines = [line for line in lines if line.total in unknown or any(c in unknown for c in line.cells)]
        if not unknown or len(lines) * len(unknown) > AUDIT_MAX_ELEMENTS:
            return []
        system = np.zeros((len(lines), len(unknown)))
        for row, line in enumerate(lines):
            system[row, [unknown[cell] for cell in line.cells if cell in unknown]] = 1
            if line.total in unknown:
                system[row, unknown[line.total]] = -1
        leverage = (np.linalg.pinv(system @ system.T, rcond=1e-10, hermitian=True) @ system * system).sum(axis=0)
        return [cell for cell, i in unknown.items() if leverage[i] > 1 - 1e-6]


def suppressed(keys: Sequence[Cell], n: Sequence[float], min_n: float) -> NDArray[np.bool_]:
    """Which rows a client reader must not see: True for each to be hidden.

    keys: one tuple of group values a row, of one or more dimensions; n: its count; the totals over any
    dimensions, and the grand total, count as shown wherever they have min_n and are not hidden themselves, so
    that a table by site and one by site and channel agree. A row of n = 0 holds nothing to hide.
    """
    dims = len(keys[0]) if len(keys) else 0
    table = _table(keys, n, min_n)
    for level in range(dims + 1):
        cells = [cell for cell in table.size if _level(cell) == level]
        table.hidden.update(cell for cell in cells if table.size[cell] < min_n)
        secret = set(table.hidden)
        lines = [line for line in table.lines if _level(line.total) == level - 1]
        known = [line for line in table.lines if _level(line.total) < level]
        _close_lines(table, lines)
        while leaking := table.determined(known):
            near = {cell for leak in leaking for line in table.lines_of[leak] for cell in line.cells}
            if not table.hide_smallest(cell for cell in near if _level(cell) == level) and not (
                secret.intersection(leaking) and table.hide_smallest(cells)
            ):
                break
            _close_lines(table, lines)
    return np.array([tuple(key) in table.hidden for key in keys], dtype=bool)


def _close_lines(table: Table, lines: list[Line]) -> None:
    """Hide one more cell of each leaking line until none leaks or none can be mended."""
    changed = True
    while changed:
        changed = False
        for line in lines:
            while table.leaks(line) and table.hide_smallest(line.cells):
                changed = True


def _table(keys: Sequence[Cell], n: Sequence[float], min_n: float) -> Table:
    size: dict[Cell, float] = defaultdict(float)
    for key, count in zip(keys, n, strict=True):
        if count > 0:
            for summed in product((False, True), repeat=len(key)):
                size[tuple(Margin.TOTAL if s else value for s, value in zip(summed, key, strict=True))] += count
    cells: dict[tuple[int, Cell], list[Cell]] = defaultdict(list)
    for cell in size:
        for dim, value in enumerate(cell):
            if value is not Margin.TOTAL:
                cells[dim, (*cell[:dim], Margin.TOTAL, *cell[dim + 1 :])].append(cell)
    return Table(dict(size), [Line(total, members) for (_, total), members in cells.items()], min_n)


def _level(cell: Cell) -> int:
    return sum(value is not Margin.TOTAL for value in cell)
