"""From the sums of a KPI's cells to value and interval, one function a kind of measure."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
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
    """Sums by name, one element a cell; what is not there or null is NaN."""

    frame: pl.DataFrame

    def __getitem__(self, name: str) -> Floats:
        if name not in self.frame.columns:
            return np.full(self.frame.height, np.nan)
        return self.frame[name].to_numpy().astype(np.float64)

    def count(self, name: str) -> pl.Series:
        """A column of whole numbers, 0 where it is not there or null."""
        return pl.Series(name, np.nan_to_num(self[name]).astype(np.int64))

    def matrix(self, name: str, shape: tuple[int, ...]) -> Floats:
        """A list column as an array of cells x shape, null as 0."""
        if name not in self.frame.columns or self.frame.is_empty():
            return np.zeros((self.frame.height, *shape))
        empty = [0.0] * int(np.prod(shape))
        rows = [[element or 0.0 for element in row] if row else empty for row in self.frame[name].to_list()]
        return np.asarray(rows, dtype=np.float64).reshape(-1, *shape)


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
    unknown = np.full(cells.frame.height, np.nan)
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
    unknown = np.full(cells.frame.height, np.nan)
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


def sums_column(entry: Kpi, cells: Cells) -> pl.Series:
    """What a test of a change needs of each cell, as a list; empty where the kind knows no test."""
    if isinstance(entry.measure, Composite):
        k = len(entry.measure.parts)
        crossed = (cells.matrix(name, (k, k)) for name in ("xx", "yy", "yx"))
        columns = [
            cells["n"],
            *composite_variance(cells["n"], cells.matrix("x", (k,)), cells.matrix("y", (k,)), *crossed),
        ]
    else:
        columns = [cells[name] for name in SUMS.get(type(entry.measure), ())]
    rows = np.stack(columns, axis=1).tolist() if columns else [[] for _ in range(cells.frame.height)]
    return pl.Series("sums", rows, dtype=pl.List(pl.Float64))
