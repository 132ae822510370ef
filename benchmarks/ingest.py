"""Measure a bulk ingest: time and memory of `ingest` on many copies of a simulated client, and the same files again.

    python benchmarks/ingest.py [INTERACTIONS] [--seed 7]     measure, keep the result, write the table into docs/sources.md
    python benchmarks/ingest.py --render                      write the table from the kept result

Interactions carry five turns each on average. Memory is the resident set of the command, and of it together with its
reader and redaction processes (pages they share counted in each), looked at four times a second.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from care_metrics.demo import simulate  # noqa: E402

RESULT, PAGE = HERE / "results" / "ingest.json", HERE.parent / "docs" / "sources.md"
START, END = "<!-- measured -->", "<!-- /measured -->"
CLIENT, SIZE, TURNS_A_LEG, PAGE_KB = "cobalt_mobile", 20_000, 5, os.sysconf("SC_PAGE_SIZE") // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("interactions", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--render", action="store_true", help="only write the page from the kept result")
    chosen = parser.parse_args()
    if not chosen.render:
        RESULT.write_text(json.dumps(measure(chosen.interactions, chosen.seed), indent=1) + "\n", "utf-8")
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), json.loads(RESULT.read_text("utf-8"))), "utf-8")


def measure(interactions: int, seed: int) -> dict[str, Any]:
    """Two runs of the command on the same files: everything new, nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        export, store = Path(folder) / "export", Path(folder) / "store"
        export.mkdir()
        rows = written(export, interactions, seed)
        first, again = (run(export, store) for _ in range(2))
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "seed": seed,
        **rows,
        "first": first,
        "again": again,
    }


def written(folder: Path, interactions: int, seed: int) -> dict[str, int]:
    """Copies of the simulated client with ids of their own, one pair of files a copy."""
    tables = simulate(SIZE, seed)[CLIENT]
    legs = tables["interactions"].select(pl.exclude("contact_id", "case_id"))
    told = tables["turns"].partition_by("interaction_id", maintain_order=True)
    of_leg = [
        told[number % len(told)] for number in range(legs.height * TURNS_A_LEG * len(told) // tables["turns"].height)
    ]
    names = legs["interaction_id"].to_list()
    turns = pl.concat(
        [part.with_columns(interaction_id=pl.lit(name)) for part, name in zip(of_leg, names, strict=False)]
    )
    counts = {"interactions": 0, "turns": 0, "files": 0}
    while counts["interactions"] < interactions:
        mark = f"-{counts['files']}"
        for name, frame in (("interactions", legs), ("turns", turns)):
            copy = frame.with_columns(pl.col("interaction_id") + mark)
            copy.write_csv(folder / f"{name}{mark}.csv", datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ")
            counts[name] += copy.height
            counts["files"] += 1
    return counts


def run(export: Path, store: Path) -> dict[str, float]:
    """Seconds, and the largest memory in MB of the command and of it with its children."""
    words = [sys.executable, "-m", "care_metrics", "ingest", str(export), "--client", "acme", "--store", str(store)]
    started, own, together = time.monotonic(), 0, 0
    with subprocess.Popen(words, cwd=HERE.parent) as command:
        while command.poll() is None:
            own = max(own, _resident(command.pid))
            together = max(together, sum(map(_resident, _tree(command.pid))))
            time.sleep(0.25)
    assert command.returncode == 0
    return {"seconds": round(time.monotonic() - started, 1), "own_mb": own // 1024, "together_mb": together // 1024}


def _resident(pid: int) -> int:
    """Kilobytes; 0 for a process that is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_KB
    except (OSError, IndexError):
        return 0


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *(found for child in children for found in _tree(int(child)))]


def rendered(page: str, result: dict[str, Any]) -> str:
    """The page with its measured part from a result."""
    before, rest = page.split(START)
    return f"{before}{START}\n{section(result)}{END}{rest.split(END)[1]}"


def section(result: dict[str, Any]) -> str:
    """The measured part: a row a run."""
    lines = [
        f"{result['interactions']:,} interactions with {result['turns']:,} turns in {result['files']} files, "
        f"seed {result['seed']}, {result['machine']}; roll-up included:",
        "",
        "| run | seconds | turns a second | memory of the command, MB | with its processes, MB |",
        "|---|---|---|---|---|",
    ]
    for name, what in (("first", "everything new"), ("again", "the same files again")):
        run = result[name]
        rate = result["turns"] / run["seconds"]
        lines.append(f"| {what} | {run['seconds']:,.0f} | {rate:,.0f} | {run['own_mb']:,} | {run['together_mb']:,} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
