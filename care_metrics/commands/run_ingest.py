"""ingest on the command line: progress and accounts to stderr, drafts of mappings to stdout, a balance a file, exit 1 if any file was refused."""

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from care_metrics.commands.ingest import FileReport, Reader, failure, ingest
from care_metrics.commands.progress import shown_progress
from care_metrics.errors import BadRequest
from care_metrics.sources.formats import formats
from care_metrics.store import open_store


def run_ingest(
    url: str | None,
    sources: list[str],
    client: str,
    timezone: str | None,
    format_name: str,
    mapping: Path | None,
    started_at: str | None,
    dry_run: bool,
) -> None:
    """Ingest and say what was done with numbers; the refused files' sentences become the error."""
    reader = Reader(format_name, mapping, _instant(started_at))
    with shown_progress() as tell:
        report = ingest(open_store(url), sources, client, timezone, reader, announce=_say, dry_run=dry_run, tell=tell)
    for entry in report.files:
        _say(_balance(entry))
    for draft in report.drafts:
        print(draft)
    _say("nothing was stored (--dry-run)" if dry_run else f"snapshot {report.version}")
    for line in _untried(report.files):
        _say(line)
    refused = failure(report)
    if refused is not None:
        raise refused


def _balance(entry: FileReport) -> str:
    line = (
        f"{entry.file} -> {entry.table}: read {entry.read:,}, accepted {entry.accepted:,}, "
        f"duplicate {entry.duplicate:,}, quarantined {entry.quarantined:,}"
    )
    return f"{line}; columns ignored: {', '.join(entry.unknown_columns)}" if entry.unknown_columns else line


def _untried(files: Iterable[FileReport]) -> list[str]:
    """A sentence a format of these files that was only ever read from its vendor's documentation."""
    names = dict.fromkeys(entry.format for entry in files)
    found = [formats()[name] for name in names if name in formats()]
    return [
        f"{one.label}: read from documentation, not yet seen on a real export"
        for one in found
        if one.confidence == "documentation"
    ]


def _say(line: str) -> None:
    if line:
        print(line, file=sys.stderr)


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise BadRequest(f"--started-at {text!r} is no instant with an offset; write it as 2026-03-31T09:00:00-05:00.")
    return found
