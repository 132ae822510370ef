"""Rejected rows wait for their repair; one leaves the list once a row of its key has come in and it was not rejected again."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from care_metrics.commands.quarantine import values_of
from care_metrics.commands.removing import remove_rows
from care_metrics.commands.stack import Stack
from care_metrics.schema import TABLES
from care_metrics.store import Snapshot, Store

ROW = ["file", "table", "line", "reason", "raw"]
COMPARABLE = ("id", "category", "integer", "month")
BETWEEN, SEED = "\x1f", 5


class Waiting:
    """What waited when a load began, and what of it the load has repaired.

    Rows are known by hashes: there may be as many as the load has rows.
    """

    def __init__(self, store: Store, client: str, before: Snapshot) -> None:
        self._store, self._client = store, client
        rows = store.read(before, "quarantine", [client], ROW)
        rows = pl.DataFrame(schema=dict.fromkeys(ROW, pl.String)) if rows is None else rows.select(ROW)
        self._known = rows.hash_rows(SEED)
        self._keys = _keys(rows.select("table", "raw").drop_nulls().unique())
        self._come = [self._keys.clear()]
        self._rejected = [pl.Series(dtype=pl.UInt64)]

    def take(self, stacks: Sequence[Stack], loaded_at: datetime) -> bool:
        """Keep what was rejected with file, line and reason, the same row of a file once; note what has come in."""
        for stack in stacks:
            self._rejected.append(stack.quarantined["raw"].drop_nulls().hash(SEED))
            if _comparable(stack.table) and self._keys.height:
                come = stack.rows.select(table=pl.lit(stack.table), key=_plain(list(TABLES[stack.table].key)))
                self._come.append(self._keys.join(come, on=["table", "key"], how="semi"))
        found = pl.concat([stack.quarantined.select(ROW) for stack in stacks]) if stacks else None
        fresh = None if found is None else found.filter(~found.hash_rows(SEED).is_in(self._known.implode()))
        if fresh is None or fresh.is_empty():
            return False
        self._store.append("quarantine", fresh.with_columns(client=pl.lit(self._client), loaded_at=pl.lit(loaded_at)))
        return True

    def clear(self) -> int:
        """Take the repaired ones off the list; how many. For the end of the load, when all that it rejected is known."""
        come = pl.concat(self._come).unique()
        repaired = come.filter(~pl.col("raw").is_in(pl.concat(self._rejected).implode()))
        cleared = 0
        for (table,), rows in repaired.partition_by("table", as_dict=True).items():
            gone = (pl.col("table") == table) & pl.col("raw").hash(SEED).is_in(rows["raw"].implode())
            cleared += remove_rows(self._store, self._client, "quarantine", gone)
        return cleared


def _keys(rows: pl.DataFrame) -> pl.DataFrame:
    """table, key and raw (a hash) of the rows whose key can be told."""
    keys = [_key(table, raw) for table, raw in rows.iter_rows()]
    known = rows.select("table", key=pl.Series(keys, dtype=pl.String), raw=pl.col("raw").hash(SEED))
    return known.drop_nulls("key")


def _key(table: str, raw: str) -> str | None:
    values = values_of(raw) if _comparable(table) else None
    return None if values is None else BETWEEN.join((values.get(name) or "").strip() for name in TABLES[table].key)


def _plain(key: Sequence[str]) -> pl.Expr:
    return pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in key], separator=BETWEEN)


def _comparable(table: str) -> bool:
    return table in TABLES and all(TABLES[table].column(name).kind in COMPARABLE for name in TABLES[table].key)
