"""The parent's end of a worker: starts it, feeds it its job, waits no longer than allowed, checks what it answers."""

import io
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from care_metrics.errors import FileRefused
from care_metrics.settings import ROOT, settings
from care_metrics.sources.formats import formats
from care_metrics.sources.reading import QUARANTINED, Reading, rows_schema
from care_metrics.sources.worker import LENGTHS

START_S = 60.0
QUICKEST_S, MB_A_SECOND = 30.0, 1.0  # how long a small file may take, and what each further megabyte adds


class GoneError(Exception):
    """The worker died or was stopped; the text says why, in words for the operator."""


class TooSlowError(GoneError):
    """It was stopped because it took longer than the file may; to try again would only double the wait."""


class WorkerProcess:
    """One process and the pipe on which it answers."""

    def __init__(self, job: dict[str, Any]) -> None:
        self._memory_mb = settings().ingest_memory_mb
        self._ready, self._left_s = False, START_S
        self.proposal: str | None = None
        self._pipe, answer_fd = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "care_metrics.sources.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # a library's complaint may quote the data
            pass_fds=(answer_fd,),
            cwd=os.getcwd(),
            env=_environment(),
        )
        os.close(answer_fd)
        self._order(job | {"answer_fd": answer_fd, "memory_mb": self._memory_mb})

    def __enter__(self) -> "WorkerProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._pipe)

    def readings(self, path: Path) -> Iterator[Reading]:
        """The next file's readings; FileRefused as the worker says, GoneError if it says nothing any more."""
        if not self._ready:
            self._message()
            self._ready = True
        self._left_s = _time_for(path)
        while True:
            header, rows, quarantined = self._message()
            if "done" in header:
                self.proposal = header.get("proposal")
                if "refused" in header:
                    raise FileRefused(path, header["refused"])
                return
            yield _reading(path, header, rows, quarantined)

    def _message(self) -> tuple[dict[str, Any], bytes, bytes]:
        told, rows, quarantined = LENGTHS.unpack(self._take(LENGTHS.size))
        return json.loads(self._take(told)), self._take(rows), self._take(quarantined)

    def _take(self, size: int) -> bytes:
        """So many bytes of the answer; only the time spent waiting for them counts against the file's limit."""
        parts = bytearray()
        while len(parts) < size:
            before = time.monotonic()
            ready = select.select([self._pipe], [], [], max(self._left_s, 0))[0]
            self._left_s -= time.monotonic() - before
            if not ready:
                raise TooSlowError("took too long to read; split it, or raise CARE_METRICS_INGEST_TIMEOUT_S.")
            part = os.read(self._pipe, min(size - len(parts), 1 << 20))
            if not part:
                raise GoneError(self._how_it_died())
            parts += part
        return bytes(parts)

    def _how_it_died(self) -> str:
        code = self._process.wait()
        told = f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"
        return (
            f"needs more than {self._memory_mb:,} MB to be read, or is built to break its reader ({told}); "
            "check where it came from, or raise CARE_METRICS_INGEST_MEMORY_MB."
        )

    def _order(self, job: dict[str, Any]) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(job).encode())
            self._process.stdin.close()
        except BrokenPipeError:
            pass  # it died at once; the first answer will say so


def _environment() -> dict[str, str]:
    threads = dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return dict(os.environ) | threads | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def _time_for(path: Path) -> float:
    size = path.stat().st_size if os.path.isfile(path) else 0
    return min(settings().ingest_timeout_s, QUICKEST_S + size / (1 << 20) / MB_A_SECOND)


def _reading(path: Path, header: dict[str, Any], rows: bytes, quarantined: bytes) -> Reading:
    """The worker's answer, checked: it has read a stranger's bytes and is believed no more than they are."""
    try:
        frames = pl.read_ipc_stream(io.BytesIO(rows)), pl.read_ipc_stream(io.BytesIO(quarantined))
        sound = dict(frames[0].schema) == rows_schema(header["table"]) and dict(frames[1].schema) == QUARANTINED
        sound = sound and header["format"] in formats()
        balanced = header["read"] == frames[0].height + frames[1].height
    except (KeyError, TypeError, ValueError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        sound = balanced = False
        frames = pl.DataFrame(), pl.DataFrame()
    if not sound or not balanced:
        raise GoneError("made its reader answer nonsense; check where it came from.")
    told = (header["read"], tuple(header["unknown"]), header["removed"], header["format"])
    return Reading(str(path), header["table"], *frames, *told)
