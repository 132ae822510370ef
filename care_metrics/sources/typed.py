"""One column of text (or of a native Parquet type) -> its canonical type, and which values could not be read."""

from collections.abc import Callable

import polars as pl

from care_metrics.schema import Column

Typed = tuple[pl.Series, pl.Series]
UTC_US = pl.Datetime("us", "UTC")
FIRST_YEAR, LAST_YEAR = 1970, 2200
FARTHEST_DAYS = 1_000_000  # from 1970
_A_DAY = {None: 1, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
LARGEST = 1e15  # beyond it a sum of doubles no longer counts in units
_INSTANT = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:[Zz]|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)$"
_USUAL = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$"
_FORMAT = "%Y-%m-%dT%H:%M:%S%.f%:z"
_SPELLINGS = (  # each rewrites one permitted spelling into the usual one
    (r"[Zz]$", "+00:00"),
    (r"^(.{10})[t ]", "${1}T"),
    (r",", "."),
    (r"([+-]\d{2})(\d{2})$", "${1}:${2}"),
    (r"(:\d{2}(?:\.\d+)?[+-]\d{2})$", "${1}:00"),
    (r"^(.{16})([Zz+-])", "${1}:00${2}"),
)


def typed(values: pl.Series, column: Column) -> Typed:
    """The column in its canonical type, null where missing or unreadable, and a mask of the unreadable or out of range.

    values: strings (null where missing) or any native Parquet type.
    """
    read, bad = _READ[column.kind](values)
    if column.values:
        outside = ~read.is_in(list(column.values)) & read.is_not_null()
        read, bad = without(read, outside), bad | outside
    if column.low is not None or column.high is not None or column.kind in ("number", "seconds"):
        low, high = _limits(column)
        outside = ((read < low) | (read > high)).fill_null(False)
        read, bad = without(read, outside), bad | outside
    return read, bad


def without(values: pl.Series, mask: pl.Series) -> pl.Series:
    """The column with null where the mask holds."""
    return values if not mask.any() else values.zip_with(~mask, pl.Series([None], dtype=values.dtype))


def _limits(column: Column) -> tuple[float, float]:
    low = -LARGEST if column.low is None else column.low
    return low, LARGEST if column.high is None else column.high


def as_text(values: pl.Series) -> pl.Series:
    """Any column as strings without losing a value: whole floats lose their '.0', nested values become JSON."""
    kind = values.dtype
    if kind == pl.String:
        return values
    if kind == pl.Date or isinstance(kind, pl.Datetime):
        far = _beyond_calendars(values)
        return without(values, far).cast(pl.String).zip_with(~far, values.to_physical().cast(pl.String))
    if kind.is_float() and _all_whole(values):
        return values.cast(pl.Int64).cast(pl.String)
    if kind == pl.Binary:
        return values.map_elements(_decoded, return_dtype=pl.String)
    if kind.is_nested() or kind == pl.Object:
        return pl.Series(values.name, [None if item is None else str(item) for item in values.to_list()], pl.String)
    return values.cast(pl.String)


def _decoded(raw: bytes) -> str:
    """Bytes that are no UTF-8 as hex: replaced by one sign for all, two ids might become one."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.hex()


def _beyond_calendars(values: pl.Series) -> pl.Series:
    """Dates and instants so far off that polars panics when it is asked for their year; nulls are not."""
    unit = getattr(values.dtype, "time_unit", None)
    days = values.to_physical().cast(pl.Int64) // _A_DAY[unit]
    return ((days < -FARTHEST_DAYS) | (days > FARTHEST_DAYS)).fill_null(False)


def _all_whole(values: pl.Series) -> bool:
    known = values.drop_nulls()
    return bool((known.is_finite() & (known.abs() < 2.0**53)).all() and (known == known.floor()).all())


def _text(values: pl.Series) -> Typed:
    read = as_text(values)
    return read, _none_bad(read)


def _number(values: pl.Series) -> Typed:
    missing = values.is_null()
    if values.dtype == pl.Duration:
        values = values.dt.total_microseconds() / 1e6
    source = values if values.dtype.is_numeric() else as_text(values)
    read = source.cast(pl.Float64, strict=False)
    bad = ~missing & ~read.is_finite().fill_null(False)
    return without(read, bad), bad


def _integer(values: pl.Series) -> Typed:
    read, bad = _number(values)
    broken = ((read != read.floor()) | (read.abs() > 2.0**53)).fill_null(False)
    return without(read, broken).cast(pl.Int64), bad | broken


def _boolean(values: pl.Series) -> Typed:
    if values.dtype == pl.Boolean:
        return values, _none_bad(values)
    low = as_text(values).str.to_lowercase()
    yes, no = low.is_in(["true", "1"]), low.is_in(["false", "0"])
    read = pl.select(pl.when(yes).then(True).when(no).then(False)).to_series()
    return read, read.is_null() & values.is_not_null()


def _instant(values: pl.Series) -> Typed:
    if isinstance(values.dtype, pl.Datetime) or values.dtype == pl.Date:
        zone = getattr(values.dtype, "time_zone", None)
        moment = without(values, _beyond_calendars(values)).cast(pl.Datetime("us", zone))
        read = moment.dt.convert_time_zone("UTC") if zone else moment.dt.replace_time_zone("UTC")
    else:
        read = _parsed(as_text(values))
    year = read.dt.year()
    outside = ((year < FIRST_YEAR) | (year > LAST_YEAR)).fill_null(False)
    return without(read, outside), (read.is_null() & values.is_not_null()) | outside


def _parsed(text: pl.Series) -> pl.Series:
    """ISO 8601 with an offset -> UTC microseconds; null where the text is anything else."""
    usual = text.str.contains(_USUAL)
    if not usual.all():
        known = text.str.contains(_INSTANT).fill_null(False)
        text = without(text, ~known)
        for spelling, usually in _SPELLINGS[1:]:
            text = text.str.replace(spelling, usually)
    text = text.str.replace(*_SPELLINGS[0])
    return text.str.to_datetime(_FORMAT, time_unit="us", time_zone="UTC", strict=False)


def _month(values: pl.Series) -> Typed:
    text = as_text(values)
    known = text.str.contains(r"^(19[7-9]\d|20\d\d|21\d\d|2200)-(0[1-9]|1[0-2])$").fill_null(False)
    return without(text, ~known), ~known & values.is_not_null()


def _none_bad(values: pl.Series) -> pl.Series:
    return pl.Series([False]).new_from_index(0, len(values))


_READ: dict[str, Callable[[pl.Series], Typed]] = {
    "id": _text,
    "category": _text,
    "text": _text,
    "instant": _instant,
    "month": _month,
    "seconds": _number,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
}
