"""What reading a file yields: accepted rows, quarantined ones with line and reason, and the count that balances them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from care_metrics.schema import frame_schema

QUARANTINED: dict[str, pl.DataType] = {
    "file": pl.String(),
    "table": pl.String(),
    "line": pl.Int64(),
    "reason": pl.String(),
    "raw": pl.String(),
}
RAW_LIMIT = 100_000


def rows_schema(table: str) -> dict[str, pl.DataType]:
    """Column -> polars type of `Reading.rows`: the canonical frame and the line each row came from."""
    return frame_schema(table) | {"line": pl.Int64()}


@dataclass(frozen=True)
class Reading:
    """Rows of one table out of one file; a big file comes as several of them.

    rows: columns of `rows_schema(table)`; `line` is the physical line, the record number or the turn's position.
    quarantined: columns of QUARANTINED; `raw` is the row as JSON, or the line itself where it could not be parsed.
    read: rows seen; always rows + quarantined (duplicates are the store's to find).
    removed: invisible characters taken out of the text.
    format: a name of `formats()`, None where the rows came from no file.
    """

    file: str
    table: str
    rows: pl.DataFrame
    quarantined: pl.DataFrame
    read: int
    unknown_columns: tuple[str, ...] = ()
    removed: int = 0
    format: str | None = None


def with_rejects(reading: Reading, rejects: Sequence[tuple[int, str, str]]) -> Reading:
    """The reading and the lines set aside before they became rows: (line, reason, raw) each."""
    if not rejects:
        return reading
    lines = [(reading.file, reading.table, line, reason, raw[:RAW_LIMIT]) for line, reason, raw in rejects]
    aside = pl.DataFrame(lines, schema=QUARANTINED, orient="row")
    return replace(
        reading, quarantined=pl.concat([reading.quarantined, aside]).sort("line"), read=reading.read + len(rejects)
    )


def joined(readings: Iterable[Reading]) -> list[Reading]:
    """The pieces of a file put together, one Reading a table, tables in the order they first came."""
    by_table: dict[str, list[Reading]] = {}
    for reading in readings:
        by_table.setdefault(reading.table, []).append(reading)
    return [_concatenated(pieces) for pieces in by_table.values()]


def _concatenated(pieces: list[Reading]) -> Reading:
    if len(pieces) == 1:
        return pieces[0]
    unknown = dict.fromkeys(name for piece in pieces for name in piece.unknown_columns)
    return Reading(
        file=pieces[0].file,
        table=pieces[0].table,
        rows=pl.concat([piece.rows for piece in pieces]),
        quarantined=pl.concat([piece.quarantined for piece in pieces]),
        read=sum(piece.read for piece in pieces),
        unknown_columns=tuple(unknown),
        removed=sum(piece.removed for piece in pieces),
        format=pieces[0].format,
    )
