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


def with_state(frame: pl.DataFrame, entries: Sequence[Kpi], min_n: int | None, holds_contacts: bool) -> pl.DataFrame:
    """The frame with `state`, its numbers null where suppressed or without data; min_n overrides each KPI's own.

    place: a column of the frame, the place of the row's KPI among the entries.
    """
    own = pl.DataFrame(
        {
            "least": [entry.min_n if min_n is None else min_n for entry in entries],
            "count": [entry.interval == "none" and entry.unit == "contacts" for entry in entries],
        }
    )
    frame = pl.concat([frame, own[frame["place"]]], how="horizontal")
    state = (
        # A count is its own n: 0 is an answer in a store that holds contacts, and no data in one that holds none.
        pl.when("count")
        .then(pl.lit("ok" if holds_contacts else "no_data"))
        .when((pl.col("n") == 0) | pl.col("value").is_null())
        .then(pl.lit("no_data"))
        .when(pl.col("n") < pl.col("least"))
        .then(pl.lit("suppressed"))
        .when(pl.col("n") < LOW_N)
        .then(pl.lit("low_n"))
        .otherwise(pl.lit("ok"))
    )
    shown = pl.col("state").is_in(["ok", "low_n"])
    return (
        frame.with_columns(state.alias("state"), pl.when("count").then(pl.col("n")).otherwise("value").alias("value"))
        .with_columns(pl.when(shown).then(pl.col(name)).alias(name) for name in ("value", "low", "high", "sums"))
        .drop("least", "count")
    )


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
