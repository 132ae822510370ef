"""The faults of the reviews database in their long form: python tests/faults/reviews_kills.py --output reviews_kills.json.

1,000 kills of a writer after an acknowledged save, 8 processes with 1,000 saves each, 500 killed migrations.
--database URL: a database to use up, e.g. PostgreSQL's (default: a SQLite file on the disk of --folder).
"""

import argparse
import json
import os
import platform
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from reviews.kills import kill_writers, write_at_once  # noqa: E402

from care_metrics.reviews import open_database  # noqa: E402
from care_metrics.reviews.engine import Database  # noqa: E402
from care_metrics.reviews.locate import SQLITE, database_url  # noqa: E402
from care_metrics.reviews.migrate import HEAD, migrate, revision  # noqa: E402
from care_metrics.reviews.sqlite import journal_mode  # noqa: E402


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--writes", type=int, default=1_000)
    parser.add_argument("--migrations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="URL of a database to use up")
    parser.add_argument("--folder", help="where the SQLite file goes: name one on a real disk")
    parser.add_argument("--output", type=Path, help="file for the results, as JSON")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        url = database_url(asked.database) if asked.database else SQLITE + str(Path(folder) / "care_metrics.db")
        open_database(url).engine.dispose()
        found = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit(), "seed": asked.seed}
        found |= about(url)
        found["writes"] = writes(url, asked, Path(folder))
        found["kills"] = kills(url, asked)
        found["migrations"] = killed_migrations(Path(folder), asked.migrations, asked.seed)
    text = json.dumps(found, indent=1)
    print(text)
    if asked.output:
        asked.output.write_text(text + "\n")
    return int(bad(found))


def about(url: str) -> dict[str, object]:
    """What was tried, on what."""
    machine = {"machine": platform.machine(), "system": platform.system(), "cores": os.cpu_count()}
    if not url.startswith(SQLITE):
        return {"engine": "PostgreSQL", **machine}
    return {"engine": "SQLite", "version": sqlite3.sqlite_version, "journal": journal_mode(), **machine}


def commit() -> str:
    """The revision of the program that was tried, marked where files were changed since."""
    asked = ("git", "describe", "--always", "--dirty", "--abbrev=12")
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def writes(url: str, asked: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Many processes saving at once: rows, errors, and how long a save took."""
    begun = time.monotonic()
    load = write_at_once(url, asked.processes, asked.writes, folder)
    times = {
        f"{name}_ms": round(1_000 * load.percentile(share), 1)
        for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1))
    }
    wrong = {"errors": len(load.errors), "kinds": dict(Counter(load.errors).most_common(3))}
    return {"asked": load.writes, "rows": load.rows, **wrong, **times, "seconds": round(time.monotonic() - begun, 1)}


def kills(url: str, asked: argparse.Namespace) -> dict[str, object]:
    """A writer killed at a random moment after an acknowledged save, again and again on one database."""
    begun = time.monotonic()
    return asdict(kill_writers(url, asked.kills, asked.seed)) | {"seconds": round(time.monotonic() - begun, 1)}


def killed_migrations(folder: Path, times: int, seed: int) -> dict[str, int]:
    """A migration from 0001 to the newest, killed at a random moment, the commit's included: what stood afterwards."""
    path, moments, found = folder / "migrated.db", random.Random(seed), Counter(old=0, new=0, torn=0)
    url = SQLITE + str(path)
    migrate(url, "0001")
    old = path.read_bytes()
    begun = time.monotonic()
    migrate(url)
    usual = time.monotonic() - begun
    for _ in range(times):
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
        path.write_bytes(old)
        child = os.fork()
        if child == 0:
            migrate(url)
            os._exit(0)
        time.sleep(moments.uniform(0, 1.2 * usual))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found[standing(Database(url))] += 1
    return dict(found)


def standing(database: Database) -> str:
    """Whether the tables are all of the old migration or all of the new."""
    with database.reading() as connection:
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE type = 'table'").scalar_one()
        sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    return {("0001", 11, True): "old", (HEAD, 17, True): "new"}.get((revision(database), tables, sound), "torn")


def bad(found: dict) -> bool:
    """Whether anything went wrong."""
    kills, writes = found["kills"], found["writes"]
    lost = (
        kills["lost"] or kills["doubled"] or kills["damaged"] or writes["errors"] or writes["rows"] != writes["asked"]
    )
    return bool(lost or found["migrations"]["torn"])


if __name__ == "__main__":
    raise SystemExit(main())
