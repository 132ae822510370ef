"""Canonical tables as Parquet: columns by name, native types kept, odd ones read as text and validated like any other."""

from collections.abc import Iterator

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from care_metrics.errors import FileRefused
from care_metrics.sources.canonical import table_of
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.validate import validate

BATCH = 100_000
MOST_ROWS_A_BYTE = 8  # a row has a key of its own, which takes more than a bit


def sniff(source: Source) -> bool:
    """Parquet's magic number, or its name, so that a damaged file is refused as what it is."""
    return source.head.startswith(b"PAR1") or source.path.suffix.lower() in (".parquet", ".pq")


def read(source: Source) -> Iterator[Reading]:
    """The rows of a Parquet file, batch by batch; `line` is the row's number, from 1."""
    file = opened(source)
    names = tuple(file.schema_arrow.names)
    table = table_of(source.path, names)
    unknown = [name for name in names if name not in table.names]
    first = 1
    for batch in batches(source, file, [name for name in names if name in table.names]):
        rows = frame_of(batch).with_columns(line=pl.int_range(first, first + batch.num_rows, dtype=pl.Int64))
        yield validate(rows, table, str(source.path), unknown)
        first += batch.num_rows


def opened(source: Source) -> parquet.ParquetFile:
    """The file, refused if it is damaged or claims rows without end (run lengths cost nothing)."""
    try:
        # Only some writers add checksums; a damaged page without one may be read as other values.
        file = parquet.ParquetFile(source.path, page_checksum_verification=True)
        rows, size = file.metadata.num_rows, source.path.stat().st_size
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise FileRefused(source.path, f"is no whole Parquet file ({_first_line(problem)}); export it again.") from None
    if rows > MOST_ROWS_A_BYTE * size:
        raise FileRefused(source.path, f"claims {rows:,} rows in {size:,} bytes; check where it came from.")
    return file


def batches(source: Source, file: parquet.ParquetFile, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """The rows of these columns, in batches."""
    try:
        yield from file.iter_batches(BATCH, columns=columns, use_threads=False)
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise FileRefused(source.path, f"is damaged ({_first_line(problem)}); export it again.") from None


def frame_of(batch: pa.RecordBatch) -> pl.DataFrame:
    """Arrow -> polars; a type that polars does not know comes as text."""
    columns = {}
    for name, values in zip(batch.schema.names, batch.columns, strict=True):
        try:
            plain = values.dictionary_decode() if pa.types.is_dictionary(values.type) else values
            odd = pa.types.is_nested(plain.type) or isinstance(plain.type, pa.BaseExtensionType)
            columns[name] = pl.Series(name, _texts(plain) if odd else plain)
        except (pa.ArrowException, pl.exceptions.PolarsError, TypeError, ValueError, pl.exceptions.PanicException):
            columns[name] = pl.Series(name, _texts(values))
    return pl.DataFrame(columns)


def _texts(values: pa.Array) -> pl.Series:
    return pl.Series([None if item is None else str(item) for item in values.to_pylist()], dtype=pl.String)


def _first_line(problem: Exception) -> str:
    return str(problem).partition("\n")[0][:160].rstrip(".")
