"""The sums of each kind of KPI over kept rows: what care_metrics.kpis.sums says in SQL, said in arrays.

A test puts the same questions to both.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from care_metrics.kept.chosen import Chosen
from care_metrics.kept.clusters import Clustered, clustered
from care_metrics.kpis.kpi import Composite, Count, Kpi, Mean, Quantile, Rate, Ratio
from care_metrics.kpis.sums import MARKS, Z95, row_columns
from care_metrics.measured import Cells, Floats

Counted = Chosen | Clustered


def cells_of(entries: Sequence[Kpi], chosen: Chosen) -> dict[str, Cells]:
    """The cells of KPIs of one grain."""
    found = {}
    for entry in entries:
        cluster = entry.measure.cluster if isinstance(entry.measure, Ratio) else None
        counted = clustered(chosen, f"{cluster}__") if cluster else chosen
        found[entry.name] = Cells(chosen.height, chosen.by, _kind(entry, counted) | _marks(entry, counted))
    return found


def _kind(entry: Kpi, counted: Counted) -> dict[str, Floats]:
    name = entry.name
    match entry.measure:
        case Count():
            return {"n": counted.add(_known(counted.column(f"{name}__v")))}
        case Mean():
            return _mean(counted, counted.column(f"{name}__v"))
        case Rate():
            return _rate(entry, counted)
        case Ratio():
            return _ratio(counted, counted.column(f"{name}__x"), counted.column(f"{name}__y"))
        case Quantile(_, q):
            return _quantile(counted, counted.column(f"{name}__v"), q)
        case Composite(parts):
            return _composite(counted, *(_parts(counted, f"{name}__{side}", len(parts)) for side in "xy"))
    raise TypeError(f"{name} has no sums over rows.")


def _marks(entry: Kpi, counted: Counted) -> dict[str, Floats]:
    present = row_columns(entry)
    names = [mark for mark in MARKS if f"{entry.name}__{mark}" in present]
    return {f"n_{mark}": counted.add(_filled(counted.column(f"{entry.name}__{mark}"))) for mark in names}


def _filled(values: Floats) -> Floats:
    return np.where(np.isnan(values), 0.0, values)


def _known(values: Floats) -> Floats:
    return (~np.isnan(values)).astype(np.float64)


def _or_nothing(total: Floats, n: Floats) -> Floats:
    """A sum of nothing is nothing, not 0."""
    return np.where(n > 0, total, np.nan)


def _mean(counted: Counted, values: Floats) -> dict[str, Floats]:
    filled = _filled(values)
    n, s, ss = counted.add(np.stack([_known(values), filled, filled * filled], axis=1)).T
    return {"n": n, "s": _or_nothing(s, n), "ss": _or_nothing(ss, n)}


def _rate(entry: Kpi, counted: Counted) -> dict[str, Floats]:
    x, y = (counted.column(f"{entry.name}__{side}") for side in "xy")
    n, total, known = counted.add(np.stack([_filled(x), _filled(y), _known(y)], axis=1)).T
    found = {"n": n, "y": _or_nothing(total, known)}
    return found | ({"currencies": _currencies(counted)} if entry.unit == "currency" else {})


def _currencies(counted: Counted) -> Floats:
    """How many distinct currencies each cell has."""
    assert isinstance(counted, Chosen)
    labels = counted.rows.labels["currency"]
    codes = labels.codes[counted.places]
    each = (codes == place for place, word in enumerate(labels.words) if word is not None)
    present = [counted.add(one.astype(np.float64)) > 0 for one in each]
    return np.stack(present).sum(axis=0).astype(np.float64) if present else np.zeros(counted.height)


def _ratio(counted: Counted, x: Floats, y: Floats) -> dict[str, Floats]:
    possible = x > 0
    x, y = np.where(possible, x, 0.0), _filled(np.where(possible, y, 0.0))
    n, *sums = counted.add(np.stack([possible.astype(np.float64), x, y, x * x, y * y, x * y], axis=1)).T
    return {"n": n} | {name: _or_nothing(one, n) for name, one in zip(("x", "y", "xx", "yy", "xy"), sums, strict=True)}


def _parts(counted: Counted, prefix: str, k: int) -> Floats:
    return _filled(np.stack([counted.column(f"{prefix}{j}") for j in range(k)], axis=1))


def _composite(counted: Counted, x: Floats, y: Floats) -> dict[str, Floats]:
    crossed = {
        left + right: (one[:, :, None] * other[:, None, :]).reshape(len(x), x.shape[1] ** 2)
        for left, one, right, other in (("x", x, "x", x), ("y", y, "y", y), ("y", y, "x", x))
    }
    n = counted.add(np.asarray((x > 0).any(axis=1), dtype=np.float64))
    return {"n": n, "x": counted.add(x), "y": counted.add(y)} | {k: counted.add(v) for k, v in crossed.items()}


def _quantile(counted: Counted, values: Floats, q: float) -> dict[str, Floats]:
    """Linear interpolation, and the order statistics whose ranks bracket q with 95 % (Conover 1999, 3.2)."""
    assert isinstance(counted, Chosen)
    found = np.full((counted.height, 4), np.nan)
    bounds = [*counted.starts.tolist(), len(values)]
    for cell, (start, end) in enumerate(pairwise(bounds)):
        part = values[start:end]
        ordered = np.sort(part[np.isfinite(part)])
        n = len(ordered)
        found[cell, 0] = n
        if n:
            spread = Z95 * np.sqrt(n * q * (1 - q))
            low, high = max(1, int(np.floor(n * q - spread))), min(n, int(np.ceil(n * q + spread)) + 1)
            found[cell, 1:] = np.quantile(ordered, q), ordered[low - 1], ordered[high - 1]
    return dict(zip(("n", "q", "low", "high"), found.T, strict=True))
