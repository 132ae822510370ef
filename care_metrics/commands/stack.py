"""The rows of one table that a batch holds, those of all its files on one another: a batch costs the same whatever their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from care_metrics.schema import TABLES
from care_metrics.sources.reading import Reading


@dataclass(frozen=True)
class Stack:
    """rows: columns of `rows_schema(table)` and `file`, in the order in which they were read; quarantined: of QUARANTINED.

    unknown: file -> its columns that were ignored; formats: file -> what it was read as. What was read of a file is what it
    has in both frames.
    """

    table: str
    rows: pl.DataFrame
    quarantined: pl.DataFrame
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    formats: Mapping[str, str | None] = field(default_factory=dict)


def stacked(readings: Sequence[Reading]) -> list[Stack]:
    """The readings' rows, table by table: interactions first, as turns and evidence are stored under their month."""
    present = {reading.table for reading in readings}
    return [_stack(table, [one for one in readings if one.table == table]) for table in TABLES if table in present]


def _stack(table: str, readings: Sequence[Reading]) -> Stack:
    return Stack(
        table,
        pl.concat([reading.rows.with_columns(file=pl.lit(reading.file)) for reading in readings]),
        pl.concat([reading.quarantined for reading in readings]),
        {reading.file: reading.unknown_columns for reading in readings},
        {reading.file: reading.format for reading in readings},
    )
