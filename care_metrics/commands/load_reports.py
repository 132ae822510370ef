"""What became of a load, file by file, and the record that is kept of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from care_metrics.commands.stack import Stack
from care_metrics.errors import FileRefused
from care_metrics.store import Merged, Store


@dataclass(frozen=True)
class FileReport:
    """What became of one file's rows of one table: read = accepted + duplicate + quarantined.

    unknown_columns: those that were ignored; filled: those of ours that held a value; format: what the file was read as.
    """

    file: str
    table: str
    read: int
    accepted: int
    quarantined: int
    unknown_columns: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    format: str | None = None

    @property
    def duplicate(self) -> int:
        """Rows that are in the store already, or that a newer row of the same call replaced."""
        return self.read - self.accepted - self.quarantined


@dataclass(frozen=True)
class IngestReport:
    """files: one entry a file and table; refused: one sentence a file; version: the snapshot published.

    drafts: of a dry run, a mapping file for each file whose columns were not recognised.
    """

    files: tuple[FileReport, ...]
    refused: tuple[FileRefused, ...]
    version: int
    drafts: tuple[str, ...] = ()


class Account:
    """The reports of a load, added up over its batches."""

    def __init__(self) -> None:
        self._reports: dict[tuple[str, str], FileReport] = {}

    def add(self, stack: Stack, merged: Merged | None) -> None:
        """Count rows; merged: what the store took of them, None where nothing was to be stored."""
        for fresh in _reports(stack, merged):
            known = self._reports.get((fresh.file, fresh.table))
            self._reports[fresh.file, fresh.table] = fresh if known is None else _sum(known, fresh)

    @property
    def files(self) -> tuple[FileReport, ...]:
        """One report a file and table."""
        return tuple(self._reports.values())

    def record(self, store: Store, client: str, loaded_at: datetime) -> None:
        """Keep them in the store."""
        rows = [
            {
                "client": client,
                "loaded_at": loaded_at,
                "file": report.file,
                "table": report.table,
                "read": report.read,
                "accepted": report.accepted,
                "duplicate": report.duplicate,
                "quarantined": report.quarantined,
                "unknown_columns": list(report.unknown_columns),
                "filled": list(report.filled),
                "format": report.format,
            }
            for report in self.files
        ]
        schema = {"unknown_columns": pl.List(pl.String), "filled": pl.List(pl.String), "format": pl.String}
        store.append("loads", pl.DataFrame(rows, schema_overrides=schema))


def _reports(stack: Stack, merged: Merged | None) -> Iterator[FileReport]:
    known = [name for name in stack.rows.columns if name not in ("line", "invalid", "file")]
    values = stack.rows.group_by("file").agg(pl.len().alias("line"), pl.col(known).count())
    good = {row["file"]: row for row in values.to_dicts()}
    aside = dict(stack.quarantined.group_by("file").len().iter_rows())
    for file, unknown in stack.unknown.items():
        row, bad = good.get(file, {}), aside.get(file, 0)
        rows = row.get("line", 0)
        kept = rows if merged is None else merged.kept_per_file.get(file, 0)
        filled = tuple(name for name in known if row.get(name))
        yield FileReport(file, stack.table, rows + bad, kept, bad, unknown, filled, stack.formats.get(file))


def _sum(one: FileReport, other: FileReport) -> FileReport:
    return FileReport(
        one.file,
        one.table,
        one.read + other.read,
        one.accepted + other.accepted,
        one.quarantined + other.quarantined,
        tuple(dict.fromkeys((*one.unknown_columns, *other.unknown_columns))),
        tuple(dict.fromkeys((*one.filled, *other.filled))),
        one.format,
    )
