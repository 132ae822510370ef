"""From the sums of a KPI's cells to value and interval, one function a kind of measure."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from care_metrics.kpis.kpi import Cohort, Composite, Count, Kpi, Mean, Quantile, Quotient, Rate, Ratio
from care_metrics.statistics.intervals import (
    composite_delta,
    composite_variance,
    mean_t,
    nps_adjusted_wald,
    ratio_cluster,
    wilson,
)

Floats = NDArray[np.float64]
Estimate = tuple[Floats, Floats, Floats]


@dataclass(frozen=True)
class Cells:
    """What one KPI was counted from, cell by cell.

    by: dimension -> its value in each cell; sums: name -> numbers of each cell (cells, or cells x numbers), NaN where there
    are none.
    """

    height: int
    by: dict[str, list[str | None]]
    sums: dict[str, Floats]

    def __getitem__(self, name: str) -> Floats:
        found = self.sums.get(name)
        return np.full(self.height, np.nan) if found is None else found

    def count(self, name: str) -> NDArray[np.int64]:
        """Whole numbers, 0 where there are none."""
        found = self.sums.get(name)
        if found is None:
            return np.zeros(self.height, dtype=np.int64)
        return np.where(np.isnan(found), 0.0, found).astype(np.int64)

    def matrix(self, name: str, shape: tuple[int, ...]) -> Floats:
        """The numbers of each cell in this shape, 0 where there are none."""
        if name not in self.sums or not self.height:
            return np.zeros((self.height, *shape))
        return np.nan_to_num(self.sums[name]).reshape(-1, *shape)

    def places(self) -> list[tuple[str | None, ...]]:
        """The dimensions of each cell, in their order."""
        return list(zip(*self.by.values(), strict=True)) if self.by else [()] * self.height


def _divided(top: Floats, bottom: Floats) -> Floats:
    return top / np.where(bottom != 0, bottom, np.nan)


def _mean(entry: Kpi, cells: Cells) -> Estimate:
    n, total, squares = cells["n"], cells["s"], cells["ss"]
    value = entry.scale * _divided(total, n)
    if entry.interval == "nps":
        # The values are +1, 0, -1: their squares count promoters and detractors together.
        low, high = nps_adjusted_wald((squares + total) / 2, (squares - total) / 2, n)
    elif entry.interval == "wilson":
        low, high = wilson(total, n)
    else:
        low, high = mean_t(n, total, squares)
    return value, low, high


def _ratio(entry: Kpi, cells: Cells) -> Estimate:
    low, high = ratio_cluster(cells["n"], cells["x"], cells["y"], cells["xx"], cells["yy"], cells["xy"])
    top = np.inf if entry.unit == "currency" else 1.0
    value = _divided(cells["y"], cells["x"])
    return entry.scale * value, entry.scale * np.maximum(low, 0.0), entry.scale * np.minimum(high, top)


def _rate(entry: Kpi, cells: Cells) -> Estimate:
    n, total = cells["n"], cells["y"]
    unknown = np.full_like(n, np.nan)
    low, high = wilson(np.where(total <= n, total, np.nan), n) if entry.interval == "wilson" else (unknown, unknown)
    return entry.scale * _divided(total, n), low, high


def _count(entry: Kpi, cells: Cells) -> Estimate:
    unknown = np.full(cells.height, np.nan)
    return cells["n"], unknown, unknown


def _quantile(entry: Kpi, cells: Cells) -> Estimate:
    defined = cells["n"] > 1
    return cells["q"], np.where(defined, cells["low"], np.nan), np.where(defined, cells["high"], np.nan)


def _composite(entry: Kpi, cells: Cells) -> Estimate:
    assert isinstance(entry.measure, Composite)
    k = len(entry.measure.parts)
    x, y = cells.matrix("x", (k,)), cells.matrix("y", (k,))
    crossed = (cells.matrix(name, (k, k)) for name in ("xx", "yy", "yx"))
    ratios = np.divide(y, x, out=np.full_like(y, np.nan), where=x > 0)
    defined = (x > 0).sum(axis=1)
    value = _divided(np.nansum(ratios, axis=1), defined.astype(np.float64))
    low, high = composite_delta(cells["n"], x, y, *crossed)
    return entry.scale * value, entry.scale * np.maximum(low, 0.0), entry.scale * np.minimum(high, 1.0)


def _quotient(entry: Kpi, cells: Cells) -> Estimate:
    unknown = np.full(cells.height, np.nan)
    return _divided(cells["top"], cells["bottom"]), unknown, unknown


ESTIMATES: dict[type, Callable[[Kpi, Cells], Estimate]] = {
    Mean: _mean,
    Cohort: _mean,
    Ratio: _ratio,
    Rate: _rate,
    Count: _count,
    Quantile: _quantile,
    Composite: _composite,
    Quotient: _quotient,
}


SUMS: dict[type, tuple[str, ...]] = {
    Mean: ("n", "s", "ss"),
    Cohort: ("n", "s", "ss"),
    Rate: ("n", "y"),
    Ratio: ("n", "x", "y", "xx", "yy", "xy"),
    Quantile: ("n", "q", "low", "high"),
}


def sums_of(entry: Kpi, cells: Cells) -> list[list[float]]:
    """What a test of a change needs of each cell; empty lists where the kind knows no test."""
    if isinstance(entry.measure, Composite):
        k = len(entry.measure.parts)
        crossed = (cells.matrix(name, (k, k)) for name in ("xx", "yy", "yx"))
        columns = [
            cells["n"],
            *composite_variance(cells["n"], cells.matrix("x", (k,)), cells.matrix("y", (k,)), *crossed),
        ]
    else:
        columns = [cells[name] for name in SUMS.get(type(entry.measure), ())]
    return np.stack(columns, axis=1).tolist() if columns else [[] for _ in range(cells.height)]
