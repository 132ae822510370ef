"""Vendor documents -> canonical rows: a reader gives one function from a document to rows, the rest is alike for all."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

import polars as pl

from care_metrics.errors import FileRefused
from care_metrics.schema import TABLES, Table
from care_metrics.sources.documents import Line, cell, documents
from care_metrics.sources.reading import Reading, with_rejects
from care_metrics.sources.source import Source
from care_metrics.sources.validate import validate

BATCH = 2_000
Row = dict[str, Any]
Rows = Mapping[str, list[Row]]
Convert = Callable[[dict[str, Any], Source], Rows]


def translate(source: Source, convert: Convert, label: str, inside: str = "") -> Iterator[Reading]:
    """The rows of every document of a file, in batches; `line` is the document's line or number.

    inside: the key under which a document may hold a list of documents, one for each contact.
    convert: a document -> rows by table; a KeyError, TypeError or ValueError of it means that the document is not as
    the vendor writes them: quarantined whole, or refused where it is the file's only one.
    """
    found = _unpacked(documents(source.path), inside)
    alone = True
    while batch := list(islice(found, BATCH)):
        rows: dict[str, list[Row]] = {}
        rejects: list[tuple[int, str, str]] = []
        for document in batch:
            fault = document.fault or _converted(document, source, convert, rows)
            if fault:
                rejects.append((document.number, f"{label}: {fault}", document.raw or json.dumps(document.value)))
        if alone and len(batch) == 1 and rejects:
            raise FileRefused(source.path, f"looks like {rejects[0][1]}; export it again or pass a --mapping.")
        alone = False
        yield from _readings(source, rows, rejects)


def _unpacked(found: Iterator[Line], inside: str) -> Iterator[Line]:
    for document in found:
        held = document.value.get(inside) if isinstance(document.value, dict) else None
        if isinstance(held, list):
            yield from (Line(number, one, None, "") for number, one in enumerate(held, document.number))
        else:
            yield document


def _converted(document: Line, source: Source, convert: Convert, rows: dict[str, list[Row]]) -> str | None:
    """Add the document's rows; the reason if it has none to give."""
    try:
        for table, found in convert(document.value, source).items():
            rows.setdefault(table, []).extend({**row, "line": document.number} for row in found)
    except FileRefused:
        raise
    except KeyError as missing:
        return f"{missing.args[0]!r} is missing"
    except (TypeError, ValueError, AttributeError, OverflowError, ArithmeticError, IndexError) as problem:
        return f"a field is not of the kind expected ({type(problem).__name__})"
    return None


def _readings(source: Source, rows: dict[str, list[Row]], rejects: list[tuple[int, str, str]]) -> Iterator[Reading]:
    for table in dict.fromkeys([*rows, *(["interactions"] if rejects else [])]):
        reading = validate(raw_frame(rows.get(table, []), TABLES[table]), TABLES[table], str(source.path))
        yield with_rejects(reading, rejects if table == "interactions" else [])


def raw_frame(rows: list[Row], table: Table) -> pl.DataFrame:
    """Rows of Python values -> the columns that any of them has, as strings, for `validate`."""
    columns = {
        name: pl.Series([_text(row.get(name)) for row in rows], dtype=pl.String)
        for name in table.names
        if any(name in row for row in rows)
    }
    return pl.DataFrame(columns | {"line": pl.Series([row["line"] for row in rows], dtype=pl.Int64)})


def _text(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else cell(value)
