"""The served app killed after "Saved." stands on the screen; short in test_server_kills.py, long in tests/faults."""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from care_metrics.reviews import open_database
from tests.browser.signed_in import answers, free_port

from .reviewers import Reviewer

ROOT = Path(__file__).resolve().parents[2]
# So many seconds at most after an acknowledgement the kill falls: into another's save, the next run, or a pause.
MOMENTS_S, PATIENCE_S = 0.15, 60.0
AT_ONCE = 2


@dataclass
class Tally:
    """acknowledged: texts for which the screen said "Saved."; in_flight: texts sent, and the server killed before that word.

    kept: of those in flight, how many stand in the database. lost: acknowledged texts that do not; doubled: texts that
    stand there twice; damaged: times the file that a killed server left was.
    """

    kills: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    kept: int = 0
    lost: int = 0
    doubled: int = 0
    damaged: int = 0


def kill_servers(
    store: str, database: Path, contacts: list[str], kills: int, seed: int = 0, minutes: float = float("inf")
) -> Tally:
    """Serve, let AT_ONCE reviewers save, kill the server after an acknowledged save, look, serve again; so many times.

    contacts: client/interaction_id, AT_ONCE a server in turn. All servers have one database, a SQLite file. At most so many
    minutes.
    """
    open_database(str(database)).engine.dispose()
    moments, turn, tally = random.Random(seed), count(), Tally()
    told: set[str] = set()
    sent: set[str] = set()
    until = time.monotonic() + 60 * minutes
    with nursery(store, database) as serve:
        while tally.kills < kills and time.monotonic() < until:
            reviewers = [Reviewer(contacts[next(turn) % len(contacts)]) for _ in range(AT_ONCE)]
            asyncio.run(_one_life(reviewers, *serve(), tally.kills, moments))
            tally.kills += 1
            tally.damaged += not _sound(database)
            told |= {text for one in reviewers for text in one.told}
            sent |= {text for one in reviewers for text in one.sent}
    stored = _texts(database)
    tally.acknowledged, tally.in_flight = len(told), len(sent - told)
    tally.kept, tally.lost = len((sent - told) & set(stored)), len(told - set(stored))
    tally.doubled = len(stored) - len(set(stored))
    return tally


@contextmanager
def nursery(store: str, database: Path) -> Iterator[Callable[[], tuple[str, int]]]:
    """serve() -> address and pid of a new server, once it answers."""
    port = free_port()
    environment = os.environ | {"CARE_METRICS_STORE": store, "CARE_METRICS_DATABASE": str(database)}
    command = [sys.executable, "-m", "tests.reviews.nursery", str(port)]
    forks = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    asking, told = forks.stdin, forks.stdout
    assert asking
    assert told

    def serve() -> tuple[str, int]:
        print("one more", file=asking, flush=True)
        server = int(told.readline())
        answers(f"http://127.0.0.1:{port}/_stcore/health")
        return f"http://127.0.0.1:{port}", server

    with forks:
        yield serve


async def _one_life(reviewers: list[Reviewer], base: str, server: int, life: int, moments: random.Random) -> None:
    """Kill the server at a random moment after an acknowledged save: mostly the first, of some servers a later one."""
    number, heard = count(), asyncio.Semaphore(0)
    working = [
        asyncio.create_task(one.work(base, lambda: f"text {life}.{next(number)}", heard.release)) for one in reviewers
    ]
    try:
        for _ in range(moments.choice((1, 1, 2, 4))):
            saved = asyncio.create_task(heard.acquire())
            await asyncio.wait([saved, *working], timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
            ended = [one for one in working if one.done()]
            assert not ended, f"A reviewer was cut off: {[one.exception() for one in ended]}"
            assert saved.done(), f"No save was acknowledged within {PATIENCE_S} s."
        await asyncio.sleep(moments.uniform(0, MOMENTS_S))
    finally:
        os.kill(server, signal.SIGKILL)
    # What was on its way to the screen is still read.
    await asyncio.wait(working, timeout=PATIENCE_S)


def _sound(database: Path) -> bool:
    """Whether the file is, as the next server will find it: a copy is looked at, so that this server puts it right by itself."""
    with tempfile.TemporaryDirectory() as folder:
        for left in database.parent.glob(f"{database.name}*"):
            shutil.copy(left, folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as copy:
            return copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _texts(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as left:
        return [text for (text,) in left.execute("SELECT coaching_note FROM reviews")]
