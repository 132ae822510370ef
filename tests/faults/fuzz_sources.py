"""A long fuzz of the readers in their limited process: damaged files of every format, and rows of anything.

python tests/faults/fuzz_sources.py [FILES] [ROWS] [SEED]   (10,000 files and 1,000,000 rows take some minutes)
Prints what was refused by kind; exits 1 if a file is neither read in full account nor refused properly. A run of at least
10,000 files and 1,000,000 rows is kept in benchmarks/results/fuzz.json and written into docs/sources.md; `--render` only
writes that.
"""

import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from care_metrics.sources.isolated import Done, Options, read_files
from tests.sources.damage import STUFFING, damaged
from tests.sources.exports_invented import FILES

ROOT = Path(__file__).resolve().parents[2]
RESULT, PAGE = ROOT / "benchmarks" / "results" / "fuzz.json", ROOT / "docs" / "sources.md"
START, END = "<!-- fuzz -->", "<!-- /fuzz -->"
KEPT_FROM = (10_000, 1_000_000)
ROWS = ("rows accepted", "rows quarantined")
BATCH, ROWS_A_FILE = 500, 20_000
UNPLANNED = ("cannot be read (", "answer nonsense", "built to break", "took too long")


def main(files: int, rows: int, seed: int) -> int:
    """Fuzz, print the account, and say how many failures there were."""
    chance = random.Random(seed)
    started, seen, failures = time.monotonic(), Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, files, BATCH):
            paths = [_broken(Path(folder), chance, number) for number in range(first, min(first + BATCH, files))]
            failures += _judged(paths, seen)
        for number in range(rows // ROWS_A_FILE):
            failures += _judged([_rows(Path(folder), chance, number)], seen)
    took = round(time.monotonic() - started)
    print(f"seed {seed}: {files:,} files, {rows:,} rows in {took} s; {failures} failures")
    for reason, times in seen.most_common(25):
        print(f"{times:8,}  {reason}")
    if (files, rows) >= KEPT_FROM:
        account = {"seed": seed, "files": files, "rows": rows, "seconds": took, "failures": failures}
        RESULT.write_text(json.dumps(account | {"endings": dict(seen.most_common())}, indent=1) + "\n", "utf-8")
        render()
    return failures


def render() -> None:
    """Write the kept result into the page."""
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), json.loads(RESULT.read_text("utf-8"))), "utf-8")


def rendered(page: str, result: dict[str, Any]) -> str:
    """The page with its part about the fuzz run from a result."""
    endings = result["endings"]
    refused = sum(times for ending, times in endings.items() if ending not in ("read", *ROWS))
    told = (
        f"{result['files']:,} damaged files of every format and {result['rows']:,} rows of anything, seed {result['seed']}, "
        f"in {result['seconds']:,} s: {endings.get('read', 0):,} files read, {refused:,} refused with a sentence; "
        f"{endings.get(ROWS[0], 0):,} rows accepted, {endings.get(ROWS[1], 0):,} quarantined. Tracebacks, hangs, crashes and "
        f"files whose rows do not add up: {result['failures']:,}."
    )
    before, rest = page.split(START)
    return f"{before}{START}\n{told}\n{END}{rest.split(END)[1]}"


def _broken(folder: Path, chance: random.Random, number: int) -> Path:
    name = chance.choice(list(FILES))
    path = folder / str(number % BATCH) / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(damaged(FILES[name], chance.getrandbits(32)))
    return path


def _rows(folder: Path, chance: random.Random, number: int) -> Path:
    """Lines of a table whose cells are good, odd or impossible."""
    good = ["i1", "2024-05-01T10:00:00Z", "handled", "12.5", "true", "a text"]
    odd = [part.decode("utf-8", "ignore") for part in STUFFING] + ["", "1,5", "2024-05-01", "lost", "é\u0301", "=1+1"]
    path = folder / f"interactions_{number % 2}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("interaction_id,started_at,outcome,talk_s,escalated,reason\n")
        for _ in range(ROWS_A_FILE):
            file.write(",".join(chance.choice(odd) if chance.random() < 0.05 else cell for cell in good) + "\n")
    return path


def _judged(paths: list[Path], seen: Counter[str]) -> int:
    """Read the files; count each ending, and the failures among them."""
    failures = 0
    for answer in read_files(paths, Options("acme")):
        if isinstance(answer, Done):
            ending = answer.refused.wrong if answer.refused else "read"
            seen[ending.split("(")[0][:60]] += 1
            wrong = any(sign in ending for sign in UNPLANNED) or "\n" in ending
        else:
            seen[ROWS[0]] += answer.rows.height
            seen[ROWS[1]] += answer.quarantined.height
            wrong, ending = answer.read != answer.rows.height + answer.quarantined.height, "does not add up"
        if wrong:
            failures += 1
            print(f"failure: {answer.file}: {ending}")
    return failures


if __name__ == "__main__":
    if sys.argv[1:] == ["--render"]:
        sys.exit(render())
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(1 if main(*(numbers + [2_000, 200_000, 1][len(numbers) :])) else 0)
