"""A mapping's rules applied to columns of text; what a rule cannot read is left as it stands, for `validate` to judge."""

from collections.abc import Callable

import polars as pl

from care_metrics.sources.mapping_file import Rule, Split
from care_metrics.sources.typed import without

_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0}
_CLOCK = r"^(?:(\d+):)?(\d{1,3}):(\d{2}(?:\.\d+)?)$"
_COMMA_NUMBER = r"^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?(?:[eE][+-]?\d+)?$"
MOST_MONTHS = 12_000  # a calendar of polars ends somewhere beyond
Zone = str


def applied(values: pl.Series, rule: Rule, zone: Zone) -> pl.Series:
    """A column of text -> a column of text in our units; zone: the client's, for times without an offset."""
    values = values.str.strip_chars()
    values = values.zip_with(values != "", pl.Series([None], dtype=pl.String))
    if rule.values or rule.otherwise is not None:
        values = _replaced(values, rule)
    return _CONVERT[rule.type](values, rule, zone)


def _replaced(values: pl.Series, rule: Rule) -> pl.Series:
    """By the value map; otherwise: what all else becomes, a missing value too."""
    if rule.otherwise is None:
        return values.replace(dict(rule.values))
    return values.replace_strict(dict(rule.values), default=rule.otherwise, return_dtype=pl.String).fill_null(
        rule.otherwise
    )


def _number(values: pl.Series, rule: Rule, zone: Zone) -> pl.Series:
    plain = values
    if rule.decimal == ",":
        written_so = values.str.contains(_COMMA_NUMBER).fill_null(True)
        # Of 12.5 or 1,234.56 nobody knows what it means here; in quotes it is no number for `validate` either.
        values = values.zip_with(written_so, pl.select(pl.format("'{}'", values)).to_series())
        plain = values.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    read = plain.cast(pl.Float64, strict=False) * _SECONDS[rule.unit]
    return _or_as_it_stands(read.cast(pl.String), values)


def _duration(values: pl.Series, rule: Rule, zone: Zone) -> pl.Series:
    """HH:MM:SS or MM:SS, else a number of the rule's unit."""
    parts = values.str.extract_groups(_CLOCK).struct.unnest().with_columns(pl.all().cast(pl.Float64, strict=False))
    hours, minutes, seconds = parts.get_columns()
    clock = hours.fill_null(0.0) * 3600 + minutes * 60 + seconds
    return _or_as_it_stands(clock.cast(pl.String), _number(values, rule, zone))


def _instant(values: pl.Series, rule: Rule, zone: Zone) -> pl.Series:
    """By the declared format; a local time that the clock change skips or doubles has no instant and stays text."""
    if rule.format is None:
        return values
    if rule.format in ("epoch_s", "epoch_ms"):
        scale = 1_000_000 if rule.format == "epoch_s" else 1_000
        micros = (values.cast(pl.Float64, strict=False) * scale).cast(pl.Int64, strict=False)
        read = micros.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    elif "%z" in rule.format:
        read = values.str.to_datetime(rule.format, time_unit="us", time_zone="UTC", strict=False)
    else:
        local = values.str.to_datetime(rule.format, time_unit="us", strict=False)
        where = zone if rule.zone == "client" else rule.zone
        placed = local.dt.replace_time_zone(where, ambiguous="null", non_existent="null")
        read = placed.dt.convert_time_zone("UTC")
    return _or_as_it_stands(read.dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ"), values)


def _months_before(values: pl.Series, rule: Rule, zone: Zone) -> pl.Series:
    """A whole number of months -> the instant so many calendar months before the one the rule names."""
    months = values.cast(pl.Int64, strict=False)
    months = without(months, ~months.is_between(-MOST_MONTHS, MOST_MONTHS).fill_null(True))
    end = pl.lit(rule.before).str.to_datetime("%+", time_unit="us", time_zone="UTC")
    back = pl.format("-{}mo", months)
    read = pl.select(pl.when(months.is_not_null()).then(end.dt.offset_by(back))).to_series()
    return _or_as_it_stands(read.dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ"), values)


def _or_as_it_stands(read: pl.Series, values: pl.Series) -> pl.Series:
    return read.zip_with(read.is_not_null(), values)


def split_turns(rows: pl.DataFrame, split: Split) -> pl.DataFrame:
    """One row a turn with `turn_no`, `speaker` and `text`; text before the first label becomes a turn of `system`."""
    labels = "|".join(sorted(map(_escaped, split.speakers), key=len, reverse=True))
    plain = pl.col(split.column).str.replace_all("[\u0000\u0001]", "")
    marked = plain.str.replace_all(rf"(?:^|\s)({labels})\s*:\s*", "\u0000${1}\u0001")
    turns = rows.with_columns(text=marked.str.split("\u0000")).explode("text")
    turns = turns.filter(pl.col("text").str.strip_chars() != "")
    parts = pl.col("text").str.split_exact("\u0001", 1)
    return turns.with_columns(
        speaker=pl.when(pl.col("text").str.contains("\u0001"))
        .then(parts.struct.field("field_0"))
        .replace(dict(split.speakers))
        .fill_null("system"),
        text=pl.coalesce(parts.struct.field("field_1"), pl.col("text")).str.strip_chars(),
        turn_no=pl.int_range(1, pl.len() + 1).over("line").cast(pl.String),
    )


def _escaped(label: str) -> str:
    return "".join(f"\\{sign}" if not sign.isalnum() and not sign.isspace() else sign for sign in label)


_CONVERT: dict[str, Callable[[pl.Series, Rule, Zone], pl.Series]] = {
    "text": lambda values, rule, zone: values,
    "number": _number,
    "duration": _duration,
    "instant": _instant,
    "months_before": _months_before,
}
