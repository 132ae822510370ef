"""Canonical tables as JSON lines: one object a line, keys are columns; a line that is no strict JSON is set aside."""

from collections.abc import Iterator
from itertools import islice

import polars as pl

from care_metrics.errors import FileRefused
from care_metrics.schema import Table
from care_metrics.sources.canonical import table_of
from care_metrics.sources.documents import Line, cell, is_lines, lines
from care_metrics.sources.reading import Reading, with_rejects
from care_metrics.sources.source import Source
from care_metrics.sources.validate import validate

BATCH = 50_000


def sniff(source: Source) -> bool:
    """Whether objects stand on lines, or begin and then break off; asked after the vendors' JSON."""
    return is_lines(source.path) or (source.head.lstrip()[:1] in (b"{", b"[") and source.sample is None)


def read(source: Source) -> Iterator[Reading]:
    """The rows of JSON lines, in batches; the first batch tells the table and the columns."""
    table: Table | None = None
    with source.path.open("rb") as file:
        found = lines(file)
        while batch := list(islice(found, BATCH)):
            keys = tuple(dict.fromkeys(key for line in batch if isinstance(line.value, dict) for key in line.value))
            if table is None:
                table = _table(source, keys)
            unknown = [key for key in keys if key not in table.names]
            rows = [line for line in batch if isinstance(line.value, dict)]
            rejects = [
                (line.number, line.fault or "the line is no JSON object", line.raw)
                for line in batch
                if not isinstance(line.value, dict)
            ]
            yield with_rejects(validate(_frame(rows, table), table, str(source.path), unknown), rejects)


def _table(source: Source, keys: tuple[str, ...]) -> Table:
    if source.head.strip() in (b"[]", b"{}"):
        raise FileRefused(source.path, "has no rows; export it again, or leave it out.")
    if not keys:
        raise FileRefused(source.path, "is neither a whole JSON document nor JSON lines; export it again.")
    return table_of(source.path, keys)


def _frame(rows: list[Line], table: Table) -> pl.DataFrame:
    columns = {
        name: pl.Series([cell(line.value.get(name)) for line in rows], dtype=pl.String)
        for name in table.names
        if any(name in line.value for line in rows)
    }
    return pl.DataFrame(columns | {"line": pl.Series([line.number for line in rows], dtype=pl.Int64)})
