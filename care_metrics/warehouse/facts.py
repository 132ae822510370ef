"""Canonical tables of one client -> its facts, in the order in which the views build on each other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import md5
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import duckdb
import polars as pl
import pyarrow as pa

from care_metrics.schema import TABLES, frame_schema
from care_metrics.warehouse.connection import add_files, connect, lock, view_sql

_STRING, _FLOAT, _INSTANT = pl.String(), pl.Float64(), pl.Datetime("us", "UTC")
SCORES_SCHEMA: dict[str, pl.DataType] = {
    "client": _STRING,
    "month": _STRING,
    "interaction_id": _STRING,
    "turn_no": pl.Int64(),
    "text_md5": _STRING,
    "revision": _STRING,
    "reason": _STRING,
    "negative": _FLOAT,
    "neutral": _FLOAT,
    "positive": _FLOAT,
    "valence": _FLOAT,
    "scored_at": _INSTANT,
}
BEHAVIOURS_SCHEMA: dict[str, pl.DataType] = {
    "client": _STRING,
    "month": _STRING,
    "interaction_id": _STRING,
    "turn_no": pl.Int64(),
    "text_md5": _STRING,
    "context_md5": _STRING,
    "revision": _STRING,
    "reason": _STRING,
    "empathy": _FLOAT,
    "proactivity": _FLOAT,
    "personalization": _FLOAT,
    "ownership": _FLOAT,
    "personalization_strong": _FLOAT,
    "ownership_strong": _FLOAT,
    "scored_at": _INSTANT,
}
DERIVED_EVIDENCE_SCHEMA: dict[str, pl.DataType] = {
    "client": _STRING,
    "interaction_id": _STRING,
    "pillar": _STRING,
    "behaviour": _STRING,
    "source": _STRING,
    "earned": _FLOAT,
    "possible": _FLOAT,
    "turn_no": pl.Int64(),
    "event_id": _STRING,
    "revision": _STRING,
    "confidence": _FLOAT,
    "reason": _STRING,
    "gate": _STRING,
    "gate_turn_no": pl.Int64(),
    "withdrawn": pl.Boolean(),
}
UNSCORED_LEGS_SCHEMA: dict[str, pl.DataType] = {"client": _STRING, "interaction_id": _STRING, "reason": _STRING}
# What `score` writes beside the canonical tables.
SCORED: dict[str, dict[str, pl.DataType]] = {
    "scores": SCORES_SCHEMA,
    "behaviours": BEHAVIOURS_SCHEMA,
    "derived_evidence": DERIVED_EVIDENCE_SCHEMA,
    "unscored_legs": UNSCORED_LEGS_SCHEMA,
}
ROWS_AT_A_TIME = 50_000
STEPS = ("leg_span", "leg_duration", "turn_valence", "leg_valence", "evidence_row", "dimensions")
FACTS = (
    "facts_leg",
    "facts_contact",
    "facts_survey",
    "facts_case",
    "facts_customer",
    "facts_evidence",
    "facts_agent_time",
    "facts_cost",
    "facts_client",
)


def fingerprint(files: Mapping[str, list[str]], *also: object) -> str:
    """What facts are built from: the input files, the views' own text, and whatever else decides (revisions, cuts)."""
    views = "".join(view_sql(name) for name in ("current_scores", *STEPS, *FACTS))
    return md5(repr((sorted(files.items()), views, also)).encode(), usedforsecurity=False).hexdigest()


def build_facts(
    client: str,
    timezone: str,
    files: Mapping[str, list[str]],
    revisions: Sequence[str],
    built_from: str = "",
    tell: Callable[[int, int], None] = lambda done, total: None,
    spill: Path | None = None,
) -> Iterator[tuple[str, pa.RecordBatchReader]]:
    """All facts of one client, table by table.

    files: canonical table (and those of SCORED) -> Parquet files of this client; revisions: the sentiment models
    whose scores count now. Yields (table, rows), the rows to be read before the next is asked for, each with `client`; nothing
    in them depends on period, filter or as-of. What goes beyond the memory limit is spilled to disk, so that memory is
    bounded by the setting and not by their number.
    built_from: the fingerprint of the inputs, kept in facts_client to tell facts that lag behind; tell: how many steps of how
    many are done; spill: the folder for what goes beyond the limit, default the system's.
    """
    folders = {str(PurePosixPath(file).parents[_depth(file)]) for found in files.values() for file in found}
    with (
        TemporaryDirectory(prefix="care_metrics_facts_", dir=spill) as aside,
        closing(connect(folders, Path(aside))) as con,
    ):
        _open_tables(con, files)
        con.execute("CREATE TABLE clients AS SELECT $1 AS client, $2 AS timezone", [client, timezone])
        con.execute("CREATE TABLE current_revision AS SELECT unnest($1::VARCHAR[]) AS revision", [list(revisions)])
        con.execute(f"CREATE VIEW current_scores AS {view_sql('current_scores')}")
        lock(con)
        for number, name in enumerate((*STEPS, *FACTS), 1):
            con.execute(f"CREATE TABLE {name} AS {view_sql(name)}")
            tell(number, len(STEPS) + len(FACTS))
        for fact in FACTS:
            also = ", $1 AS built_from" if fact == "facts_client" else ""
            rows = con.sql(f"SELECT *{also} FROM {fact}", params=[built_from] if also else [])
            yield fact, rows.to_arrow_reader(ROWS_AT_A_TIME)


def _open_tables(con: duckdb.DuckDBPyConnection, files: Mapping[str, list[str]]) -> None:
    for table in TABLES:
        schema: dict[str, pl.DataType] = {"client": _STRING} | frame_schema(table, stored=True)
        add_files(con, table, files.get(table, []), schema)
    for table in ("scores", "derived_evidence"):
        add_files(con, table, files.get(table, []), SCORED[table])


def _depth(file: str) -> int:
    # .../client=acme/month=2024-05/part.parquet: the client's folder, whether or not months lie below it.
    return 1 if "/month=" in file else 0
