"""Rows of text -> canonical rows: what makes a row quarantined and what makes only a value invalid."""

from collections.abc import Iterable

import polars as pl

from care_metrics.schema import TABLES, Column, Table
from care_metrics.sources.characters import cleaned, visible
from care_metrics.sources.reading import QUARANTINED, RAW_LIMIT, Reading, rows_schema
from care_metrics.sources.typed import as_text, typed, without

FIELD_LIMIT = 1_000_000
FAULT = "why quarantined"  # no column of any table is named so
# (table, the smaller, the larger, whose value is wrong when they are the other way round)
ORDER = (
    ("interactions", "started_at", "ended_at", "ended_at"),
    ("customers", "start_at", "end_at", "end_at"),
    ("turns", "begin_s", "end_s", "end_s"),
    ("evidence", "earned", "possible", "earned"),
)
_WRONG = {"instant": "no instant in ISO 8601 with offset, 1970 to 2200", "month": "no month as YYYY-MM"}


def validate(raw: pl.DataFrame, table: Table, file: str, unknown: Iterable[str] = ()) -> Reading:
    """Sort the rows of a file into accepted and quarantined ones, and null the values that are invalid.

    raw: any of the table's columns, as strings (empty = missing) or native types, and `line`.
    """
    given, removed = _prepared(raw, table)
    reasons = [_too_long(raw)]
    values: dict[str, pl.Series] = {}
    bad: dict[str, pl.Series] = {}
    for column in table.columns:
        if column.name in given:
            read, bad[column.name] = typed(given[column.name], column)
            values[column.name] = _filled(read, bad[column.name], column).alias(column.name)
            reasons += _faults(column, given[column.name], bad[column.name], table)
        elif column.required:
            reasons.append(pl.lit(f"{column.name} is missing"))
    _cross_check(table.name, values, bad)
    frame = raw.select("line", pl.coalesce(reasons).alias(FAULT)).with_columns(values.values())
    kept = frame[FAULT].is_null()
    types = rows_schema(table.name)
    absent = {name: pl.lit(_default(table, name)) for name in types if name not in frame.columns}
    rows = frame.with_columns(**(absent | {"invalid": _names_of(bad)})).filter(kept)
    return Reading(
        file=file,
        table=table.name,
        rows=rows.select(pl.col(name).cast(kind) for name, kind in types.items()),
        quarantined=_set_aside(raw, frame[FAULT], file, table.name),
        read=raw.height,
        unknown_columns=tuple(map(visible, unknown)),
        removed=removed,
    )


def _filled(values: pl.Series, bad: pl.Series, column: Column) -> pl.Series:
    """What a missing value means, where the column says so; an invalid one means nothing."""
    return values if column.default is None else values.set(values.is_null() & ~bad, column.default)


def _default(table: Table, name: str) -> str | None:
    return table.column(name).default if name in table.names else None


def _prepared(raw: pl.DataFrame, table: Table) -> tuple[dict[str, pl.Series], int]:
    """The known columns, strings cleaned and stripped (free text keeps its spaces), empty ones null."""
    found, removed = {}, 0
    for column in table.columns:
        if column.name not in raw.columns:
            continue
        values = raw[column.name]
        if values.dtype == pl.Null or not _native(values.dtype):
            values, gone = cleaned(as_text(values))
            removed += gone
            stripped = values.str.strip_chars()
            values = without(values if column.kind == "text" else stripped, (stripped == "").fill_null(False))
        found[column.name] = values
    return found, removed


def _native(kind: pl.DataType) -> bool:
    return kind.is_numeric() or kind.is_temporal() or kind == pl.Boolean


def _too_long(raw: pl.DataFrame) -> pl.Expr:
    texts = [pl.col(name).str.len_bytes() > FIELD_LIMIT for name, kind in raw.schema.items() if kind == pl.String]
    long = pl.any_horizontal(texts) if texts else pl.lit(False)
    return pl.when(long).then(pl.lit(f"a field is longer than {FIELD_LIMIT:,} bytes"))


def _faults(column: Column, given: pl.Series, bad: pl.Series, table: Table) -> list[pl.Expr]:
    """Why this column sends rows to quarantine: at most one expression for those without it, one for wrong ones."""
    faults: list[pl.Expr] = []
    if column.required and given.has_nulls():
        faults.append(pl.when(given.is_null()).then(pl.lit(f"{column.name} is missing")))
    wrong = _WRONG.get(column.kind)
    if column.strict:
        wrong = f"none of {', '.join(column.values)}"
    elif column.required and column.kind == "integer" and column.name in table.key:
        wrong = f"no whole number from {column.low:.0f}"
    if wrong and bad.any():
        faults.append(pl.when(bad).then(pl.lit(f"{column.name} is {wrong}")))
    return faults


def _cross_check(table: str, values: dict[str, pl.Series], bad: dict[str, pl.Series]) -> None:
    """Mark values that contradict another value of their row."""
    for of_table, small, large, wrong in ORDER:
        if of_table == table and small in values and large in values:
            _spoil(wrong, values[small] > values[large], values, bad)
    if table == "surveys" and "ces_scale" in values:
        scale = values["ces_scale"]
        _spoil("ces_scale", ~scale.is_in([5, 7]), values, bad)
        if "ces" in values:
            beyond = (scale == 5).fill_null(False) & (values["ces"] > 5)
            _spoil("ces", beyond | (bad["ces_scale"] & values["ces"].is_not_null()), values, bad)


def _spoil(name: str, wrong: pl.Series, values: dict[str, pl.Series], bad: dict[str, pl.Series]) -> None:
    wrong = wrong.fill_null(False)
    values[name], bad[name] = without(values[name], wrong).alias(name), bad[name] | wrong


def _names_of(bad: dict[str, pl.Series]) -> pl.Expr:
    """The invalid columns of each row, as a list of names."""
    named = [pl.when(mask).then(pl.lit(name)) for name, mask in bad.items() if mask.any()]
    if not named:
        return pl.lit([], dtype=pl.List(pl.String))
    return pl.concat_list(named).list.drop_nulls()


def _set_aside(raw: pl.DataFrame, fault: pl.Series, file: str, table: str) -> pl.DataFrame:
    """The quarantined rows with their raw values as JSON."""
    rejected = raw.with_columns(fault).filter(fault.is_not_null())
    known = [name for name in TABLES[table].names if name in raw.columns]
    if rejected.is_empty():
        return pl.DataFrame(schema=QUARANTINED)
    texts = rejected.select(as_text(rejected[name]).str.slice(0, RAW_LIMIT) for name in known)
    return rejected.select(
        file=pl.lit(file),
        table=pl.lit(table),
        line=pl.col("line").cast(pl.Int64),
        reason=pl.col(FAULT),
        raw=texts.select(raw=pl.struct(known).struct.json_encode()).to_series().str.slice(0, RAW_LIMIT),
    )
