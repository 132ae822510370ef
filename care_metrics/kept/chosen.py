"""Which of the kept rows a question speaks of, and which cell each of them falls into."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from care_metrics.filters import Filters
from care_metrics.kept.rows import EPOCH, NO_DAY, Rows, otherwise
from care_metrics.measured import Floats

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Chosen:
    """Rows of a question in the order of their cells.

    places: of the rows; starts: where each cell begins among them; by: dimension -> its value in each cell.
    """

    rows: Rows
    places: Places
    starts: Places
    by: dict[str, list[str | None]]
    is_first: NDArray[np.bool_] | None = None

    @property
    def height(self) -> int:
        """How many cells there are: without dimensions always one."""
        return len(self.starts)

    def column(self, name: str) -> Floats:
        """Row-level numbers of the rows chosen, NaN where null."""
        values = self.rows.values[name][self.places].astype(np.float64)
        if self.is_first is None or otherwise(name) not in self.rows.values:
            return values
        return np.where(self.is_first, values, self.rows.values[otherwise(name)][self.places])

    def add(self, numbers: Floats) -> Floats:
        """Sums by cell of rows x anything."""
        if not len(self.places):
            return np.zeros((self.height, *numbers.shape[1:]))
        return np.add.reduceat(numbers, self.starts, axis=0)


def choose(rows: Rows, filters: Filters, by: Sequence[str]) -> Chosen:
    """The rows of period and filters, by cell."""
    places = np.flatnonzero(_within(rows, filters))
    is_first = None if rows.first is None else _is_first(rows.first[places])
    if not by:
        return Chosen(rows, places, np.zeros(1, np.intp), {}, is_first)
    labels = [rows.label(name) for name in by]
    cell = np.zeros(len(places), dtype=np.int64)
    for one in labels:
        cell = cell * len(one.words) + one.codes[places]
    order = np.argsort(cell, kind="stable")
    cells, starts = np.unique(cell[order], return_index=True)
    words: dict[str, list[str | None]] = {}
    for name, one in zip(reversed(by), reversed(labels), strict=True):
        cells, code = np.divmod(cells, len(one.words))
        words[name] = [one.words[place] for place in code.tolist()]
    first = None if is_first is None else is_first[order]
    return Chosen(rows, places[order], starts, {name: words[name] for name in by}, first)


def _within(rows: Rows, filters: Filters) -> NDArray[np.bool_]:
    kept = np.ones(rows.n, dtype=bool)
    if filters.start or filters.end:
        kept &= rows.days != NO_DAY
    if filters.start:
        kept &= rows.days >= day_number(filters.start)
    if filters.end:
        kept &= rows.days < day_number(filters.end)
    for name, wanted in filters.where:
        kept &= rows.label(name).among(wanted)
    return kept


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days


def _is_first(partition: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether each row is the first of its partition; rows of one lie together, in their order."""
    return np.concatenate([[True], partition[1:] != partition[:-1]]) if len(partition) else np.zeros(0, dtype=bool)
