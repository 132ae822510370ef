"""The served app killed after "Saved." stands on the screen, again and again on one database: python tests/faults/server_kills.py.

    [--kills 1000] [--minutes N] [--folder DISK] [--seed N]   keeps the result, then writes the table of docs/reviews.md

Two reviewers at a time by websocket, as a browser holds one. A server is forked from a process that has read the libraries.
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "faults")]

from reviews_kills import about, commit  # noqa: E402
from reviews_page import PAGE, SERVER, rendered  # noqa: E402

from care_metrics.reviews.locate import SQLITE  # noqa: E402
from tests.pages.centre import build  # noqa: E402
from tests.reviews.server_kills import kill_servers  # noqa: E402

# Every third contact of the small centre has a transcript.
CONTACTS = [f"{client}/{client[0]}{number}" for number in range(3, 343, 3) for client in ("acme_air", "zeta_bank")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="no new server after so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where the SQLite file goes: name one on a real disk")
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        store, database = build(Path(folder)), Path(folder) / "care_metrics.db"
        tally = kill_servers(store.url, database, CONTACTS, asked.kills, asked.seed, asked.minutes)
    found = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit(), "seed": asked.seed}
    found |= about(SQLITE) | asdict(tally) | {"seconds": round(time.monotonic() - begun)}
    SERVER.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(json.dumps(found, indent=1))
    return int(bool(tally.lost or tally.doubled or tally.damaged))


if __name__ == "__main__":
    raise SystemExit(main())
