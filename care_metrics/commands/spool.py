"""The readings of one call: in memory while they are few, else in buckets of whole keys in a file without a name.

Raw texts are in that file before they are redacted, which is why it has none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from care_metrics.commands.bucket_file import BucketFile, Place
from care_metrics.commands.stack import Stack, stacked
from care_metrics.schema import TABLES
from care_metrics.sources.reading import QUARANTINED, Reading, joined, rows_schema

IN_MEMORY_ROWS = 250_000
BUCKETS = 256
ROWS, ASIDE = "rows", "quarantined"


class Part(NamedTuple):
    """Rows of one table, bucket and kind."""

    table: str
    bucket: int
    kind: str
    place: Place

    @property
    def rows(self) -> int:
        """How many there are."""
        return self.place.rows


class Spool:
    """Takes a file's readings piece by piece, keeps or drops them when the file has ended, gives them back in batches.

    A batch is a list of stacks that hold all rows of their keys, so that conversations are whole, the newest version of a
    row is decided within one, and turns and evidence come with their interactions, under whose month they are stored.
    """

    def __init__(self, folder: Path | None = None, in_memory: int = IN_MEMORY_ROWS) -> None:
        self._file, self._in_memory = BucketFile(folder), in_memory
        self._open: list[Reading] = []
        self._kept: list[Reading] = []
        self._open_parts: list[Part] = []
        self._kept_parts: list[Part] = []
        self._unknown: dict[tuple[str, str], tuple[str, ...]] = {}
        self._formats: dict[str, str | None] = {}
        self._held = 0

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def take(self, piece: Reading) -> None:
        """A piece of the file that is being read."""
        self._open.append(piece)
        self._held += piece.read
        if self._held > self._in_memory:
            self._kept_parts += self._spilled(self._kept)
            self._open_parts += self._spilled(self._open)
            self._held = 0

    def keep(self) -> None:
        """The file was read to its end."""
        self._kept += joined(self._open)
        self._kept_parts += self._open_parts
        self._open, self._open_parts = [], []

    def drop(self) -> None:
        """The file is refused: what was taken of it is forgotten."""
        self._held -= sum(piece.read for piece in self._open)
        self._open, self._open_parts = [], []

    @property
    def empty(self) -> bool:
        """Whether no file was kept."""
        return not self._kept and not self._kept_parts

    @property
    def rows(self) -> int:
        """How many there are in the files that were kept."""
        return sum(one.read for one in self._kept) + sum(part.rows for part in self._kept_parts)

    def batches(self) -> Iterator[list[Stack]]:
        """The rows that were kept, interactions first; one batch if they are few."""
        if not self._file.begun:
            yield stacked(self._kept)
            return
        self._kept_parts += self._spilled(self._kept)
        for tables in _by_first_key():
            buckets: dict[int, list[Part]] = defaultdict(list)
            for part in self._kept_parts:
                if part.table in tables:
                    buckets[part.bucket].append(part)
            for batch in _filled(buckets, self._in_memory):
                yield [self._stack(table, batch) for table in tables if any(part.table == table for part in batch)]

    def _stack(self, table: str, parts: Sequence[Part]) -> Stack:
        mine = [part for part in parts if part.table == table]
        rows, aside = (self._file.get(part.place for part in mine if part.kind == kind) for kind in (ROWS, ASIDE))
        rows = pl.DataFrame(schema={**rows_schema(table), "file": pl.String}) if rows is None else rows
        aside = pl.DataFrame(schema=QUARANTINED) if aside is None else aside
        files = dict.fromkeys((*rows["file"].unique(maintain_order=True), *aside["file"].unique(maintain_order=True)))
        unknown = {file: self._unknown[file, table] for file in files}
        return Stack(table, rows, aside, unknown, {file: self._formats[file] for file in files})

    def _spilled(self, readings: list[Reading]) -> list[Part]:
        """Write these readings to the file and forget them."""
        parts: list[Part] = []
        for reading in readings:
            name = (reading.file, reading.table)
            self._unknown[name] = tuple(dict.fromkeys((*self._unknown.get(name, ()), *reading.unknown_columns)))
            self._formats[reading.file] = reading.format
        for stack in stacked(readings):
            parts += self._written(stack.table, ROWS, stack.rows, pl.col(TABLES[stack.table].key[0]).hash(seed=7))
            parts += self._written(stack.table, ASIDE, stack.quarantined, pl.int_range(pl.len()))
        readings.clear()
        return parts

    def _written(self, table: str, kind: str, rows: pl.DataFrame, spread: pl.Expr) -> Iterator[Part]:
        for bucket, place in self._file.put(rows, spread % BUCKETS):
            yield Part(table, bucket, kind, place)


def _by_first_key() -> list[list[str]]:
    """The tables in their order, but those together whose keys begin with the same id."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, table in TABLES.items():
        groups[table.key[0]].append(name)
    return list(groups.values())


def _filled(buckets: dict[int, list[Part]], most: int) -> Iterable[list[Part]]:
    """Neighbouring buckets put together as long as they stay within so many rows."""
    batch: list[Part] = []
    for _, parts in sorted(buckets.items()):
        if batch and sum(part.rows for part in (*batch, *parts)) > most:
            yield batch
            batch = []
        batch += parts
    if batch:
        yield batch
