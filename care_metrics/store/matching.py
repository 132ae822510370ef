"""Stored rows by the values of a column, file by file, so that no more than one file's rows are held at once."""

from collections.abc import Collection, Sequence

import polars as pl

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
    version = store.newest(table) if snapshot is None else snapshot.of(table)
    found = None if version is None else store.table(table, version)
    if found is None:
        return None
    dataset = found.to_pyarrow_dataset(partitions=[("client", "in", [client])], as_large_types=True)
    columns = [name for name in wanted or dataset.schema.names if name in dataset.schema.names]
    sought = pl.DataFrame({column: list(values)}, schema={column: pl.String})
    rows = [pl.DataFrame(pl.from_arrow(dataset.schema.empty_table())).select(columns)]
    for fragment in dataset.get_fragments():
        named = pl.DataFrame(pl.from_arrow(fragment.to_table(schema=dataset.schema, columns=[column])))
        if named.join(sought, on=column, how="semi").height:
            whole = pl.DataFrame(pl.from_arrow(fragment.to_table(schema=dataset.schema, columns=[*columns])))
            rows.append(whole.join(sought, on=column, how="semi"))
    return pl.concat(rows, how="vertical_relaxed")
