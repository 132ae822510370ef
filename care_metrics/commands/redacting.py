"""Redaction at ingest: nothing is stored of a text that could not be searched for personal data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import polars as pl

from care_metrics.commands.redact_quarantine import redacted_raw
from care_metrics.errors import FileRefused
from care_metrics.privacy.crew import Crew, Result, Talk
from care_metrics.privacy.redactor import LONGEST_TEXT, Redactor
from care_metrics.schema import TABLES
from care_metrics.sources.reading import QUARANTINED, Reading

PLACEHOLDER = r"<([a-z_]+)(?::[0-9a-f]{8})?>"
TOO_LONG = f"the text is longer than {LONGEST_TEXT:,} characters, more than is searched for personal data"
COUNTS_SCHEMA = {"file": pl.String, "table": pl.String, "kind": pl.String, "count": pl.Int64}
# Recording links are left alone but for digits and signs that no id has: a name cannot be told from an id there.
PRIVATE_LINK = r"@|%40|(?:\d[ .()+_-]?){13,}|(?:phone|tel|mobile|caller|ani)[^/&?#]*=[^&#]*(?:\d[ .()+_-]?){6}"
UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


@dataclass(frozen=True)
class Redaction:
    """readings: with redacted texts, without those that could not be read; counts: columns of COUNTS_SCHEMA."""

    readings: list[Reading]
    refused: list[FileRefused]
    counts: pl.DataFrame


def redacted(readings: Sequence[Reading], redactor: Redactor, crew: Crew) -> Redaction:
    """All free text of one client's readings redacted, quarantined rows included.

    A table of a file whose text cannot be read is left out with one refusal; what else the file holds stays.
    """
    whole = [_without_long_texts(reading) for reading in readings]
    talks = {id(reading): _talks(reading) for reading in whole}
    distinct = dict.fromkeys(talk for mine in talks.values() for talk in mine.talks)
    result = crew.redact(redactor, distinct)
    done: list[Reading] = []
    refused: list[FileRefused] = []
    counts = [pl.DataFrame(schema=COUNTS_SCHEMA)]
    for reading in whole:
        told = talks[id(reading)]
        wrong = next((result.failed[talk] for talk in told.talks if talk in result.failed), None)
        if wrong is not None:
            refused.append(_refusal(reading, wrong))
            continue
        rows = _with_texts(reading, told, result)
        counts.append(_counted(reading, rows))
        done.append(replace(reading, rows=rows, quarantined=redacted_raw(reading.quarantined, redactor, crew)))
    return Redaction(done, refused, pl.concat(counts))


@dataclass(frozen=True)
class _Told:
    """talks: the conversations of a reading in order; order: the rows they were taken from, in the same order."""

    column: str | None
    talks: list[Talk]
    order: pl.DataFrame


def free_column(table: str) -> str | None:
    """The column of a table that holds anybody's words."""
    return next((column.name for column in TABLES[table].columns if column.free), None)


def _talks(reading: Reading) -> _Told:
    """The turns of each interaction by number; any other text stands alone."""
    column = free_column(reading.table)
    rows = reading.rows.with_row_index("place")
    if column is None or rows.is_empty():
        return _Told(None, [], rows.select("place"))
    if "speaker" not in rows.columns:
        order = rows.filter(pl.col(column).is_not_null()).select("place", column)
        return _Told(column, [(("", text),) for text in order[column]], order)
    order = rows.select("place", "interaction_id", "turn_no", "speaker", column).sort(
        "interaction_id", "turn_no", "place"
    )
    said = order.select("interaction_id", pl.col("speaker").fill_null(""), pl.col(column).fill_null("")).rows()
    talks = [tuple((row[1], row[2]) for row in rows) for _, rows in groupby(said, key=lambda row: row[0])]
    return _Told(column, talks, order)


def _with_texts(reading: Reading, told: _Told, result: Result) -> pl.DataFrame:
    """The rows in their order with what the conversations became."""
    rows = reading.rows
    if "source_url" in rows.columns:
        # Not marked but dropped: half a link leads nowhere.
        private = pl.col("source_url").str.replace_all(UUID, "").str.contains(PRIVATE_LINK)
        rows = rows.with_columns(pl.when(~private).then("source_url").alias("source_url"))
    if told.column is None:
        return rows
    texts = pl.Series("redacted", [text for talk in told.talks for text in result.told[talk]], pl.String)
    texts = told.order.select("place").with_columns(texts)
    new = rows.with_row_index("place").join(texts, on="place", how="left", maintain_order="left")
    kept = pl.when(pl.col(told.column).is_not_null()).then("redacted").alias(told.column)
    return new.with_columns(kept).select(rows.columns)


def _without_long_texts(reading: Reading) -> Reading:
    """Rows with a text that is too long to be searched go to quarantine, without the text."""
    column = free_column(reading.table)
    if column is None:
        return reading
    long = (pl.col(column).str.len_chars() > LONGEST_TEXT).fill_null(False)
    aside = reading.rows.filter(long)
    if aside.is_empty():
        return reading
    quarantined = aside.select(
        file=pl.lit(reading.file), table=pl.lit(reading.table), line="line", reason=pl.lit(TOO_LONG), raw=pl.lit(None)
    ).cast(dict(QUARANTINED))
    return replace(
        reading, rows=reading.rows.filter(~long), quarantined=pl.concat([reading.quarantined, quarantined]).sort("line")
    )


def _counted(reading: Reading, rows: pl.DataFrame) -> pl.DataFrame:
    """Placeholders by kind that redaction put into a reading; those that the export came with are not counted."""
    column = free_column(reading.table)
    if column is None:
        return pl.DataFrame(schema=COUNTS_SCHEMA)
    after, before = (_kinds(frame[column]) for frame in (rows, reading.rows))
    counts = after.join(before, on="kind", how="left").select(
        file=pl.lit(reading.file),
        table=pl.lit(reading.table),
        kind="kind",
        count=pl.col("len").cast(pl.Int64) - pl.col("len_right").fill_null(0),
    )
    return counts.filter(pl.col("count") > 0).sort("kind").cast(dict(COUNTS_SCHEMA))


def _kinds(texts: pl.Series) -> pl.DataFrame:
    found = texts.drop_nulls().str.extract_all(PLACEHOLDER).explode().drop_nulls().str.extract(PLACEHOLDER, 1)
    return pl.DataFrame({"kind": found.cast(pl.String)}).group_by("kind").len()


def _refusal(reading: Reading, wrong: str) -> FileRefused:
    return FileRefused(
        reading.file,
        f"{reading.rows.height:,} of its {reading.table} could not be searched for personal data ({wrong}) and were not "
        "stored; the rest of the file was, run it again when the cause is gone.",
    )
