"""What is known of the data themselves: how fresh, how complete, what was refused, what changed, what was taken out."""

from dataclasses import dataclass

import polars as pl

from care_metrics.errors import NotAllowed
from care_metrics.scope import Scope
from care_metrics.sources.formats import formats
from care_metrics.store import Snapshot, Store
from care_metrics.warehouse import Warehouse

QUARANTINE_LIMIT = 500


@dataclass(frozen=True)
class Records:
    """What was noted about the loads of these clients, None where nothing was: one frame a table."""

    loads: pl.DataFrame | None
    quarantine: pl.DataFrame | None
    redactions: pl.DataFrame | None
    revisions: pl.DataFrame | None


def records(store: Store, snapshot: Snapshot, scope: Scope) -> Records:
    """Read them from one snapshot; quarantined rows come without their raw text."""
    clients = _of_staff(scope)
    columns = ["client", "file", "table", "line", "reason", "loaded_at"]
    return Records(
        store.read(snapshot, "loads", clients),
        store.read(snapshot, "quarantine", clients, columns),
        store.read(snapshot, "redactions", clients),
        store.read_small(snapshot, "revisions"),
    )


def quarantined(store: Store, snapshot: Snapshot, scope: Scope, reason: str | None) -> pl.DataFrame:
    """The newest quarantined rows of a reason (None: of any), with their redacted text; QUARANTINE_LIMIT at most."""
    rows = store.read(snapshot, "quarantine", _of_staff(scope))
    if rows is None:
        return pl.DataFrame(schema=dict.fromkeys(("client", "table", "line", "reason", "raw", "file"), pl.String))
    wanted = rows if reason is None else rows.filter(pl.col("reason") == reason)
    return wanted.sort("loaded_at", "file", "line", descending=[True, False, False]).head(QUARANTINE_LIMIT)


def freshness(house: Warehouse, scope: Scope, loads: pl.DataFrame | None) -> pl.DataFrame:
    """client, timezone, first_at, data_end, n_interactions, n_customer_turns, n_scored_turns, loaded_at, scored_at."""
    facts = house.query("SELECT * EXCLUDE (built_from) FROM facts_client ORDER BY client")
    scored = house.query("SELECT client, max(scored_at) AS scored_at FROM scores GROUP BY client")
    found = facts.filter(pl.col("client").is_in(_of_staff(scope))).join(scored, on="client", how="left")
    if loads is None:
        return found.with_columns(loaded_at=pl.lit(None, pl.Datetime("us", "UTC")))
    return found.join(loads.group_by("client").agg(pl.col("loaded_at").max()), on="client", how="left").sort("client")


def rejected(quarantine: pl.DataFrame | None) -> pl.DataFrame:
    """table, reason, n: the commonest first."""
    if quarantine is None:
        return pl.DataFrame(schema={"table": pl.String, "reason": pl.String, "n": pl.UInt32})
    return quarantine.group_by("table", "reason").len("n").sort("n", "table", "reason", descending=[True, False, False])


def removed(redactions: pl.DataFrame | None) -> pl.DataFrame:
    """kind and n of what redaction took out, over all loads: the commonest first."""
    if redactions is None:
        return pl.DataFrame(schema={"kind": pl.String, "n": pl.Int64})
    return redactions.group_by("kind").agg(n=pl.col("count").sum()).sort("n", "kind", descending=[True, False])


def sources(loads: pl.DataFrame | None) -> pl.DataFrame:
    """client, format, label, confidence, loads, accepted (rows) and the last loaded_at: a row a client and format.

    confidence: as in `Format`, null for a format that is no longer known. Loads of before formats were noted, and those of
    simulated rows, are in none.
    """
    names = [(name, kind.label, kind.confidence) for name, kind in formats().items()]
    known = pl.DataFrame(names, schema=dict.fromkeys(("format", "label", "confidence"), pl.String), orient="row")
    if loads is None or "format" not in loads.columns:
        numbers = {"loads": pl.UInt32, "accepted": pl.Int64, "loaded_at": pl.Datetime("us", "UTC")}
        return pl.DataFrame(schema={"client": pl.String} | dict(known.schema) | numbers)
    last = pl.col("loaded_at")
    counted = loads.drop_nulls("format").group_by("client", "format")
    found = counted.agg(last.n_unique().alias("loads"), pl.col("accepted").sum(), last.max())
    named = found.join(known, on="format", how="left").with_columns(pl.coalesce("label", "format").alias("label"))
    return named.select("client", *known.columns, "loads", "accepted", "loaded_at").sort("client", "label")


def drift(loads: pl.DataFrame | None) -> pl.DataFrame:
    """client, table, change (new, gone, unknown) and column: the newest load of a table against the one before it.

    new, gone: columns of ours that began or ceased to hold values; unknown: columns that are ignored only now.
    """
    schema = dict.fromkeys(("client", "table", "change", "column"), pl.String)
    if loads is None or "filled" not in loads.columns:
        return pl.DataFrame(schema=schema)
    found = []
    for (client, table), rows in loads.drop_nulls("filled").group_by("client", "table", maintain_order=True):
        times = rows["loaded_at"].unique().sort(descending=True)
        if len(times) < 2:
            continue
        now, before = (_columns(rows.filter(pl.col("loaded_at") == time)) for time in times[:2])
        changes = {"new": now[0] - before[0], "gone": before[0] - now[0], "unknown": now[1] - before[1]}
        found += [(client, table, change, name) for change, names in changes.items() for name in sorted(names)]
    return pl.DataFrame(found, schema=schema, orient="row").sort("client", "table", "change", "column")


def _columns(rows: pl.DataFrame) -> tuple[set[str], set[str]]:
    """The filled and the unknown columns of one load."""
    return set(rows["filled"].explode().drop_nulls()), set(rows["unknown_columns"].explode().drop_nulls())


def orphans(house: Warehouse, scope: Scope) -> dict[str, int]:
    """Table -> interactions that are not there though rows of this table belong to them."""
    found = {}
    for table in ("turns", "evidence"):
        sql = f"""SELECT count(DISTINCT (t.client, t.interaction_id)) AS n
FROM {table} t ANTI JOIN facts_leg l ON l.client = t.client AND l.interaction_id = t.interaction_id
WHERE list_contains($1, t.client)"""
        found[table] = int(house.query(sql, [_of_staff(scope)])["n"][0])
    return found


def unscored_turns(house: Warehouse, scope: Scope) -> pl.DataFrame:
    """reason (null: not scored yet) and n of the customer turns without a score of the current model."""
    return house.query(
        """WITH reasons AS (
    SELECT client, interaction_id, turn_no, text_md5, any_value(reason) AS reason FROM scores
    WHERE revision IN (SELECT revision FROM current_revision) AND valence IS NULL GROUP BY ALL
)
SELECT CASE WHEN trim(coalesce(t.text, '')) = '' THEN 'no text' ELSE r.reason END AS reason, count(*) AS n
FROM turns t
LEFT JOIN reasons r ON r.client = t.client AND r.interaction_id = t.interaction_id AND r.turn_no = t.turn_no AND r.text_md5 = md5(t.text)
ANTI JOIN current_scores s ON s.client = t.client AND s.interaction_id = t.interaction_id AND s.turn_no = t.turn_no AND s.text_md5 = md5(t.text)
WHERE t.speaker = 'customer' AND list_contains($1, t.client)
GROUP BY ALL ORDER BY n DESC""",
        [_of_staff(scope)],
    )


def _of_staff(scope: Scope) -> list[str]:
    """The Scope's clients; what was refused or redacted is no client reader's to see."""
    if scope.audience == "client":
        raise NotAllowed("What is known of the data themselves is for the centre's own staff.")
    return sorted(scope.clients)
