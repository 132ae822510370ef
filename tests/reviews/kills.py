"""Writers that are killed while they write, and many that write at once; short in test_faults.py, long in tests/faults."""

import json
import os
import random
import select
import signal
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from care_metrics.errors import CareMetricsError
from care_metrics.reviews.engine import Database
from care_metrics.reviews.review import history, reviews, save_review
from care_metrics.reviews.review_rows import Review, TurnVerdict
from care_metrics.scope import Scope

SCOPE = Scope(frozenset({"acme"}), "internal", "ana", "qa_lead")
HOT = "hot"  # the contact whose one review every third write revises


def form(key: str, version: int = 0, contact: str | None = None) -> Review:
    """A review of 1 to 30 kB whose whole text follows from its key, so that a torn or mixed one shows."""
    size = random.Random(key).randint(5, 150)
    turns = tuple(TurnVerdict(number, number % 2 == 0, 0.5, None) for number in range(size))
    return Review("acme", contact or key, coaching_note=f"{key} " * size, turns=turns, key=key, version=version)


@dataclass
class Tally:
    """What several kills left: acknowledged texts that are lost or differ, texts stored twice, files found damaged."""

    kills: int = 0
    acknowledged: int = 0
    resubmitted: int = 0
    lost: int = 0
    doubled: int = 0
    damaged: int = 0


def kill_writers(url: str, kills: int, seed: int = 0) -> Tally:
    """Let a writer save, kill it at a random moment after an acknowledged save, look; so many times."""
    moments, tally, acknowledged = random.Random(seed), Tally(), set()
    for number in range(kills):
        tried, saved = _one_kill(url, f"w{seed}.{number}", moments)
        database = Database(url)
        tally.kills += 1
        acknowledged |= saved
        tally.damaged += not _sound(database)
        for key in tried - saved:  # what a browser sends again when it is back: stored once, whatever had happened
            if not key.startswith(HOT):
                save_review(SCOPE, database, form(key))
                acknowledged.add(key)
                tally.resubmitted += 1
        database.engine.dispose()
    _compare(Database(url), acknowledged, tally)
    return tally


def _one_kill(url: str, name: str, moments: random.Random) -> tuple[set[str], set[str]]:
    """The keys a killed writer had tried to save, and those it had said were saved."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _write_for_ever(url, name, writing)
    os.close(writing)
    told = b""
    while b"saved" not in told:
        piece = os.read(reading, 4096)
        assert piece, "the writer ended by itself"
        told += piece
    time.sleep(moments.uniform(0, 0.06))
    os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 65536):
        told += piece
    os.close(reading)
    os.waitpid(child, 0)
    words = [line.split() for line in told.decode().splitlines() if line.endswith(".")]
    return {key for act, key in words if act == "try"}, {key for act, key in words if act == "saved"}


def _write_for_ever(url: str, name: str, writing: int) -> None:
    try:
        database = Database(url)
        for number in range(1_000_000):
            revises = number % 3 == 2
            key = f"{HOT if revises else ''}{name}.{number}."
            version = _seen(database) if revises else 0
            os.write(writing, f"try {key}\n".encode())
            save_review(SCOPE, database, form(key, version, HOT if revises else None))
            os.write(writing, f"saved {key}\n".encode())
    finally:
        os._exit(1)


def _seen(database: Database) -> int:
    with database.reading() as connection:
        return connection.exec_driver_sql(
            f"SELECT coalesce(max(version), 0) FROM reviews WHERE interaction_id = '{HOT}'"
        ).scalar_one()


def _sound(database: Database) -> bool:
    if database.path is None:
        return True
    with database.reading() as connection:
        return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def _compare(database: Database, acknowledged: set[str], tally: Tally) -> None:
    stored = [one for one in reviews(SCOPE, database) if one.interaction_id != HOT] + history(
        SCOPE, database, "acme", HOT
    )
    texts = {one.key: (one.coaching_note, one.turns) for one in stored}
    tally.acknowledged = len(acknowledged)
    tally.doubled = len(stored) - len(texts)
    tally.lost = sum(texts.get(key) != (form(key).coaching_note, form(key).turns) for key in acknowledged)
    database.engine.dispose()


@dataclass
class Load:
    """What many writers at once saw: errors by text, and the seconds each save took."""

    writes: int
    rows: int
    errors: list[str]
    seconds: list[float]

    def percentile(self, share: float) -> float:
        """The seconds that this share of the saves stayed within."""
        return sorted(self.seconds)[int(share * (len(self.seconds) - 1))]


def write_at_once(url: str, processes: int, writes: int, folder: Path) -> Load:
    """So many processes saving so many new reviews each, all from one start."""
    gate_in, gate_out = os.pipe()
    children = [_start(url, number, writes, folder, gate_in, gate_out) for number in range(processes)]
    os.close(gate_in)
    os.close(gate_out)  # the last writer's end: every child's read returns at once
    for child in children:
        os.waitpid(child, 0)
    told = [json.loads((folder / f"{number}.json").read_text()) for number in range(processes)]
    database = Database(url)
    rows = len(reviews(SCOPE, database))
    database.engine.dispose()
    return Load(
        processes * writes, rows, *(list(_chained(one[name] for one in told)) for name in ("errors", "seconds"))
    )


def _chained(lists) -> Iterator:
    for one in lists:
        yield from one


def _start(url: str, number: int, writes: int, folder: Path, gate_in: int, gate_out: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        os.close(gate_out)
        select.select([gate_in], [], [])
        errors, seconds, database = [], [], Database(url)
        for write in range(writes):
            begun = time.perf_counter()
            try:
                save_review(SCOPE, database, form(f"p{number}.{write}."))
            except (CareMetricsError, sqlite3.Error) as error:
                errors.append(str(error))
            seconds.append(time.perf_counter() - begun)
        (folder / f"{number}.json").write_text(json.dumps({"errors": errors, "seconds": seconds}))
    finally:
        os._exit(0)
