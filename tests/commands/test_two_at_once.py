"""I23: of many ingests started together exactly one runs; the others say that the store is locked, and a dead one frees it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Semaphore

import pytest
from filelock import FileLock, Timeout

from care_metrics.commands import ingest as ingesting
from care_metrics.commands.ingest import IngestReport, ingest
from care_metrics.errors import StoreBusy
from care_metrics.settings import ROOT
from care_metrics.sources.isolated import Done, Options
from care_metrics.sources.reading import Reading
from care_metrics.store import Store
from tests.conftest import read_here

STARTS = 50
LOCKED = "locked by another ingest"


@pytest.fixture
def export(tmp_path: Path) -> str:
    path = tmp_path / "interactions.csv"
    path.write_text("interaction_id,started_at,outcome\ni1,2024-05-01T10:00:00Z,handled\n")
    return str(path)


def test_of_fifty_starts_one_runs_and_the_others_say_so_within_5_s(
    store: Store, export: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    others_done, refused, inside = Event(), Semaphore(0), Semaphore(1)

    def slow(paths: Sequence[Path], options: Options) -> Iterator[Reading | Done]:
        assert inside.acquire(blocking=False), "two are at work at once"
        assert others_done.wait(60)
        yield from read_here(paths, options)
        inside.release()

    def start(_: int) -> tuple[IngestReport | StoreBusy, float]:
        begun = time.monotonic()
        try:
            return ingest(store, [export], "acme"), 0.0
        except StoreBusy as busy:
            refused.release()
            return busy, time.monotonic() - begun

    monkeypatch.setattr(ingesting, "read_files", slow)
    with ThreadPoolExecutor(STARTS) as pool:
        started = [pool.submit(start, number) for number in range(STARTS)]
        for _ in range(STARTS - 1):
            assert refused.acquire(timeout=60)
        others_done.set()
        ends = [one.result() for one in started]
    [report] = [end for end, _ in ends if isinstance(end, IngestReport)]
    assert [one.accepted for one in report.files] == [1]
    assert all(LOCKED in str(end) for end, _ in ends if isinstance(end, StoreBusy))
    assert max(waited for _, waited in ends) < 5
    assert store.snapshot().version == report.version == 1


def command(store: Store, export: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "care_metrics", "ingest", export, "--client", "acme", "--store", store.url]
    return subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def test_a_killed_command_frees_the_store_for_the_next(store: Store, export: str) -> None:
    holder = command(store, export)
    _wait_until_held(Path(store.url) / ".lock", holder)
    os.kill(holder.pid, signal.SIGSTOP)
    try:
        late = command(store, export)
        said = late.communicate(timeout=60)[1]
        assert (late.returncode, LOCKED in said, "Traceback" in said) == (1, True, False), said
    finally:
        holder.kill()
        holder.communicate()
    after = command(store, export)
    assert "accepted 1" in after.communicate(timeout=60)[1]
    assert after.returncode == 0


def _wait_until_held(lock: Path, holder: subprocess.Popen[str]) -> None:
    while holder.poll() is None:
        if lock.exists():
            try:
                with FileLock(lock, timeout=0):
                    pass
            except Timeout:
                return
        time.sleep(0.005)
    pytest.fail("the command ended before it was stopped")
