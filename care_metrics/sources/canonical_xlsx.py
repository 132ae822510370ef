"""Canonical tables as XLSX: one table a sheet, told by the sheet's name or its columns; formulas by their last values.

A date cell holds no zone: it is the client's local time, and quarantined where the clock change makes it no instant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeVar
from zipfile import BadZipFile, ZipFile
from zoneinfo import ZoneInfo

import polars as pl

from care_metrics.errors import FileRefused
from care_metrics.schema import Table
from care_metrics.sources.canonical import table_of
from care_metrics.sources.characters import without_surrogates
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.validate import validate

BATCH = 50_000
Found = TypeVar("Found")
_OLD_EXCEL, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    """A sheet with a header: its column names, and its rows as (line, name -> text) that are not blank."""

    title: str
    names: list[str]
    rows: Iterator[tuple[int, dict[str, str | None]]]


def sniff(source: Source) -> bool:
    """A zip that is no other's business, or a spreadsheet's suffix, so that an older one is refused as what it is."""
    return source.head.startswith(_ZIP) or source.path.suffix.lower() in (".xlsx", ".xlsm", ".xls")


def read(source: Source) -> Iterator[Reading]:
    """The rows of every sheet, in batches; a sheet without any cell is passed over."""
    for sheet in sheets(source):
        table = table_of(source.path / sheet.title, sheet.names)
        unknown = [name for name in sheet.names if name not in table.names]
        while batch := list(islice(sheet.rows, BATCH)):
            yield validate(_frame(batch, sheet.names, table), table, str(source.path), unknown)


def sheets(source: Source) -> Iterator[Sheet]:
    """The sheets that have a header row."""
    if source.head.startswith(_OLD_EXCEL):
        raise FileRefused(source.path, "is an Excel 97 workbook or has a password; save it as .xlsx without one.")
    if source.head.startswith(_ZIP) and not _is_workbook(source):
        raise FileRefused(source.path, "is a ZIP archive and no workbook; unpack it and name the files in it.")
    return _contained(source, _sheets(source))


def _is_workbook(source: Source) -> bool:
    try:
        with ZipFile(source.path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (BadZipFile, OSError):
        return True  # a broken one: openpyxl says so


def _sheets(source: Source) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    book = load_workbook(source.path, read_only=True, data_only=True, keep_links=False)
    for page in book.worksheets:
        page.reset_dimensions()  # the size a workbook claims may be wrong, and rows beyond it would be lost
        lines = page.iter_rows(values_only=True)
        header = next(lines, None)
        if header and any(name is not None for name in header):
            names = [str(name).strip() if name is not None else "" for name in header]
            yield Sheet(page.title, names, _contained(source, _rows(lines, names, source.timezone)))


def _contained(source: Source, found: Iterator[Found]) -> Iterator[Found]:
    try:
        yield from found
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - on a damaged workbook openpyxl raises whatever comes up
        raise FileRefused(
            source.path, f"is no whole XLSX workbook ({type(problem).__name__}); save it again."
        ) from None


def _rows(lines: Iterator[tuple[Any, ...]], names: list[str], zone: str) -> Iterator[tuple[int, dict[str, str | None]]]:
    for number, cells in enumerate(lines, 2):
        if any(cell is not None for cell in cells):
            yield number, {name: _text(cell, zone) for name, cell in zip(names, cells, strict=False) if name}


def _frame(batch: list[tuple[int, dict[str, str | None]]], names: list[str], table: Table) -> pl.DataFrame:
    columns = {
        name: pl.Series([values.get(name) for _, values in batch], dtype=pl.String)
        for name in table.names
        if name in names
    }
    return pl.DataFrame(columns | {"line": pl.Series([line for line, _ in batch], dtype=pl.Int64)})


def _text(cell: Any, zone: str) -> str | None:
    """A cell as the text a CSV file would hold."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return _local(cell, zone)
    if isinstance(cell, date):
        return _local(datetime.combine(cell, time()), zone)
    if isinstance(cell, timedelta):
        return repr(cell.total_seconds())
    return without_surrogates(str(cell))


def _local(moment: datetime, zone: str) -> str:
    """With the offset of the client's zone; without one, and so quarantined, where the clock skips or repeats it."""
    placed = moment.replace(tzinfo=ZoneInfo(zone))
    if moment.year == MAXYEAR:
        return placed.isoformat()  # in UTC it may lie in the year 10000, which Python cannot count
    exists = placed.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == moment
    once = placed.utcoffset() == placed.replace(fold=1).utcoffset()
    return (placed if exists and once else moment).isoformat()
