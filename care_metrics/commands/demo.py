"""demo: simulate a centre, ingest it like any other, score it with the real model, publish."""

import subprocess
import sys
from time import monotonic

import polars as pl

from care_metrics.commands.ingest import publish_readings
from care_metrics.commands.run_score import score_store
from care_metrics.commands.score import ScoreReport
from care_metrics.errors import BadRequest
from care_metrics.privacy.crew import crew
from care_metrics.schema import frame_schema
from care_metrics.sources.reading import QUARANTINED, Reading
from care_metrics.store import Store, open_store, publishing

# About 2,000 contacts, of every client the newest: what the first page shows on a machine where scoring is slow.
FIRST_TURNS = 10_000
PATIENCE_S = 90.0


def make_demo(url: str | None, interactions: int, seed: int) -> None:
    """Fill an empty store with the simulated centre; where scoring is slow the rest goes on in the background."""
    from care_metrics.demo import CLIENTS, simulate

    store = open_store(url)
    foreign = set(store.clients(store.snapshot())) - set(CLIENTS)
    if foreign:
        raise BadRequest(
            f"{store.url}: holds data of {sorted(foreign)[0]!r}, which a simulated centre must not mix with; use another --store."
        )
    started = monotonic()
    _say(started, f"simulating {interactions:,} contacts")
    centre = simulate(interactions, seed)
    with publishing(store) as publication, crew() as redactors:
        for client, tables in centre.items():
            readings = [reading_of(table, rows) for table, rows in tables.items() if rows.height]
            report = publish_readings(
                publication, client, CLIENTS[client][1], readings, simulated=True, redactors=redactors
            )
            _say(
                started, f"{client}: {sum(entry.accepted for entry in report.files):,} rows, snapshot {report.version}"
            )
    _score(store, started)


def _score(store: Store, started: float) -> None:
    begun = monotonic()
    scored, left = _counted(score_store(store, most_turns=FIRST_TURNS))
    rate = max(scored, 1) / (monotonic() - begun)
    _say(started, f"scored {scored:,} turns, {rate:,.0f}/s; {left:,} left")
    if not left:
        return
    if left / rate > PATIENCE_S:
        subprocess.Popen(
            [sys.executable, "-m", "care_metrics", "score", "--store", store.url],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _say(started, "the rest is scored in the background; the pages fill in as it goes")
        return
    scored, _ = _counted(score_store(store))
    _say(started, f"scored {scored:,} more turns; snapshot {store.snapshot().version}")


def _counted(reports: dict[str, ScoreReport]) -> tuple[int, int]:
    """Turns scored and turns left, over the models."""
    return sum(report.scored for report in reports.values()), sum(report.left for report in reports.values())


def reading_of(table: str, rows: pl.DataFrame) -> Reading:
    """A simulated table as if it had been read from a file: the same types, nothing quarantined."""
    schema = frame_schema(table)
    absent = [
        pl.lit(None, kind).alias(name)
        for name, kind in schema.items()
        if name not in rows.columns and name != "invalid"
    ]
    typed = rows.with_columns(*absent, pl.lit([], pl.List(pl.String)).alias("invalid"))
    typed = typed.select(pl.col(name).cast(kind) for name, kind in schema.items())
    return Reading(
        f"demo/{table}",
        table,
        typed.with_row_index("line").cast({"line": pl.Int64}),
        pl.DataFrame(schema=QUARANTINED),
        rows.height,
    )


def _say(started: float, line: str) -> None:
    print(f"{monotonic() - started:5.0f} s  {line}", file=sys.stderr)
