"""The rows of one grain as columns of numbers, read once by the expressions of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from care_metrics.filters import Filters
from care_metrics.kpis.compiler import selected
from care_metrics.kpis.grains import Grain
from care_metrics.kpis.kpi import Kpi
from care_metrics.kpis.parameters import Parameters
from care_metrics.kpis.sums import row_columns
from care_metrics.schema import TIME_DIMENSIONS
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse

EPOCH = date(1970, 1, 1)
NO_DAY = np.iinfo(np.int32).min
# Columns that say which rows belong together, besides the dimensions.
CLUSTER = {"agent_time": ("agent_id__",), "cost": ("currency",)}
# Two bytes hold every whole number up to this one.
MOST_MARKS = 2048
Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Labels:
    """A column of words: the place of each row's word in `words`, in which None stands for no word."""

    codes: Codes
    words: list[str | None]

    def among(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Whether each row has one of these words; an empty one asks for rows without."""
        known = {word or None for word in wanted}
        return np.array([word in known for word in self.words], dtype=bool)[self.codes]


@dataclass(frozen=True)
class Rows:
    """Rows of one grain of one Scope.

    days: days since 1970, NO_DAY where unknown; values: the catalogue's row-level columns, NaN where null.
    first: where the grain has a column of `First`: the partition of each row (rows lie in its order); then `values` holds
    each column that mentions it twice, under its name as if it were true and under `otherwise(name)` as if it were false.
    """

    n: int
    days: Codes
    labels: dict[str, Labels]
    values: dict[str, np.ndarray]
    first: Codes | None = None

    def label(self, name: str) -> Labels:
        """A dimension; those of time follow from the day."""
        if name not in self.labels:
            self.labels[name] = _time_labels(name, self.days)
        return self.labels[name]


def otherwise(name: str) -> str:
    """The name of a column's values for rows that are not the first of their partition."""
    return f"{name}__otherwise"


def load(house: Warehouse, scope: Scope, grain: Grain, entries: Iterable[Kpi], as_of: datetime | None) -> Rows:
    """All rows of a grain that the Scope may see, with the columns of these KPIs, from one statement."""
    parameters, texts = Parameters(), _texts(grain, entries)
    named = [name for name in grain.dimensions if name not in TIME_DIMENSIONS]
    extra = [] if grain.derived is None else [f"dense_rank() OVER (ORDER BY {grain.derived.of}) AS first__"]
    plain = replace(grain, derived=None)
    sql = selected(plain, texts, Filters(as_of=as_of), scope, parameters, [*named, "day", *extra])
    if grain.derived is not None:
        # The order needs columns that are not read, so it goes where they still are.
        sql = f"{sql}\nORDER BY {grain.derived.of}, {grain.derived.order}"
    found = house.query(sql, parameters.values)
    return Rows(
        n=found.height,
        days=_days(found["day"]),
        labels={name: labels_of(found[name]) for name in (*named, *CLUSTER.get(grain.name, ()))},
        values={name: _numbers(found[name]) for name in texts},
        first=found["first__"].to_numpy().astype(np.int32) if extra else None,
    )


def _texts(grain: Grain, entries: Iterable[Kpi]) -> dict[str, str]:
    columns = {name: text for entry in entries for name, text in row_columns(entry).items()}
    if grain.derived is None:
        return columns
    name = grain.derived.name
    also = {otherwise(column): text.replace(name, "false") for column, text in columns.items() if name in text}
    return {column: text.replace(name, "true") for column, text in columns.items()} | also


def _days(column: pl.Series) -> Codes:
    return column.cast(pl.Date).cast(pl.Int32).fill_null(NO_DAY).to_numpy().astype(np.int32)


def labels_of(column: pl.Series) -> Labels:
    """Words by their places; not sorted."""
    coded = column.to_arrow().dictionary_encode(null_encoding="encode")
    return Labels(coded.indices.to_numpy().astype(np.int32), coded.dictionary.to_pylist() or [None])


def _time_labels(name: str, days: Codes) -> Labels:
    """As DIMENSION_SQL writes them."""
    known, codes = np.unique(days, return_inverse=True)
    dates = pl.Series("day", np.where(known == NO_DAY, 0, known).astype(np.int32)).cast(pl.Date)
    starts = dates.dt.truncate("1w") if name == "week" else dates
    texts = starts.dt.strftime("%Y-%m" if name == "month" else "%Y-%m-%d").to_list()
    by_day = [None if day == NO_DAY else text for day, text in zip(known.tolist(), texts, strict=True)]
    words = sorted({text for text in by_day if text is not None})
    places: dict[str | None, int] = {word: place for place, word in enumerate(words)} | {None: len(words)}
    return Labels(np.array([places[text] for text in by_day], dtype=np.int32)[codes.reshape(-1)], [*words, None])


def _numbers(column: pl.Series) -> np.ndarray:
    """Marks, which are small whole numbers, in two bytes each; else doubles."""
    if column.dtype.is_integer() and (column.max() or 0) <= MOST_MARKS:  # ty: ignore
        return column.cast(pl.Float32).to_numpy().astype(np.float16)
    return column.cast(pl.Float64).to_numpy()
