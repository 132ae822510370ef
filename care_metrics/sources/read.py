"""Read one file in this process: choose its reader, refuse what no row of can be taken, keep odd failures inside."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import polars as pl

from care_metrics.errors import CareMetricsError, FileRefused
from care_metrics.sources.files import size_and_time
from care_metrics.sources.readers import reader_for
from care_metrics.sources.reading import Reading, joined
from care_metrics.sources.source import Source


def read(
    path: str | Path,
    *,
    client: str,
    timezone: str = "UTC",
    format: str = "auto",  # noqa: A002 - the option's name on the command line
    mapping: Path | None = None,
    started_at: datetime | None = None,
) -> list[Reading]:
    """The whole file as one Reading a table; FileRefused with one sentence if it cannot be taken."""
    return joined(pieces(Source(Path(path), client, timezone, started_at, mapping), format))


def pieces(source: Source, name: str = "auto") -> Iterator[Reading]:
    """The file's rows piece by piece, in bounded memory; a refusal may come after the first pieces.

    Whoever publishes drops the pieces of a file that is refused.
    """
    before = size_and_time(source.path)
    read_rows = accepted = 0
    reasons: dict[str, int] = {}
    try:
        reader = reader_for(source, name)
        for piece in reader.read(source):
            read_rows, accepted = read_rows + piece.read, accepted + piece.rows.height
            for reason, times in piece.quarantined["reason"].value_counts().iter_rows():
                reasons[reason] = reasons.get(reason, 0) + times
            if piece.read:
                yield piece if piece.format else replace(piece, format=reader.name)
    except CareMetricsError:
        raise
    except MemoryError:
        raise FileRefused(
            source.path, "needs more memory than it may take; split it, or raise CARE_METRICS_INGEST_MEMORY_MB."
        ) from None
    except (Exception, pl.exceptions.PanicException) as problem:
        wrong = f"cannot be read ({type(problem).__name__}); is it whole and of its format?"
        raise FileRefused(source.path, wrong) from problem
    if size_and_time(source.path) != before:
        raise FileRefused(source.path, "changed while it was read; try again when it is complete.")
    if not read_rows:
        raise FileRefused(source.path, "has no rows; export it again, or leave it out.")
    if not accepted:
        worst = max(reasons, key=lambda reason: reasons[reason])
        raise FileRefused(
            source.path, f"has no row that can be taken: of {read_rows:,} rows {reasons[worst]:,} say: {worst}."
        )
