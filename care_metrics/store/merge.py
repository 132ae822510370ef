"""Which of several rows with one key stays: the newest version, at equal ones the last read; pure."""

from dataclasses import dataclass

import polars as pl

from care_metrics.schema import TABLES


@dataclass(frozen=True)
class Merged:
    """accepted: the incoming rows that are new or newer; replaced: the stored rows they take the place of.

    kept_per_file: file -> number of accepted rows; the rest of a file's rows were duplicates.
    outread: files of which a row lost to another one of the same key and version only because that was read later;
    overruled: whether a stored row did. Such a file would win if it were read once more.
    """

    accepted: pl.DataFrame
    replaced: pl.DataFrame
    kept_per_file: dict[str, int]
    outread: frozenset[str] = frozenset()
    overruled: bool = False


def merge(table: str, incoming: pl.DataFrame, stored: pl.DataFrame | None) -> Merged:
    """Decide row by row; incoming has the canonical columns and `file`, in the order read.

    stored: the client's present rows (any columns beyond the canonical ones are carried along).
    A row without a version counts as oldest, so that deliveries may come in any order.
    """
    key = list(TABLES[table].key)
    newest = _newest(table, incoming, key)
    outread = _outread(table, incoming, newest, key)
    if stored is None or stored.is_empty():
        return Merged(newest, newest.clear(), _per_file(newest), outread)
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
    taken = marked.filter(is_new | is_newer)
    accepted = taken.select(newest.columns)
    replaced = old.join(accepted.select(key), on=key, how="semi", nulls_equal=True)
    overruled = bool(taken.select((pl.col("_version") == pl.col("_old_version")).any()).item())
    return Merged(accepted, replaced, _per_file(accepted), outread, overruled)


def _newest(table: str, incoming: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    ordered = incoming.with_row_index("_order").with_columns(_version(table)).sort("_version", "_order")
    return ordered.unique(key, keep="last", maintain_order=True).sort("_order").drop("_order", "_version")


def _outread(table: str, incoming: pl.DataFrame, newest: pl.DataFrame, key: list[str]) -> frozenset[str]:
    """Files with a row that says something else than the row of the same key and version that was read after it."""
    if incoming.height == newest.height:
        return frozenset()
    content = [name for name in newest.columns if name != "file"]
    winners = _marked(table, newest, content).select(*key, _won="_version", _as="_hash")
    rows = _marked(table, incoming, content).join(winners, on=key, how="inner", nulls_equal=True)
    lost = rows.filter((pl.col("_version") == pl.col("_won")) & (pl.col("_hash") != pl.col("_as")))
    return frozenset(lost["file"].unique())


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
