"""What was found of a client, put in the place of what was found before, but only if it is something else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
import pyarrow as pa

from care_metrics.commands.bucket_file import BucketFile, Place
from care_metrics.store import Store, pieces


class FoundRows:
    """Rows of some tables (name -> columns), kept out of memory bucket by bucket until all of them are there."""

    def __init__(self, store: Store, client: str, tables: Mapping[str, Mapping[str, pl.DataType]]) -> None:
        self._store, self._client, self._tables = store, client, tables
        self._file = BucketFile(Path(store.url) if store.local else None)
        self._places: dict[str, list[Place]] = {}

    def add(self, table: str, rows: pl.DataFrame) -> None:
        """Rows of one bucket."""
        fresh = rows.with_columns(client=pl.lit(self._client)).select(
            pl.col(name).cast(kind) for name, kind in self._tables[table].items()
        )
        self._places.setdefault(table, []).extend(place for _, place in self._file.put(fresh, pl.lit(0)))

    def keep(self, table: str) -> bool:
        """Put them in the place of the client's old rows, unless they are the same."""
        order = list(self._tables[table])
        stored = pieces(self._store, table, self._client)
        if _sum_of(self._rows(table), order) == _sum_of(stored, order):
            return False
        self._store.replace(table, _stream(self._rows(table), self._tables[table]), self._client, None)
        return True

    def close(self) -> None:
        """Give the space back."""
        self._file.close()

    def _rows(self, table: str) -> Iterator[pl.DataFrame]:
        found = (self._file.get([place]) for place in self._places[table])
        return (rows for rows in found if rows is not None)


def _sum_of(parts: Iterable[pl.DataFrame], order: Sequence[str]) -> tuple[int, int]:
    """Count and sum of hashes: the same for the same rows in whatever order; of rows without these columns another one."""
    rows, total = 0, 0
    for part in parts:
        rows += part.height
        same = set(order) <= set(part.columns)
        total += int(part.select(order).hash_rows(seed=3).cast(pl.Decimal(38, 0)).sum()) if same else 1
    return rows, total


def _stream(parts: Iterable[pl.DataFrame], schema: Mapping[str, pl.DataType]) -> pa.RecordBatchReader:
    plain = pl.CompatLevel.oldest()
    batches = (batch for part in parts for batch in part.to_arrow(compat_level=plain).to_batches())
    return pa.RecordBatchReader.from_batches(pl.DataFrame(schema=schema).to_arrow(compat_level=plain).schema, batches)
