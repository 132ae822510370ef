"""Which cell of a pillar score stands out from the rest: a month from the other months, a team from the other teams."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from care_metrics.kpis import kpi
from care_metrics.kpis.kpi import Ratio
from care_metrics.measured import SUMS, Floats
from care_metrics.states import nullable
from care_metrics.statistics.differences import SIGNIFICANCE, ratio_difference
from care_metrics.statistics.intervals import ratio_variance
from care_metrics.statistics.multiple import q_values

REST = ("rest", "rest_n", "difference", "d_low", "d_high", "p")


def against_rest(rows: pl.DataFrame, within: Sequence[str] = ()) -> pl.DataFrame:
    """rows: of `measure`, ratios only; each cell against all other cells of its KPI and `within` together.

    Adds REST, in the KPI's unit, null where the cell is hidden or alone, and q over all rows (Benjamini and Yekutieli:
    cells of one series share their rest).
    """
    if rows.is_empty():
        return rows.with_columns(*(pl.lit(None, pl.Float64).alias(name) for name in (*REST, "q")))
    parts = [_compared(part) for _key, part in rows.group_by("kpi", *within, maintain_order=True)]
    found = pl.concat(parts)
    return found.with_columns(nullable("q", q_values(found["p"].cast(pl.Float64).fill_null(np.nan), dependent=True)))


def standing(rows: pl.DataFrame, within: Sequence[str], most: int) -> list[dict[str, Any]]:
    """The cells that clearly differ from the rest of their series by at least the KPI's threshold, the surest first.

    Each is left out of the rest before the next one is looked for, so that one bad month makes no good ones of its
    neighbours. At most `most` of them, as rows of `against_rest`.
    """
    found: list[dict[str, Any]] = []
    left = rows.with_row_index("cell")
    while len(found) < most and left.height:
        clear = [row for row in against_rest(left, within).to_dicts() if _clear(row)]
        if not clear:
            break
        surest = min(clear, key=lambda row: (row["q"], row["p"], row["cell"]))
        found.append(surest)
        left = left.filter(pl.col("cell") != surest["cell"])
    return found


def _clear(row: dict[str, Any]) -> bool:
    return row["q"] is not None and row["q"] < SIGNIFICANCE and abs(row["difference"]) >= kpi(row["kpi"]).threshold


def _compared(rows: pl.DataFrame) -> pl.DataFrame:
    entry = kpi(rows["kpi"][0])
    assert isinstance(entry.measure, Ratio)
    own = _sums(rows["sums"])
    rest = np.nansum(own, axis=0) - own
    # The rest of a single cell is nothing at all, and what rounding leaves of it is no score.
    rest[rest[:, 0] < 1] = np.nan
    change = ratio_difference(tuple(own.T), tuple(rest.T))
    value, _variance = ratio_variance(*rest.T)
    scaled = {"rest": value, "difference": change.difference, "d_low": change.low, "d_high": change.high}
    return rows.with_columns(
        *(nullable(name, entry.scale * column) for name, column in scaled.items()),
        nullable("rest_n", rest[:, 0]),
        nullable("p", change.p),
    )


def _sums(column: pl.Series) -> Floats:
    """Cells x the five sums and n, NaN where a cell is hidden."""
    width = len(SUMS[Ratio])
    empty = [float("nan")] * width
    rows = [list(row) if row is not None and len(row) == width else empty for row in column]
    return np.asarray(rows, dtype=np.float64).reshape(-1, width)
