"""Is a change a signal? The difference of two measured frames, cell by cell, with interval, p and verdict."""

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from care_metrics.kpis import Kpi, kpi
from care_metrics.measured import Floats
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
    key = ["kpi", *by]
    sides = before.select(
        *key, pl.col("value").alias("before"), pl.col("n").alias("before_n"), pl.col("sums").alias("sums_before")
    )
    joined = now.join(sides, on=key, how="left", nulls_equal=True, maintain_order="left")
    parts = [_changed(kpi(str(name)), rows, key) for (name,), rows in joined.group_by("kpi", maintain_order=True)]
    return pl.concat(parts, how="vertical_relaxed") if parts else pl.DataFrame()


def _changed(entry: Kpi, rows: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    first, second = _sums(rows["sums"]), _sums(rows["sums_before"])
    found = _difference(entry, first, second)
    plain = rows["value"].cast(pl.Float64) - rows["before"].cast(pl.Float64)
    known = np.isfinite(plain.fill_null(float("nan")).to_numpy())
    frame = rows.select(*key, "before", "before_n").with_columns(plain.alias("difference"))
    if found is None:
        unknown = [pl.lit(None, pl.Float64).alias(name) for name in ("d_low", "d_high", "p")]
        return frame.with_columns(*unknown, pl.lit(None, pl.String).alias("verdict"))
    scale = entry.scale if entry.interval not in ("nps", "order") else 1.0
    low, high = scale * found.low, scale * found.high
    words = verdict(plain.fill_null(float("nan")).to_numpy(), low, high, found.p, entry.threshold)
    tested = known & np.isfinite(low) & np.isfinite(high)
    return frame.with_columns(
        _column("d_low", low, tested),
        _column("d_high", high, tested),
        _column("p", found.p, tested),
        pl.Series("verdict", words.astype(str), dtype=pl.String).set(pl.Series(~tested), None),
    )


def _column(name: str, values: Floats, tested: np.ndarray) -> pl.Series:
    return pl.Series(name, np.broadcast_to(values, tested.shape), dtype=pl.Float64).set(
        pl.Series(~(tested & np.isfinite(np.broadcast_to(values, tested.shape)))), None
    )


def _sums(column: pl.Series) -> Floats:
    """Cells x sums; a cell without sums (suppressed, absent) is NaN."""
    width = int(column.list.len().max() or 1)  # ty: ignore[invalid-argument-type]
    empty = [float("nan")] * width
    return np.asarray(
        [list(row) if row is not None and len(row) == width else empty for row in column], dtype=np.float64
    ).reshape(-1, width)


def _difference(entry: Kpi, now: Floats, before: Floats) -> Difference | None:
    if now.shape[1] != before.shape[1] or now.shape[1] == 1:
        return None
    test = _TESTS.get("nps" if entry.interval == "nps" else entry.interval if entry.interval in _TESTS else "")
    return test(now.T, before.T) if test else None


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
