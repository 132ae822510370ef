"""The process that parses untrusted files: told its limits and files on stdin, it answers on one pipe and exits.

It may read files and nothing else: no memory beyond its limit, no file written, no core dumped.
"""

import io
import json
import resource
import struct
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from care_metrics.errors import CareMetricsError, FileRefused
from care_metrics.sources.proposal import proposed_mapping
from care_metrics.sources.read import pieces
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source

LENGTHS = struct.Struct(">IQQ")  # of the header, the rows and the quarantined rows


def main() -> None:
    """Read the job, lower the limits, answer file by file."""
    job = json.loads(sys.stdin.buffer.read())
    memory = job["memory_mb"] << 20
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(limit, (value, value))
    with open(job["answer_fd"], "wb") as answers:
        _send(answers, {"ready": True})
        for path in job["paths"]:
            _answer(answers, _source(path, job), job["format"], job["propose"])


def _source(path: str, job: Mapping[str, Any]) -> Source:
    started = job["started_at"] and datetime.fromisoformat(job["started_at"])
    mapping = job["mapping"] and Path(job["mapping"])
    return Source(Path(path), job["client"], job["timezone"], started or None, mapping or None)


def _answer(answers: BinaryIO, source: Source, name: str, propose: bool) -> None:
    try:
        for piece in pieces(source, name):
            _send(answers, _header(piece), piece.rows, piece.quarantined)
        _send(answers, {"done": str(source.path)})
    except FileRefused as refusal:
        wrong = refusal.wrong if refusal.file == str(source.path) else str(refusal)
        draft = _draft(source) if propose and "--mapping" in wrong else None
        _send(answers, {"done": str(source.path), "refused": wrong, "proposal": draft})
    except CareMetricsError as refusal:
        _send(answers, {"done": str(source.path), "refused": str(refusal)})


def _draft(source: Source) -> str | None:
    try:
        return proposed_mapping(source)
    except FileRefused:
        return None


def _header(piece: Reading) -> dict[str, Any]:
    told = {"table": piece.table, "read": piece.read, "unknown": piece.unknown_columns, "removed": piece.removed}
    return told | {"format": piece.format}


def _send(answers: BinaryIO, header: Mapping[str, Any], *frames: pl.DataFrame) -> None:
    told = json.dumps(header).encode()
    rows, quarantined = map(_bytes, frames) if frames else (b"", b"")
    answers.write(LENGTHS.pack(len(told), len(rows), len(quarantined)))
    for part in (told, rows, quarantined):
        answers.write(part)
    answers.flush()


def _bytes(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc_stream(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
