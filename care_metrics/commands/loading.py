"""Put one client's readings into the store's tables: merge by key, choose partitions, keep what was refused."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from care_metrics.commands.kept_texts import settled
from care_metrics.schema import TABLES, frame_schema
from care_metrics.sources.reading import Reading
from care_metrics.store import Merged, Store, matching, merge

CLIENTS_SCHEMA: dict[str, type[pl.DataType]] = {"client": pl.String, "timezone": pl.String, "simulated": pl.Boolean}
UNDATED = ("agents", "sites", "tasks", "customers")


def merge_table(store: Store, client: str, table: str, readings: Sequence[Reading], loaded_at: datetime) -> Merged:
    """Merge the readings of one table and write what changes; the caller commits.

    Only stored rows of the same keys are read, and only partitions with a replaced row are written anew.
    """
    columns = list(frame_schema(table, stored=True))
    incoming = pl.concat(
        [reading.rows.select(columns).with_columns(file=pl.lit(reading.file)) for reading in readings], how="vertical"
    )
    first = TABLES[table].key[0]
    stored = matching(store, table, client, first, incoming[first].drop_nulls().unique().to_list())
    merged = merge(table, settled(table, incoming, stored), stored)
    if merged.accepted.is_empty():
        return merged
    months = _months(store, client, table, merged.accepted, loaded_at)
    fresh = merged.accepted.drop("file").with_columns(
        pl.lit(client).alias("client"), pl.lit(loaded_at).alias("loaded_at"), *([months] if months is not None else [])
    )
    _write(store, client, table, fresh, merged.replaced)
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


def _months(store: Store, client: str, table: str, rows: pl.DataFrame, loaded_at: datetime) -> pl.Series | None:
    """The partition of each row: its own month, that of its interaction, or that of the load."""
    if table in UNDATED or table == "costs":
        return None
    load_month = loaded_at.strftime("%Y-%m")
    dated = TABLES[table].dated_by
    if dated:
        instant = pl.coalesce([pl.col(name) for name in dated])
        return rows.select(instant.dt.strftime("%Y-%m").fill_null(load_month).alias("month")).to_series()
    ids = rows["interaction_id"].unique().to_list()
    known = matching(store, "interactions", client, "interaction_id", ids, ["interaction_id", "month"])
    if known is None:
        return pl.Series("month", [load_month] * rows.height)
    return (
        rows.join(known, on="interaction_id", how="left", maintain_order="left")
        .select(pl.col("month").fill_null(load_month))
        .to_series()
    )


def know_client(store: Store, client: str, zone: str, simulated: bool) -> None:
    """Add a client nobody has loaded before, with its time zone."""
    table = store.table("clients")
    known = (
        pl.DataFrame(schema=CLIENTS_SCHEMA) if table is None else pl.DataFrame(pl.from_arrow(table.to_pyarrow_table()))
    )
    if client not in known["client"].to_list():
        fresh = pl.DataFrame({"client": [client], "timezone": [zone], "simulated": [simulated]}, schema=CLIENTS_SCHEMA)
        store.overwrite("clients", pl.concat([known.select(*CLIENTS_SCHEMA), fresh]))


def keep_quarantine(store: Store, client: str, readings: Sequence[Reading], loaded_at: datetime) -> bool:
    """Keep refused rows with file, line and reason; the same row of the same file is kept once."""
    found = [reading.quarantined for reading in readings if reading.quarantined.height]
    if not found:
        return False
    key = ["file", "table", "line", "reason", "raw"]
    fresh = pl.concat(found).with_columns(pl.lit(client).alias("client"), pl.lit(loaded_at).alias("loaded_at"))
    stored = store.read_now("quarantine", [client])
    if stored is not None:
        fresh = fresh.join(stored.select(key), on=key, how="anti", nulls_equal=True)
    if fresh.height:
        store.append("quarantine", fresh)
    return fresh.height > 0


def keep_counts(store: Store, client: str, counts: pl.DataFrame, loaded_at: datetime) -> None:
    """Keep how much redaction took out, by file, table and kind."""
    if counts.height:
        store.append("redactions", counts.with_columns(client=pl.lit(client), loaded_at=pl.lit(loaded_at)))
