"""Retention over kept memberships: who was a customer at a period's start, and who of them still is at its end.

What care_metrics.kpis.cohort says in SQL, said in arrays; a test puts the same questions to both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from care_metrics.filters import Filters
from care_metrics.kept.buckets import Bucket, Span, buckets
from care_metrics.kept.rows import Labels, labels_of
from care_metrics.kpis.kpi import Cohort, Kpi
from care_metrics.kpis.parameters import Parameters
from care_metrics.measured import Cells
from care_metrics.schema import CUSTOMER_DIMENSIONS, TIME_DIMENSIONS
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse

Instants = NDArray[np.int64]
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Memberships:
    """One row a membership, by client, customer and start; values: what a cohort KPI counts of 0 and of 1 retained."""

    spans: tuple[Span, ...]
    customer: NDArray[np.int64]
    start: Instants
    end: Instants
    invalid: NDArray[np.bool_]
    labels: dict[str, Labels]
    values: dict[str, tuple[float, float]]


def load(house: Warehouse, scope: Scope, entries: Sequence[Kpi]) -> Memberships:
    """All memberships that the Scope may see."""
    parameters = Parameters()
    known = f"f.client IN ({parameters.bind_all(sorted(scope.clients))})" if scope.clients else "false"
    found = house.query(
        f"""SELECT f.client, f.customer_id, epoch_us(f.start_at) AS start_us, epoch_us(f.end_at) AS end_us, f.end_invalid,
    {", ".join(f"f.{name}" for name in CUSTOMER_DIMENSIONS if name != "client")},
    c.timezone, epoch_us(c.data_end) AS data_end_us
FROM facts_customer f JOIN facts_client c USING (client)
WHERE {known}
ORDER BY f.client, f.customer_id, f.start_at""",
        parameters.values,
    )
    return Memberships(
        spans=tuple(_spans(found)),
        customer=_numbered(found),
        start=found["start_us"].fill_null(NEVER).to_numpy(),
        end=found["end_us"].fill_null(NEVER).to_numpy(),
        invalid=found["end_invalid"].fill_null(False).to_numpy(),
        labels={name: labels_of(found[name]) for name in CUSTOMER_DIMENSIONS},
        values=_values(house, entries),
    )


def _numbered(found: pl.DataFrame) -> NDArray[np.int64]:
    """A number for each customer of each client; their rows lie together."""
    same = (pl.col("client") == pl.col("client").shift()) & pl.col("customer_id").eq_missing(
        pl.col("customer_id").shift()
    )
    return found.select((~same.fill_null(False)).cast(pl.Int64).cum_sum()).to_series().to_numpy()


def _values(house: Warehouse, entries: Sequence[Kpi]) -> dict[str, tuple[float, float]]:
    """The catalogue's expressions of `retained`, worked out by the database for 0 and 1."""
    texts = {entry.name: entry.measure.value for entry in entries if isinstance(entry.measure, Cohort)}
    listed = ", ".join(f"CAST({text} AS DOUBLE) AS {name}" for name, text in texts.items())
    lost, stayed = house.query(f"SELECT {listed} FROM (VALUES (0), (1)) v(retained) ORDER BY retained").to_dicts()
    return {name: (lost[name], stayed[name]) for name in texts}


def _spans(found: pl.DataFrame) -> Iterator[Span]:
    place = 0
    for (client,), own in found.group_by("client", maintain_order=True):
        first = own["start_us"].min()
        places = slice(place, place := place + own.height)
        end = own["data_end_us"][0]
        if first is not None and end is not None:
            yield Span(str(client), places, own["timezone"][0], int(str(first)), int(end))


def cells_of(entries: Sequence[Kpi], rows: Memberships, filters: Filters, by: Sequence[str]) -> dict[str, Cells]:
    """The cells of the cohort KPIs; by: dimensions of customers and of time."""
    keys: dict[tuple[str | None, ...], list[float]] = {}
    if not by:
        keys[()] = [0.0, 0.0, 0.0]
    for span in rows.spans:
        for bucket in buckets(span, filters, [name for name in by if name in TIME_DIMENSIONS]):
            _count(rows, span, bucket, filters, by, keys)
    sums = np.array(list(keys.values()), dtype=np.float64).reshape(-1, 3)
    words = {name: [key[place] for key in keys] for place, name in enumerate(by)}
    return {entry.name: Cells(len(keys), words, _sums(rows.values[entry.name], sums)) for entry in entries}


def _sums(value: tuple[float, float], counts: np.ndarray) -> dict[str, np.ndarray]:
    lost, stayed, unknown = counts.T
    n, of_lost, of_stayed = lost + stayed, *value
    some = n > 0
    return {
        "n": n,
        "s": np.where(some, lost * of_lost + stayed * of_stayed, np.nan),
        "ss": np.where(some, lost * of_lost**2 + stayed * of_stayed**2, np.nan),
        "n_invalid": unknown,
    }


def _count(
    rows: Memberships,
    span: Span,
    bucket: Bucket,
    filters: Filters,
    by: Sequence[str],
    keys: dict[tuple[str | None, ...], list[float]],
) -> None:
    """Add one client's customers of one bucket: lost, stayed, end unknown."""
    start, end = rows.start[span.places], rows.end[span.places]
    invalid, customer = rows.invalid[span.places], rows.customer[span.places]
    first, own = span.places.start, customer[0] if len(customer) else 0
    at_start = np.flatnonzero(~invalid & (start <= bucket.start) & (end > bucket.start))
    # Of overlapping memberships of one customer the latest, which lies last, gives the dimensions.
    last = at_start[np.diff(customer[at_start], append=-1) != 0]
    still = np.zeros(len(customer) + 1, dtype=bool)
    still[customer[~invalid & (start <= bucket.end) & (end > bucket.end)] - own] = True
    stayed = still[customer[last] - own]
    unknown = np.flatnonzero(invalid & (start <= bucket.start))
    for column, places in enumerate((last[~stayed], last[stayed], unknown)):
        _add(rows, places + first, bucket, filters, by, keys, column)


def _add(
    rows: Memberships,
    places: NDArray[np.intp],
    bucket: Bucket,
    filters: Filters,
    by: Sequence[str],
    keys: dict[tuple[str | None, ...], list[float]],
    column: int,
) -> None:
    for name, wanted in filters.where:
        places = places[rows.labels[name].among(wanted)[places]]
    if not len(places):
        return
    dimensions = [name for name in by if name not in TIME_DIMENSIONS]
    for words, count in _counted(rows, places, dimensions):
        found = bucket.words | words
        keys.setdefault(tuple(found[name] for name in by), [0.0, 0.0, 0.0])[column] += count


def _counted(
    rows: Memberships, places: NDArray[np.intp], names: Sequence[str]
) -> Iterator[tuple[dict[str, str | None], int]]:
    """How many of these rows have which words."""
    codes, most = np.zeros(len(places), dtype=np.int64), 1
    for name in names:
        codes = codes * len(rows.labels[name].words) + rows.labels[name].codes[places]
        most *= len(rows.labels[name].words)
    for code, count in enumerate(np.bincount(codes, minlength=most).tolist()):
        words: dict[str, str | None] = {}
        rest = code
        for name in reversed(names) if count else ():
            rest, place = divmod(rest, len(rows.labels[name].words))
            words[name] = rows.labels[name].words[place]
        if count:
            yield words, count
