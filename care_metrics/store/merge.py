"""Which of several rows with one key stays: the newest version, at equal ones the last read; pure."""

from dataclasses import dataclass

import polars as pl

from care_metrics.schema import TABLES


@dataclass(frozen=True)
class Merged:
    """accepted: the incoming rows that are new or newer; replaced: the stored rows they take the place of.

    kept_per_file: file -> number of accepted rows; the rest of a file's rows were duplicates.
    """

    accepted: pl.DataFrame
    replaced: pl.DataFrame
    kept_per_file: dict[str, int]


def merge(table: str, incoming: pl.DataFrame, stored: pl.DataFrame | None) -> Merged:
    """Decide row by row; incoming has the canonical columns and `file`, in the order read.

    stored: the client's present rows (any columns beyond the canonical ones are carried along).
    A row without a version counts as oldest, so that deliveries may come in any order.
    """
    key = list(TABLES[table].key)
    newest = _newest(table, incoming, key)
    if stored is None or stored.is_empty():
        return Merged(newest, newest.clear(), _per_file(newest))
    content = [name for name in newest.columns if name in stored.columns and name not in ("file", "loaded_at", "month")]
    old = stored.join(newest.select(key), on=key, how="semi", nulls_equal=True)
    marked = _marked(table, newest, content).join(
        _marked(table, old, content).select(
            *key, pl.col("_version").alias("_old_version"), pl.col("_hash").alias("_old_hash")
        ),
        on=key,
        how="left",
        nulls_equal=True,
    )
    is_new = pl.col("_old_hash").is_null()
    is_newer = (pl.col("_version") >= pl.col("_old_version")) & (pl.col("_hash") != pl.col("_old_hash"))
    accepted = marked.filter(is_new | is_newer).select(newest.columns)
    replaced = old.join(accepted.select(key), on=key, how="semi", nulls_equal=True)
    return Merged(accepted, replaced, _per_file(accepted))


def _newest(table: str, incoming: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    ordered = incoming.with_row_index("_order").with_columns(_version(table)).sort("_version", "_order")
    return ordered.unique(key, keep="last", maintain_order=True).sort("_order").drop("_order", "_version")


def _marked(table: str, rows: pl.DataFrame, content: list[str]) -> pl.DataFrame:
    return rows.with_columns(_version(table), _hash=pl.struct(sorted(content)).hash(seed=1))


def _version(table: str) -> pl.Expr:
    # 0 for a missing version: older than any real one, equal to another missing one.
    columns = TABLES[table].version
    epoch = pl.col(columns[0]).dt.epoch("us").fill_null(0) if columns else pl.lit(0, pl.Int64)
    return epoch.alias("_version")


def _per_file(rows: pl.DataFrame) -> dict[str, int]:
    counts = rows.group_by("file").len()
    return dict(zip(counts["file"], counts["len"], strict=True))
