"""Quarantined rows written out to be repaired."""

import json
from pathlib import Path
from typing import Any

from care_metrics.commands.tenants import known_clients
from care_metrics.errors import BadRequest
from care_metrics.store import Store, open_store

WHY = "why_rejected"  # no column of ours: ingest names it among the ignored ones


def run_quarantine(url: str | None, client: str, output: Path) -> None:
    """Write the rows, one file a table, and say on stdout how many there are and how many cannot be given."""
    store = open_store(url)
    known_clients(store, store.snapshot(), [client])
    written, kept = write_out(store, client, output)
    for table, count in written.items():
        print(f"{output / table}.jsonl: {count:,} rows")
    print(f"{kept:,} more rows have no columns to repair; the page Data and models shows file, line and reason of each")


def write_out(store: Store, client: str, folder: Path) -> tuple[dict[str, int], int]:
    """(table -> rows written as JSON lines, rows that have no columns); a file that is there already is refused."""
    rows = store.read(store.snapshot(), "quarantine", [client])
    by_table: dict[str, list[dict[str, Any]]] = {}
    for table, reason, raw in [] if rows is None else rows.select("table", "reason", "raw").iter_rows():
        values = values_of(raw)
        if values is not None:
            by_table.setdefault(table, []).append(values | {WHY: reason})
    folder.mkdir(parents=True, exist_ok=True)
    for table, found in by_table.items():
        file = folder / f"{table}.jsonl"
        if file.exists():
            raise BadRequest(f"{file}: is there already; name another --output, so that no repair is lost.")
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), "utf-8")
    written = {table: len(found) for table, found in by_table.items()}
    return written, (0 if rows is None else rows.height) - sum(written.values())


def values_of(raw: str | None) -> dict[str, str | None] | None:
    """The row's values by column, None where it could not be parsed or is not kept."""
    try:
        values = json.loads(raw or "")
    except ValueError:
        return None
    return values if isinstance(values, dict) else None
