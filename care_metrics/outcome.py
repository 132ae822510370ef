"""From cells to the tidy frame that every page and command reads: value, interval, counts, state and sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from care_metrics.kpis import Kpi, kpi
from care_metrics.kpis.kpi import Quotient
from care_metrics.measured import ESTIMATES, Cells, Floats, sums_of
from care_metrics.scope import Scope
from care_metrics.states import finite, hidden_from_clients, is_count, state_of

COUNTS = ("n", "n_invalid", "n_missing", "n_immature")
COLUMNS = ("kpi", "label", "family", "unit", "better")
OUTCOME = ("value", "low", "high", *COUNTS, "state", "sums")
TYPES: dict[str, pl.DataType] = {
    **dict.fromkeys(("value", "low", "high"), pl.Float64()),
    **dict.fromkeys(COUNTS, pl.Int64()),
    "sums": pl.List(pl.Float64()),
}


@dataclass(frozen=True)
class Estimated:
    """One KPI's cells with their estimates."""

    kpi: Kpi
    cells: Cells
    value: Floats
    low: Floats
    high: Floats


def estimated(entry: Kpi, counted: dict[str, Cells], by: Sequence[str]) -> Estimated:
    """The KPI's cells with their estimates; without dimensions there is always one.

    counted: the cells of every KPI that it is made of.
    """
    cells = _quotient(entry, counted) if isinstance(entry.measure, Quotient) else counted[entry.name]
    if not cells.height and not by:
        cells = Cells(1, {}, {"n": np.zeros(1)})
    return Estimated(entry, cells, *ESTIMATES[type(entry.measure)](entry, cells))


def outcome(
    found: Sequence[Estimated], by: Sequence[str], min_n: int | None, holds_contacts: bool, scope: Scope
) -> pl.DataFrame:
    """The KPIs under each other, with names and states; cells of which nothing is known are left out."""
    if not found:
        return pl.DataFrame()
    parts = [_columns(one, by, min_n, holds_contacts) for one in found]
    types = dict.fromkeys((*COLUMNS, *by, "state"), pl.String()) | TYPES
    names = (*COLUMNS, *by, *OUTCOME[:-1])
    columns = {name: list(chain.from_iterable(part[name] for part in parts)) for name in names}
    frame = pl.DataFrame(columns, schema={name: types[name] for name in names})
    frame = frame.with_columns(_lists("sums", list(chain.from_iterable(part["sums"] for part in parts))))
    if scope.audience != "client":
        return frame
    own = [frame.filter(pl.col("kpi") == one.kpi.name) for one in found]
    hidden = [hidden_from_clients(rows, by, one.kpi.min_n) for rows, one in zip(own, found, strict=True)]
    return pl.concat(hidden, how="vertical_relaxed")


def _columns(one: Estimated, by: Sequence[str], min_n: int | None, holds_contacts: bool) -> dict[str, list[Any]]:
    """One KPI's rows of the outcome, in the order of their dimensions."""
    entry, cells = one.kpi, one.cells
    counts = {name: cells.count(name) for name in COUNTS}
    n = counts["n"]
    state = state_of(entry, n, one.value, min_n, holds_contacts)
    shown = (state == "ok") | (state == "low_n")
    value = n.astype(np.float64) if is_count(entry) else one.value
    sums = sums_of(entry, cells)
    order = _order(cells, np.stack(list(counts.values())).sum(axis=0) > 0) if by else range(cells.height)
    attributes = {"kpi": entry.name, "label": entry.label, "family": entry.family, "unit": entry.unit}
    columns: dict[str, list[Any]] = {
        **{name: [text] * cells.height for name, text in (attributes | {"better": entry.better}).items()},
        **cells.by,
        **{name: finite(column, shown) for name, column in (("value", value), ("low", one.low), ("high", one.high))},
        **{name: column.tolist() for name, column in counts.items()},
        "state": state.tolist(),
        "sums": [row if there else None for row, there in zip(sums, shown.tolist(), strict=True)],
    }
    return {name: [column[place] for place in order] for name, column in columns.items()}


def _lists(name: str, rows: Sequence[Sequence[float] | None]) -> pl.Series:
    """Lists of numbers, or none, as a column; made row by row it would take longer than all the counting."""
    ends = np.cumsum([0, *(len(row or ()) for row in rows)]).tolist()
    offsets = [None if row is None else start for row, start in zip(rows, ends, strict=False)] + ends[-1:]
    flat = pa.array(list(chain.from_iterable(row or () for row in rows)), pa.float64())
    return pl.Series(name, pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), flat), dtype=pl.List(pl.Float64))


def _order(cells: Cells, known: np.ndarray) -> list[int]:
    """The places of the cells of which something is known, by their dimensions, missing ones last."""
    keys = cells.places()
    places = np.flatnonzero(known).tolist()
    return sorted(places, key=lambda place: [(word is None, word or "") for word in keys[place]])


def _quotient(entry: Kpi, counted: dict[str, Cells]) -> Cells:
    """The numerator's cells with both sides' values; without a denominator a cell has no value but keeps its counts."""
    assert isinstance(entry.measure, Quotient)
    top, bottom = counted[entry.measure.numerator], counted[entry.measure.denominator]
    below = dict(zip(bottom.places(), _value(entry.measure.denominator, bottom), strict=True))
    sides = {
        "top": _value(entry.measure.numerator, top),
        "bottom": np.array([below.get(key, np.nan) for key in top.places()], dtype=np.float64),
    }
    return Cells(top.height, top.by, top.sums | sides)


def _value(name: str, cells: Cells) -> Floats:
    value, _, _ = ESTIMATES[type(kpi(name).measure)](kpi(name), cells)
    return np.where(np.isfinite(value), value, np.nan)
