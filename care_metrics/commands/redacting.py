"""Redaction at ingest: nothing is stored of a text that could not be searched for personal data."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import polars as pl

from care_metrics.commands.redact_quarantine import redacted_raw
from care_metrics.commands.stack import Stack
from care_metrics.errors import FileRefused
from care_metrics.privacy.crew import Crew, Result, Talk
from care_metrics.privacy.redactor import LONGEST_TEXT, Redactor
from care_metrics.schema import TABLES
from care_metrics.sources.reading import QUARANTINED

PLACEHOLDER = r"<([a-z_]+)(?::[0-9a-f]{8})?>"
TOO_LONG = f"the text is longer than {LONGEST_TEXT:,} characters, more than is searched for personal data"
COUNTS_SCHEMA = {"file": pl.String, "table": pl.String, "kind": pl.String, "count": pl.Int64}
# Recording links are left alone but for digits and signs that no id has: a name cannot be told from an id there.
PRIVATE_LINK = r"@|%40|(?:\d[ .()+_-]?){13,}|(?:phone|tel|mobile|caller|ani)[^/&?#]*=[^&#]*(?:\d[ .()+_-]?){6}"
UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


@dataclass(frozen=True)
class Redaction:
    """stacks: with redacted texts, without the files that could not be read; counts: columns of COUNTS_SCHEMA."""

    stacks: list[Stack]
    refused: list[FileRefused]
    counts: pl.DataFrame


def redacted(stacks: Sequence[Stack], redactor: Redactor, crew: Crew) -> Redaction:
    """All free text of one client's rows redacted, quarantined rows included.

    A table of a file whose text cannot be read is left out with one refusal; what else the file holds stays.
    """
    whole = [_without_long_texts(stack) for stack in stacks]
    talks = [_talks(stack) for stack in whole]
    result = crew.redact(redactor, dict.fromkeys(talk for told in talks for talk in told.talks))
    done: list[Stack] = []
    refused: list[FileRefused] = []
    counts = [pl.DataFrame(schema=COUNTS_SCHEMA)]
    for stack, told in zip(whole, talks, strict=True):
        wrong = {file: result.failed[talk] for file, talk in told.owned() if talk in result.failed}
        refused += [_refusal(stack, file, why) for file, why in wrong.items()]
        kept, rows = _without(stack, wrong), _with_texts(stack, told, result, wrong)
        counts.append(_counted(kept, rows))
        if kept.unknown:
            done.append(replace(kept, rows=rows, quarantined=redacted_raw(kept.quarantined, redactor, crew)))
    return Redaction(done, refused, pl.concat(counts))


@dataclass(frozen=True)
class _Told:
    """talks: the conversations of a stack in order, each of one of files; order: their rows, in the same order."""

    column: str | None
    talks: list[Talk]
    files: list[str]
    order: pl.DataFrame

    def owned(self) -> Iterator[tuple[str, Talk]]:
        """Each conversation with its file."""
        return zip(self.files, self.talks, strict=True)


def free_column(table: str) -> str | None:
    """The column of a table that holds anybody's words."""
    return next((column.name for column in TABLES[table].columns if column.free), None)


def _talks(stack: Stack) -> _Told:
    """The turns of each interaction of a file by number; any other text stands alone."""
    column = free_column(stack.table)
    rows = stack.rows.with_row_index("place")
    if column is None or rows.is_empty():
        return _Told(None, [], [], rows.select("place"))
    if "speaker" not in rows.columns:
        order = rows.filter(pl.col(column).is_not_null()).select("place", "file", column)
        return _Told(column, [(("", text),) for text in order[column]], order["file"].to_list(), order)
    order = rows.select("place", "file", "interaction_id", "turn_no", "speaker", column).sort(
        "file", "interaction_id", "turn_no", "place"
    )
    said = order.select("file", "interaction_id", pl.col("speaker").fill_null(""), pl.col(column).fill_null("")).rows()
    talks, files = list[Talk](), list[str]()
    for (file, _), turns in groupby(said, key=lambda row: row[:2]):
        talks.append(tuple(row[2:] for row in turns))
        files.append(file)
    return _Told(column, talks, files, order)


def _with_texts(stack: Stack, told: _Told, result: Result, wrong: Collection[str]) -> pl.DataFrame:
    """The rows in their order with what the conversations became, without those of the files that went wrong."""
    rows = stack.rows
    if "source_url" in rows.columns:
        # Not marked but dropped: half a link leads nowhere.
        private = pl.col("source_url").str.replace_all(UUID, "").str.contains(PRIVATE_LINK)
        rows = rows.with_columns(pl.when(~private).then("source_url").alias("source_url"))
    if told.column is None:
        return rows
    left = [talk for file, talk in told.owned() if file not in wrong]
    order = told.order.filter(~pl.col("file").is_in(list(wrong)))
    texts = pl.Series("redacted", [text for talk in left for text in result.told[talk]], pl.String)
    new = rows.with_row_index("place").filter(~pl.col("file").is_in(list(wrong)))
    new = new.join(order.select("place").with_columns(texts), on="place", how="left", maintain_order="left")
    kept = pl.when(pl.col(told.column).is_not_null()).then("redacted").alias(told.column)
    return new.with_columns(kept).select(rows.columns)


def _without(stack: Stack, files: Collection[str]) -> Stack:
    if not files:
        return stack
    others = ~pl.col("file").is_in(list(files))
    unknown = {file: columns for file, columns in stack.unknown.items() if file not in files}
    return replace(stack, rows=stack.rows.filter(others), quarantined=stack.quarantined.filter(others), unknown=unknown)


def _without_long_texts(stack: Stack) -> Stack:
    """Rows with a text that is too long to be searched go to quarantine, without the text."""
    column = free_column(stack.table)
    if column is None:
        return stack
    long = (pl.col(column).str.len_chars() > LONGEST_TEXT).fill_null(False)
    aside = stack.rows.filter(long)
    if aside.is_empty():
        return stack
    quarantined = aside.select(
        "file", table=pl.lit(stack.table), line="line", reason=pl.lit(TOO_LONG), raw=pl.lit(None)
    ).cast(dict(QUARANTINED))
    return replace(
        stack,
        rows=stack.rows.filter(~long),
        quarantined=pl.concat([stack.quarantined, quarantined]).sort("file", "line"),
    )


def _counted(stack: Stack, rows: pl.DataFrame) -> pl.DataFrame:
    """Placeholders by kind that redaction put into each file; those that the export came with are not counted."""
    column = free_column(stack.table)
    if column is None:
        return pl.DataFrame(schema=COUNTS_SCHEMA)
    after, before = (_kinds(frame, column) for frame in (rows, stack.rows))
    counts = after.join(before, on=["file", "kind"], how="left").select(
        "file",
        table=pl.lit(stack.table),
        kind="kind",
        count=pl.col("len").cast(pl.Int64) - pl.col("len_right").fill_null(0),
    )
    return counts.filter(pl.col("count") > 0).sort("file", "kind").cast(dict(COUNTS_SCHEMA))


def _kinds(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    found = rows.select("file", kind=pl.col(column).str.extract_all(PLACEHOLDER)).explode("kind").drop_nulls("kind")
    return found.with_columns(pl.col("kind").str.extract(PLACEHOLDER, 1)).group_by("file", "kind").len()


def _refusal(stack: Stack, file: str, wrong: str) -> FileRefused:
    rows = stack.rows.filter(pl.col("file") == file).height
    return FileRefused(
        file,
        f"{rows:,} of its {stack.table} could not be searched for personal data ({wrong}) and were not "
        "stored; the rest of the file was, run it again when the cause is gone.",
    )
