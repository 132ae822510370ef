"""Which numbers may be shown: no data, too few to show, few, or enough."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from care_metrics.kpis import Kpi
from care_metrics.statistics.suppression import suppressed

LOW_N = 30


def nullable(name: str, values: np.ndarray) -> pl.Series:
    """Numbers as a column, with null for what is not finite: no NaN and no infinity ever leaves this package."""
    numbers = np.asarray(values, dtype=np.float64)
    return pl.Series(name, np.where(np.isfinite(numbers), numbers, np.nan), nan_to_null=True)


def finite(values: np.ndarray, shown: np.ndarray) -> list[float | None]:
    """Numbers, None for what is not shown or not finite."""
    there = (np.isfinite(values) & shown).tolist()
    return [number if is_there else None for number, is_there in zip(values.tolist(), there, strict=True)]


def state_of(entry: Kpi, n: np.ndarray, value: np.ndarray, min_n: int | None, holds_contacts: bool) -> np.ndarray:
    """The state of each cell of one KPI; min_n overrides the KPI's own."""
    if is_count(entry):
        # A count is its own n: 0 is an answer in a store that holds contacts, and no data in one that holds none.
        return np.full(n.shape, "ok" if holds_contacts else "no_data")
    least = entry.min_n if min_n is None else min_n
    return np.select(
        [(n == 0) | ~np.isfinite(value), n < least, n < LOW_N], ["no_data", "suppressed", "low_n"], default="ok"
    )


def is_count(entry: Kpi) -> bool:
    """Whether the KPI is a number of contacts and nothing else."""
    return entry.interval == "none" and entry.unit == "contacts"


def hidden_from_clients(frame: pl.DataFrame, by: Sequence[str], min_n: int) -> pl.DataFrame:
    """Small cells without value, and further ones so that none follows by subtraction from a shown total.

    min_n is the KPI's own: a client reader cannot ask for less. Counts are numbers about people too.
    """
    keys = list(frame.select(by).iter_rows()) if by else []
    small = frame["n"].is_between(1, min_n - 1).to_numpy()
    hidden = pl.Series(suppressed(keys, frame["n"].to_list(), min_n) if by and frame.height else small)
    masked = frame.with_columns(pl.when(hidden).then(pl.lit("suppressed")).otherwise(pl.col("state")).alias("state"))
    return masked.with_columns(
        [pl.when(~hidden).then(pl.col(name)).alias(name) for name in ("value", "low", "high", "sums")]
        # Beside a hidden value stands no exact count either.
        + [
            pl.when(hidden).then(0).otherwise(pl.col(name)).alias(name)
            for name in ("n", "n_invalid", "n_missing", "n_immature")
        ]
    )
