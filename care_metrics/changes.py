"""Is a change a signal? The difference of two measured frames, cell by cell, with interval, p and verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from care_metrics.kpis import Kpi, kpi
from care_metrics.measured import Floats
from care_metrics.states import nullable
from care_metrics.statistics.differences import (
    Difference,
    hybrid,
    mean_difference,
    normal_difference,
    nps_difference,
    rate_difference,
    ratio_difference,
    verdict,
)

CHANGE = ("before", "before_n", "difference", "d_low", "d_high", "p", "verdict")


def change(now: pl.DataFrame, before: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """One row a KPI and cell of `now`: kpi, the dimensions of `by`, then CHANGE in the KPI's unit.

    now, before: frames of `measure` over two periods. verdict is 'clear' (p < 0.05 and at least the KPI's practical
    threshold), 'chance', or null where either side is suppressed or without data, or where no test is defined.
    """
    if now.is_empty():
        return pl.DataFrame()
    key = ["kpi", *by]
    sides = _sides(now, before, key)
    plain = np.array(sides.value, dtype=np.float64) - np.array(sides.value_before, dtype=np.float64)
    tests = [_tested(sides, places, plain) for places in _alike(sides)]
    found = np.full((4, len(plain)), np.nan)
    for places, test in tests:
        found[:, places] = test
    known = np.isfinite(plain) & np.isfinite(found[0]) & np.isfinite(found[1])
    low, high, p, clear = (np.where(known, row, np.nan) for row in found)
    words = [None if np.isnan(one) else "clear" if one else "chance" for one in clear.tolist()]
    return now.select(key).with_columns(
        pl.Series("before", sides.value_before, pl.Float64),
        pl.Series("before_n", sides.n_before, pl.Int64),
        *(
            nullable(name, column)
            for name, column in (("difference", plain), ("d_low", low), ("d_high", high), ("p", p))
        ),
        pl.Series("verdict", words, pl.String),
    )


@dataclass(frozen=True)
class Sides:
    """The rows of now, and what stood in the same cell before."""

    kpis: list[Kpi]
    value: list[float | None]
    sums: list[list[float] | None]
    value_before: list[float | None]
    n_before: list[int | None]
    sums_before: list[list[float] | None]


def _sides(now: pl.DataFrame, before: pl.DataFrame, key: list[str]) -> Sides:
    columns = ("value", "n", "sums")
    cells = zip(*(before[name].to_list() for name in (*key, *columns)), strict=True) if before.width else ()
    known = {row[: len(key)]: row[len(key) :] for row in cells}
    keys = zip(*(now[name].to_list() for name in key), strict=True)
    found = [known.get(cell, (None, None, None)) for cell in keys]
    value, n, sums = (list(column) for column in zip(*found, strict=True))
    return Sides([kpi(name) for name in now["kpi"]], now["value"].to_list(), now["sums"].to_list(), value, n, sums)


def _alike(sides: Sides) -> list[np.ndarray]:
    """The places of the rows that one call can test: of one kind of test, with equally many sums on both sides."""
    together: dict[tuple[str, int], list[int]] = {}
    for place, (entry, now, before) in enumerate(zip(sides.kpis, sides.sums, sides.sums_before, strict=True)):
        if now is not None and before is not None and len(now) == len(before) > 1 and entry.interval in _TESTS:
            together.setdefault((entry.interval, len(now)), []).append(place)
    return [np.array(places) for places in together.values()]


def _tested(sides: Sides, places: np.ndarray, plain: Floats) -> tuple[np.ndarray, Floats]:
    """d_low, d_high, p and whether the change is clear, one column a place."""
    entries = [sides.kpis[place] for place in places.tolist()]
    now, before = (
        np.array([rows[place] for place in places.tolist()], dtype=np.float64)
        for rows in (sides.sums, sides.sums_before)
    )
    kind = entries[0].interval
    found = _TESTS[kind](now.T, before.T)
    scale = np.array([1.0 if kind in ("nps", "order") else entry.scale for entry in entries])
    low, high, p = scale * found.low, scale * found.high, np.broadcast_to(found.p, places.shape)
    words = verdict(plain[places], low, high, p, np.array([entry.threshold for entry in entries]))
    return places, np.stack([low, high, p, words == "clear"])


def _nps(a: Floats, b: Floats) -> Difference:
    return nps_difference((a[2] + a[1]) / 2, (a[2] - a[1]) / 2, a[0], (b[2] + b[1]) / 2, (b[2] - b[1]) / 2, b[0])


def _order(a: Floats, b: Floats) -> Difference:
    low, high = hybrid(a[1], (a[2], a[3]), b[1], (b[2], b[3]))
    return Difference(a[1] - b[1], low, high, np.full(a.shape[1], np.nan))


_TESTS: dict[str, Callable[[Floats, Floats], Difference]] = {
    "nps": _nps,
    "wilson": lambda a, b: rate_difference(a[1], a[0], b[1], b[0]),
    "t": lambda a, b: mean_difference(*a, *b),
    "ratio": lambda a, b: ratio_difference(tuple(a), tuple(b)),
    "delta": lambda a, b: normal_difference(a[1], a[2], b[1], b[2]),
    "order": _order,
}
