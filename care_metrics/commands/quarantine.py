"""Quarantined rows: written out to be repaired, and taken off the list once a row of the same key has come in."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from care_metrics.commands.removing import remove_rows
from care_metrics.commands.stack import Stack
from care_metrics.commands.tenants import known_clients
from care_metrics.errors import BadRequest
from care_metrics.schema import TABLES
from care_metrics.store import Store, matching, open_store

WHY = "why_rejected"  # no column of ours: ingest names it among the ignored ones
COMPARABLE = ("id", "category", "integer", "month")


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
        values = _values(raw)
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


def clear_repaired(store: Store, client: str, stacks: Sequence[Stack]) -> int:
    """Take quarantined rows off the list whose key came in with these rows, unless they were rejected again; how many."""
    cleared = 0
    again = {raw for stack in stacks for raw in stack.quarantined["raw"].drop_nulls()}
    for stack in stacks:
        key = list(TABLES[stack.table].key)
        if not _comparable(stack.table):
            continue
        waiting = store.read_now("quarantine", [client], ["table", "raw"])
        if waiting is None or waiting.is_empty():
            return cleared
        raws = waiting.filter(pl.col("table") == stack.table)["raw"].drop_nulls().unique().to_list()
        keys = {raw: found for raw in raws if (found := _key(raw, key)) is not None}
        if keys:
            come = set(_plain(stack.rows, key).unique().rows())
            repaired = [raw for raw, found in keys.items() if found in come and raw not in again]
            gone = (pl.col("table") == stack.table) & pl.col("raw").is_in(repaired)
            cleared += remove_rows(store, client, "quarantine", gone) if repaired else 0
    return cleared


def rivals(store: Store, client: str, stacks: Sequence[Stack]) -> dict[str, set[str]]:
    """Table -> files with a quarantined row whose key is stored: the file that brought that key, taken once more, clears it."""
    found: dict[str, set[str]] = {}
    for stack in stacks:
        key, aside = list(TABLES[stack.table].key), stack.quarantined.drop_nulls("raw")
        if not _comparable(stack.table) or aside.is_empty():
            continue
        keys = {raw: known for raw in aside["raw"].unique() if (known := _key(raw, key)) is not None}
        rows = matching(store, stack.table, client, key[0], {first for first, *_ in keys.values()}, key)
        stored = set() if rows is None else set(_plain(rows, key).rows())
        theirs = aside.filter(pl.col("raw").is_in([raw for raw, known in keys.items() if known in stored]))
        if theirs.height:
            found[stack.table] = set(theirs["file"])
    return found


def _comparable(table: str) -> bool:
    return all(TABLES[table].column(name).kind in COMPARABLE for name in TABLES[table].key)


def _plain(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    return rows.select(pl.col(name).cast(pl.String).fill_null("") for name in key)


def _key(raw: str, key: Sequence[str]) -> tuple[str, ...] | None:
    values = _values(raw)
    return None if values is None else tuple((values.get(name) or "").strip() for name in key)


def _values(raw: str | None) -> dict[str, str | None] | None:
    """The row's values by column, None where it could not be parsed or is not kept."""
    try:
        values = json.loads(raw or "")
    except ValueError:
        return None
    return values if isinstance(values, dict) else None
