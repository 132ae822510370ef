"""Files that were taken whole before: known again by their content and by all else that decides what becomes of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b, file_digest
from pathlib import Path

import polars as pl

from care_metrics.commands.known_people import People
from care_metrics.commands.load_reports import FileReport
from care_metrics.commands.progress import Tell, silent
from care_metrics.errors import FileRefused
from care_metrics.settings import ROOT
from care_metrics.sources.files import size_and_time
from care_metrics.sources.isolated import Options
from care_metrics.sources.official_name import folder_day
from care_metrics.store import Store

TABLE = "taken_files"
ROOMS = ("schema", "sources", "privacy", "store", "commands")  # what reads, redacts and merges
SCHEMA: dict[str, pl.DataType] = {
    "client": pl.String(),
    "loaded_at": pl.Datetime("us", "UTC"),
    "fingerprint": pl.String(),
    "knowledge": pl.String(),
    "table": pl.String(),
    "read": pl.Int64(),
    "quarantined": pl.Int64(),
    "unknown_columns": pl.List(pl.String()),
    "format": pl.String(),
}


@dataclass(frozen=True)
class Mark:
    """What a file is known by, and its size and time of change when that was found out."""

    fingerprint: str
    stamp: tuple[int, int]


@dataclass(frozen=True)
class Taken:
    """known: path -> its reports, every good row a duplicate, of the files that would add nothing.

    stale: whether others were taken too, but by other rules or with less knowledge; they have to be read once more.
    """

    known: dict[Path, list[FileReport]]
    stale: bool = False


def marks_of(files: Sequence[Path], options: Options, tell: Tell = silent) -> dict[Path, Mark]:
    """The marks of those of the files that can be read; the others are the reader's to refuse."""
    told = repr((options.format, options.timezone, options.started_at, _content(options.mapping)))
    found = {}
    for number, path in enumerate(files, 1):
        tell("looking whether files were taken before", number, len(files))
        try:
            stamp = size_and_time(path)
            # Name and day of the folder may give a contact its id and start.
            about = repr((_content(path), path.name, folder_day(path), told))
        except (FileRefused, OSError):
            continue
        found[path] = Mark(_digest(about.encode()), stamp)
    return found


def taken_before(store: Store, client: str, marks: Mapping[Path, Mark]) -> Taken:
    """Which of these files were taken whole by an earlier load, and with what count."""
    rows = store.read_now(TABLE, [client])
    if rows is None or not marks:
        return Taken({})
    seen = rows.filter(pl.col("fingerprint").is_in([mark.fingerprint for mark in marks.values()]))
    sound = seen.filter(pl.col("knowledge") == _knowledge(store, client)).unique(["fingerprint", "table"])
    reports: dict[str, list[dict]] = {}
    for row in sound.sort("table").to_dicts():
        reports.setdefault(row["fingerprint"], []).append(row)
    known = {
        path: [_report(path, row) for row in reports[mark.fingerprint]]
        for path, mark in marks.items()
        if mark.fingerprint in reports
    }
    return Taken(known, seen["fingerprint"].n_unique() > len(reports))


def note_taken(
    store: Store, client: str, marks: Mapping[Path, Mark], reports: Sequence[FileReport], loaded_at: datetime
) -> None:
    """Remember the files of these reports that have not changed since they were marked; inside a publication."""
    known = {str(path): mark.fingerprint for path, mark in marks.items() if _unchanged(path, mark)}
    knowledge = _knowledge(store, client)
    rows = [(client, loaded_at, known[one.file], knowledge, *_noted(one)) for one in reports if one.file in known]
    if rows:
        _forget(store, client, pl.col("fingerprint").is_in([row[2] for row in rows]))
        store.append(TABLE, pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def forget_taken(store: Store, client: str, tables: Collection[str] | None = None) -> None:
    """Forget the client's files, or those with rows of these tables: taken again, they might add something."""
    _forget(store, client, pl.lit(True) if tables is None else pl.col("table").is_in(list(tables)))


def _forget(store: Store, client: str, about: pl.Expr) -> None:
    rows = store.read_now(TABLE, [client])
    if rows is None:
        return
    kept = rows.join(rows.filter(about).select("fingerprint"), on="fingerprint", how="anti")
    if kept.height < rows.height:
        store.replace(TABLE, kept, client, None)


def _noted(one: FileReport) -> tuple[object, ...]:
    return one.table, one.read, one.quarantined, list(one.unknown_columns), one.format


def _report(path: Path, row: Mapping) -> FileReport:
    unknown, kind = tuple(row["unknown_columns"]), row.get("format")
    return FileReport(str(path), row["table"], row["read"], 0, row["quarantined"], unknown, format=kind)


def _unchanged(path: Path, mark: Mark) -> bool:
    try:
        return size_and_time(path) == mark.stamp
    except FileRefused:
        return False


def _knowledge(store: Store, client: str) -> str:
    """The rules, and what redaction would know without the file: with more it might find more in it."""
    names, countries, key = People().known(store, client)
    return _digest(repr((_rules(), sorted(names), countries, key)).encode())


@cache
def _rules() -> str:
    """The code that decides, as it now stands."""
    kinds = (".py", ".yaml", ".txt")
    room_files = (path for room in ROOMS for path in (ROOT / "care_metrics" / room).rglob("*") if path.suffix in kinds)
    files = [*sorted(room_files), *ROOT.glob("requirements.txt")]
    return _digest(b"".join(path.read_bytes() for path in files))


def _content(path: Path | None) -> str:
    if path is None:
        return ""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
