"""One block of CSV -> its known columns as strings, by pyarrow where its structure is sound, else record by record."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import csv as arrow_csv

from care_metrics.sources.csv_header import decoded
from care_metrics.sources.csv_records import UNCLOSED, Record, Shape, records
from care_metrics.sources.csv_structure import Structure, structure


@dataclass(frozen=True)
class Layout:
    """What every block of a file shares: its columns in order, those wanted of them, and how it is written.

    one_line: columns whose values never hold a line end (ids, instants, measures).
    """

    path: Path
    names: tuple[str, ...]
    wanted: frozenset[str]
    one_line: frozenset[str] = frozenset()
    delimiter: str = ","
    encoding: str = "utf-8"

    @property
    def known(self) -> dict[int, str]:
        """Position -> name of the columns that are wanted."""
        return {index: name for index, name in enumerate(self.names) if name in self.wanted}

    @property
    def record(self) -> Shape:
        """What a record of this file should look like."""
        single = frozenset(index for index, name in enumerate(self.names) if name in self.one_line)
        return Shape(self.delimiter, len(self.names), single)

    @property
    def plain(self) -> bool:
        """Whether the file is what csv_structure and pyarrow expect."""
        return self.delimiter == "," and self.encoding == "utf-8"


@dataclass(frozen=True)
class Block:
    """Rows with `line`, lines set aside as (line, reason, raw), and the bytes and line ends that both cover."""

    frame: pl.DataFrame
    rejects: list[tuple[int, str, str]]
    used: int
    newlines: int


def parse(layout: Layout, data: bytes, line: int, final: bool, give_up: bool = False) -> Block:
    """The whole records at the start of data, whose first line has this number.

    final: no bytes follow. give_up: call a quote that is still open unclosed, however much may follow.
    """
    shape = structure(data, final) if layout.plain else None
    fast = _by_structure(layout, data, shape, line) if shape and (shape.used or not give_up) else None
    return fast or _by_record(layout, data, line, final, give_up)


def _by_structure(layout: Layout, data: bytes, shape: Structure, line: int) -> Block | None:
    decoded(layout.path, data[: shape.used], line)
    whole = shape.fields == len(layout.names)
    starts, ends = shape.starts[whole], shape.ends[whole]
    gapless = int((ends - starts).sum()) == shape.used
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    frame = _columns(layout, data[: shape.used] if gapless else b"".join(data[s:e] for s, e in spans), shape.quoted)
    if frame.height != len(starts):
        return None
    ragged = [
        (
            line + int(shape.lines[i]),
            _ragged(layout, int(shape.fields[i])),
            data[shape.starts[i] : shape.ends[i]].decode(),
        )
        for i in np.flatnonzero(~whole)
    ]
    if any("\n" in raw.rstrip("\r\n") for _, _, raw in ragged):
        return None  # several lines and not a row: a stray quote, which csv_records untangles
    folded = shape.newlines > len(shape.starts) and layout.one_line.intersection(frame.columns)
    if folded and frame.select(pl.any_horizontal(pl.col(folded).str.contains("\n", literal=True).any())).item():
        return None
    frame = frame.with_columns(line=pl.Series(shape.lines[whole] + line, dtype=pl.Int64))
    return Block(frame, ragged, shape.used, shape.newlines)


def _columns(layout: Layout, data: bytes, quoted: bool) -> pl.DataFrame:
    """Well-formed CSV without a header -> its known columns, all as strings."""
    if not data:
        return _frame(layout, [])
    wanted = {str(index): name for index, name in layout.known.items()}
    every = [str(index) for index in range(len(layout.names))]
    parsed = arrow_csv.read_csv(
        pa.BufferReader(data),
        arrow_csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=every),
        arrow_csv.ParseOptions(newlines_in_values=quoted),
        arrow_csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(wanted, pa.string()), include_columns=list(wanted)
        ),
    )
    return pl.DataFrame(parsed).rename(wanted)


def _by_record(layout: Layout, data: bytes, line: int, final: bool, give_up: bool) -> Block:
    cut = len(data) if final else data.rfind(b"\n") + 1
    text = decoded(layout.path, data[:cut], line, layout.encoding)
    found = list(records(text, line, final, layout.record))
    if not found and give_up and cut:
        first = data[: data.index(b"\n") + 1].decode(layout.encoding)
        found = [Record(line, [], UNCLOSED, first, 1)]
    filled = [record for record in found if record.fields or record.fault]
    rows = [record for record in filled if not record.fault and len(record.fields) == len(layout.names)]
    rejects = [
        (record.line, record.fault or _ragged(layout, len(record.fields)), record.raw)
        for record in filled
        if record.fault or len(record.fields) != len(layout.names)
    ]
    used = sum(len(record.raw.encode(layout.encoding)) for record in found)
    return Block(_frame(layout, rows), rejects, used, sum(record.lines for record in found))


def _frame(layout: Layout, rows: list[Record]) -> pl.DataFrame:
    columns = {
        name: pl.Series([r.fields[index] for r in rows], dtype=pl.String) for index, name in layout.known.items()
    }
    return pl.DataFrame(columns | {"line": pl.Series([record.line for record in rows], dtype=pl.Int64)})


def _ragged(layout: Layout, fields: int) -> str:
    return f"the line has {fields} fields, the header {len(layout.names)}"
