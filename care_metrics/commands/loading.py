"""Put one client's rows into the store's tables: merge by key, choose partitions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from care_metrics.commands.kept_texts import settled
from care_metrics.commands.stack import Stack
from care_metrics.schema import TABLES, frame_schema
from care_metrics.store import Merged, Snapshot, Store, matching, merge

CLIENTS_SCHEMA: dict[str, type[pl.DataType]] = {"client": pl.String, "timezone": pl.String, "simulated": pl.Boolean}
UNDATED = ("agents", "sites", "tasks", "customers")


@dataclass(frozen=True)
class Target:
    """Where a load goes to. before: the store as it stood when the load began; no later batch has a key of an earlier one."""

    store: Store
    client: str
    loaded_at: datetime
    before: Snapshot

    def matching(
        self, table: str, column: str, values: Collection[object], wanted: Sequence[str] | None = None
    ) -> pl.DataFrame | None:
        """Rows that were stored before the load."""
        return matching(self.store, table, self.client, column, values, wanted, self.before)


def merge_table(target: Target, stack: Stack, fresh_legs: pl.DataFrame | None) -> Merged:
    """Merge the rows of one table and write what changes; the caller commits.

    Only stored rows of the same keys are read, and only partitions with a replaced row are written anew.
    fresh_legs: interactions (interaction_id, started_at) that came with the same batch.
    """
    table, incoming = stack.table, stack.rows.select(*frame_schema(stack.table, stored=True), "file")
    first = TABLES[table].key[0]
    stored = target.matching(table, first, incoming[first].drop_nulls().unique().to_list())
    merged = merge(table, settled(table, incoming, stored), stored)
    if merged.accepted.is_empty():
        return merged
    months = _months(target, table, merged.accepted, fresh_legs)
    fresh = merged.accepted.drop("file").with_columns(
        pl.lit(target.client).alias("client"),
        pl.lit(target.loaded_at).alias("loaded_at"),
        *([months] if months is not None else []),
    )
    _write(target.store, target.client, table, fresh, merged.replaced)
    return merged


def _write(store: Store, client: str, table: str, fresh: pl.DataFrame, replaced: pl.DataFrame) -> None:
    key = list(TABLES[table].key)
    order = [name for name in ("interaction_id", "turn_no") if name in fresh.columns] or key[:1]
    if replaced.is_empty():
        store.append(table, fresh.sort(order))
        return
    touched = sorted(replaced["month"].unique().to_list()) if "month" in fresh.columns else None
    here = pl.lit(True) if touched is None else pl.col("month").is_in(touched)
    stored = store.read_now(table, [client], None, touched)
    assert stored is not None
    kept = stored.join(fresh.select(key), on=key, how="anti", nulls_equal=True)
    rows = pl.concat([kept.select(fresh.columns), fresh.filter(here)], how="vertical_relaxed")
    store.replace(table, rows.sort(order), client, touched)
    if fresh.filter(~here).height:
        store.append(table, fresh.filter(~here).sort(order))


def _months(target: Target, table: str, rows: pl.DataFrame, fresh_legs: pl.DataFrame | None) -> pl.Series | None:
    """The partition of each row: its own month, that of its interaction, or that of the load."""
    if table in UNDATED or table == "costs":
        return None
    load_month = target.loaded_at.strftime("%Y-%m")
    dated = TABLES[table].dated_by
    if dated:
        instant = pl.coalesce([pl.col(name) for name in dated])
        return rows.select(_month(instant).fill_null(load_month).alias("month")).to_series()
    known = _leg_months(target, rows["interaction_id"].unique(), fresh_legs)
    return (
        rows.join(known, on="interaction_id", how="left", maintain_order="left")
        .select(pl.col("month").fill_null(load_month))
        .to_series()
    )


def _leg_months(target: Target, ids: pl.Series, fresh_legs: pl.DataFrame | None) -> pl.DataFrame:
    """interaction_id and month of the interactions that came along or were stored before."""
    known = pl.DataFrame(schema={"interaction_id": pl.String, "month": pl.String})
    if fresh_legs is not None:
        known = fresh_legs.select("interaction_id", month=_month(pl.col("started_at")))
    others = ids.filter(~ids.is_in(known["interaction_id"].implode())).to_list()
    stored = target.matching("interactions", "interaction_id", others, known.columns)
    return known if stored is None else pl.concat([known, stored.select(known.columns)])


def _month(instant: pl.Expr) -> pl.Expr:
    return instant.dt.strftime("%Y-%m")


def know_client(store: Store, client: str, zone: str, simulated: bool) -> None:
    """Add a client nobody has loaded before, with its time zone."""
    table = store.table("clients")
    known = (
        pl.DataFrame(schema=CLIENTS_SCHEMA) if table is None else pl.DataFrame(pl.from_arrow(table.to_pyarrow_table()))
    )
    if client not in known["client"].to_list():
        fresh = pl.DataFrame({"client": [client], "timezone": [zone], "simulated": [simulated]}, schema=CLIENTS_SCHEMA)
        store.overwrite("clients", pl.concat([known.select(*CLIENTS_SCHEMA), fresh]))


def keep_counts(store: Store, client: str, counts: pl.DataFrame, loaded_at: datetime) -> None:
    """Keep how much redaction took out, by file, table and kind."""
    if counts.height:
        store.append("redactions", counts.with_columns(client=pl.lit(client), loaded_at=pl.lit(loaded_at)))
