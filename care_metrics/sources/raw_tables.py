"""The columns and rows of a file that is a table but none of ours, all as text, for a mapping to translate."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import polars as pl

from care_metrics.errors import FileRefused
from care_metrics.sources.canonical_csv import blocks
from care_metrics.sources.canonical_parquet import batches, frame_of, opened
from care_metrics.sources.canonical_xlsx import sheets
from care_metrics.sources.csv_blocks import Layout
from care_metrics.sources.csv_header import read_header
from care_metrics.sources.documents import Line, cell, documents, lines
from care_metrics.sources.mapping_file import Mapping
from care_metrics.sources.source import Source
from care_metrics.sources.typed import as_text

BATCH = 50_000
Rejects = list[tuple[int, str, str]]
Frames = Iterator[tuple[pl.DataFrame, Rejects]]
Wanted = frozenset[str]


def columns_of(source: Source, mapping: Mapping) -> tuple[str, ...]:
    """The file's columns, as the mapping's format has them; none if it is not of that format."""
    return _FORMATS[mapping.format][0](source, mapping) if mapping.format in _FORMATS else ()


def frames_of(source: Source, mapping: Mapping, wanted: Wanted) -> Frames:
    """The wanted columns as text with `line`, batch by batch, and the lines set aside."""
    return _FORMATS[mapping.format][1](source, mapping, wanted)


def _csv_columns(source: Source, mapping: Mapping) -> tuple[str, ...]:
    try:
        with source.path.open("rb") as file:
            return read_header(source.path, file, mapping.delimiter, mapping.encoding).names
    except FileRefused:
        if source.mapping:
            raise
        return ()


def _csv_frames(source: Source, mapping: Mapping, wanted: Wanted) -> Frames:
    with source.path.open("rb") as file:
        header = read_header(source.path, file, mapping.delimiter, mapping.encoding)
        layout = Layout(source.path, header.names, wanted, delimiter=mapping.delimiter, encoding=mapping.encoding)
        for block in blocks(layout, file, header.lines + 1):
            yield block.frame, block.rejects


def _json_columns(source: Source, mapping: Mapping) -> tuple[str, ...]:
    first = source.sample or {}
    held = first.get(mapping.rows) if mapping.rows else first
    one = held[0] if isinstance(held, list) and held else held
    return tuple(one) if isinstance(one, dict) else ()


def _json_frames(source: Source, mapping: Mapping, wanted: Wanted) -> Frames:
    def rows() -> Iterator[Line]:
        for document in documents(source.path):
            held = document.value.get(mapping.rows) if mapping.rows and isinstance(document.value, dict) else None
            if isinstance(held, list):
                yield from (Line(number, one, None, "") for number, one in enumerate(held, document.number))
            else:
                yield document

    return _from_objects(rows(), wanted)


def _jsonl_frames(source: Source, mapping: Mapping, wanted: Wanted) -> Frames:
    with source.path.open("rb") as file:
        yield from _from_objects(lines(file), wanted)


def _from_objects(found: Iterator[Line], wanted: Wanted) -> Frames:
    while batch := list(islice(found, BATCH)):
        rows = [line for line in batch if isinstance(line.value, dict)]
        rejects = [
            (line.number, line.fault or "the line is no JSON object", line.raw)
            for line in batch
            if not isinstance(line.value, dict)
        ]
        columns = {name: [cell(line.value.get(name)) for line in rows] for name in wanted}
        yield _frame(columns, [line.number for line in rows]), rejects


def _parquet_columns(source: Source, mapping: Mapping) -> tuple[str, ...]:
    return tuple(opened(source).schema_arrow.names) if source.head.startswith(b"PAR1") else ()


def _parquet_frames(source: Source, mapping: Mapping, wanted: Wanted) -> Frames:
    line = 1
    for batch in batches(source, opened(source), list(wanted)):
        frame = frame_of(batch)
        yield frame.select(as_text(frame[name]) for name in frame.columns).with_row_index("line", line), []
        line += batch.num_rows


def _xlsx_columns(source: Source, mapping: Mapping) -> tuple[str, ...]:
    return next((tuple(sheet.names) for sheet in sheets(source)), ())


def _xlsx_frames(source: Source, mapping: Mapping, wanted: Wanted) -> Frames:
    sheet = next(iter(sheets(source)))
    while batch := list(islice(sheet.rows, BATCH)):
        columns = {name: [values.get(name) for _, values in batch] for name in wanted}
        yield _frame(columns, [line for line, _ in batch]), []


def _frame(columns: dict[str, list[Any]], numbers: list[int]) -> pl.DataFrame:
    return pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in columns.items()}).with_columns(
        line=pl.Series(numbers, dtype=pl.Int64)
    )


_FORMATS: dict[
    str,
    tuple[
        Callable[[Source, Mapping], tuple[str, ...]],
        Callable[[Source, Mapping, Wanted], Frames],
    ],
] = {
    "csv": (_csv_columns, _csv_frames),
    "json": (_json_columns, _json_frames),
    "jsonl": (_json_columns, _jsonl_frames),
    "parquet": (_parquet_columns, _parquet_frames),
    "xlsx": (_xlsx_columns, _xlsx_frames),
}
