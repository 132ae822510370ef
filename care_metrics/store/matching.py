"""Stored rows piece by piece, all of them or those of some values, so that no more than one file's are held at once."""

from collections.abc import Collection, Iterator, Sequence

import polars as pl
import pyarrow.dataset as ds

from care_metrics.store.delta import Store
from care_metrics.store.snapshot import Snapshot


def matching(
    store: Store,
    table: str,
    client: str,
    column: str,
    values: Collection[object],
    wanted: Sequence[str] | None = None,
    snapshot: Snapshot | None = None,
) -> pl.DataFrame | None:
    """The client's rows whose column holds one of the values; None where the table does not exist.

    snapshot: without one, what a publication has written so far, for writers only. Of files without such rows only the
    column itself is read.
    """
    dataset = _dataset(store, table, client, snapshot)
    if dataset is None:
        return None
    columns = [name for name in wanted or dataset.schema.names if name in dataset.schema.names]
    sought = pl.DataFrame({column: list(values)}, schema={column: pl.String})
    rows = [pl.DataFrame(pl.from_arrow(dataset.schema.empty_table())).select(columns)]
    for fragment in dataset.get_fragments():
        named = pl.DataFrame(pl.from_arrow(fragment.to_table(schema=dataset.schema, columns=[column])))
        if named.join(sought, on=column, how="semi").height:
            whole = pl.DataFrame(pl.from_arrow(fragment.to_table(schema=dataset.schema, columns=[*columns])))
            rows.append(whole.join(sought, on=column, how="semi"))
    return pl.concat(rows, how="vertical_relaxed")


def pieces(store: Store, table: str, client: str, wanted: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
    """The client's rows as a publication has left them so far, in the order of `read`; columns that are absent are left out."""
    dataset = _dataset(store, table, client, None)
    if dataset is not None:
        columns = [name for name in wanted or dataset.schema.names if name in dataset.schema.names]
        for batch in dataset.to_batches(columns=columns, batch_readahead=1, fragment_readahead=1):
            if batch.num_rows:
                yield pl.DataFrame(pl.from_arrow(batch))


def height(store: Store, table: str, client: str) -> int:
    """How many rows `pieces` has in all; told by the files' footers."""
    dataset = _dataset(store, table, client, None)
    return 0 if dataset is None else dataset.count_rows()


def _dataset(store: Store, table: str, client: str, snapshot: Snapshot | None) -> ds.Dataset | None:
    version = store.newest(table) if snapshot is None else snapshot.of(table)
    found = None if version is None else store.table(table, version)
    return None if found is None else found.to_pyarrow_dataset([("client", "in", [client])], as_large_types=True)
