"""A DuckDB connection that can open the files it was given and nothing else."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import polars as pl

from care_metrics.settings import settings
from care_metrics.warehouse.veil import Veil

VIEWS = Path(__file__).parent / "views"
_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "VARCHAR",
    pl.Float64: "DOUBLE",
    pl.Int64: "BIGINT",
    pl.Boolean: "BOOLEAN",
    pl.Int32: "INTEGER",
    pl.Date: "DATE",
    pl.List: "VARCHAR[]",
}


def connect(folders: Iterable[str], spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that may read these folders only; `lock` it once its views stand.

    spill: a folder of the caller's, where what is made goes beyond the memory limit; a database file would cost a wait
    for the disk with every table, however small.
    """
    con = duckdb.connect(":memory:")
    if spill is not None:
        con.execute(f"SET temp_directory = '{spill}'")
    con.execute("SET TimeZone = 'UTC'")
    con.execute(f"SET memory_limit = '{settings().memory_limit if spill is None else settings().build_memory}'")
    con.execute(f"SET threads = {settings().threads}")
    # The order matters: the list of folders cannot be set once external access is off.
    con.execute("SET allowed_directories = $1", [sorted(set(folders))])
    con.execute("SET enable_external_access = false")
    for name in ("sentiment_source", "low_sentiment", "answer_within_s", "short_abandon_s"):
        # A macro, as variables are not seen by the cursors that run the queries; the values are typed settings.
        value = getattr(settings(), name)
        literal = f"'{value}'" if isinstance(value, str) else repr(float(value))
        con.execute(f"CREATE MACRO setting_{name}() AS {literal}")
    return con


def lock(con: duckdb.DuckDBPyConnection) -> None:
    """From here on no setting can be changed back."""
    con.execute("SET lock_configuration = true")


def add_files(
    con: duckdb.DuckDBPyConnection,
    name: str,
    files: list[str],
    schema: Mapping[str, pl.DataType],
    keep: bool = False,
    veil: Veil | None = None,
) -> None:
    """A view over the files of one table; without any, an empty table of the same columns.

    keep: read the files once into memory, which spares each query their opening and decoding.
    veil: agents under pseudonyms, so that no query on this connection can name one.
    """
    if not files:
        columns = ", ".join(f"{column} {_sql_type(kind)}" for column, kind in schema.items())
        con.execute(f"CREATE TABLE {name} ({columns})")
        return
    month = ", 'month': VARCHAR" if "/month=" in files[0] else ""
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    con.execute(
        f"CREATE {'TABLE' if keep else 'VIEW'} {name} AS SELECT *{veil.over(schema) if veil else ''} FROM read_parquet([{listed}], hive_partitioning = true, union_by_name = true, "
        f"hive_types = {{'client': VARCHAR{month}}})"
    )


def _sql_type(kind: pl.DataType) -> str:
    if isinstance(kind, pl.Datetime):
        return "TIMESTAMPTZ" if kind.time_zone else "TIMESTAMP"
    return _TYPES[kind.base_type()]


def view_sql(name: str) -> str:
    """The text of one view, as reviewed in views/."""
    return (VIEWS / f"{name}.sql").read_text(encoding="utf-8").rstrip().rstrip(";")
