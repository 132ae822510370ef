"""Measure bulk ingests: time and memory of `ingest` on a stream made from a simulated client, and the same files again.

    python benchmarks/ingest.py [INTERACTIONS...] [--seed 7]  measure each size, keep the results, write the table
    python benchmarks/ingest.py --render                      write the table of benchmarks/README.md from the kept results

Interactions carry five turns each on average. Conversations repeat but for one turn in fifty, which has a number of its own:
more texts than redaction keeps in mind, whose rate on distinct ones `benchmarks/redaction.py` measures. Memory is looked at four times a second: the resident set of the command, of it together with its
reader and redaction processes (pages they share counted in each), and the same with each page counted once (PSS).
"""

import argparse
import json
import os
import platform
import resource
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

RESULT, PAGE = HERE / "results" / "ingest.json", HERE / "README.md"
START, END = "<!-- ingest -->", "<!-- /ingest -->"
CLIENT, SIZE, TURNS_A_LEG = "cobalt_mobile", 20_000, 5
MOST_MB = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("interactions", type=int, nargs="*", default=[50_000, 250_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--render", action="store_true", help="only write the page from the kept result")
    chosen = parser.parse_args()
    if not chosen.render:
        machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        for interactions in chosen.interactions:
            keep(measure(interactions, chosen.seed), machine, chosen.seed)
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), json.loads(RESULT.read_text("utf-8"))), "utf-8")


def keep(size: dict[str, Any], machine: str, seed: int) -> None:
    """Put a size beside the kept ones of the same machine and seed, in the place of its like."""
    result: dict[str, Any] = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    kept = result["sizes"] if (result.get("machine"), result.get("seed")) == (machine, seed) else []
    sizes = [one for one in kept if one["interactions"] != size["interactions"]] + [size]
    result = {"machine": machine, "seed": seed, "sizes": sorted(sizes, key=lambda one: one["interactions"])}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def measure(interactions: int, seed: int) -> dict[str, Any]:
    """Two runs of the command on the same files: everything new, nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        export, store = Path(folder) / "export", Path(folder) / "store"
        export.mkdir()
        rows = written(export, interactions, seed)
        first, again = (run(export, store) for _ in range(2))
    return {**rows, "first": first, "again": again}


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
            copy = _numbered(frame, counts["files"]).with_columns(pl.col("interaction_id") + mark)
            copy.write_csv(folder / f"{name}{mark}.csv", datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ")
            counts[name] += copy.height
            counts["files"] += 1
    return counts


def _numbered(frame: pl.DataFrame, copy: int) -> pl.DataFrame:
    """One turn in fifty with a number that hardly any other has."""
    if "text" not in frame.columns:
        return frame
    place = pl.int_range(pl.len())
    number = (place * 7_919 + copy * 104_729) % 900_000 + 100_000
    told = pl.col("text") + ", order number " + number.cast(pl.String)
    return frame.with_columns(text=pl.when(place % 50 == 0).then(told).otherwise("text"))


def run(export: Path, store: Path) -> dict[str, float]:
    """Seconds, seconds of processor, and the largest memory in MB."""
    words = [sys.executable, "-m", "care_metrics", "ingest", str(export), "--client", "acme", "--store", str(store)]
    started, busy = time.monotonic(), _busy()
    peak = {"own_mb": 0, "together_mb": 0, "pss_mb": 0}
    with subprocess.Popen(words, cwd=HERE.parent, stderr=subprocess.DEVNULL) as command:
        while command.poll() is None:
            tree = [_memory(pid) for pid in _tree(command.pid)]
            now = tree[0]["Rss"], sum(one["Rss"] for one in tree), sum(one["Pss"] for one in tree)
            peak = {name: max(most, kb // 1024) for (name, most), kb in zip(peak.items(), now, strict=True)}
            time.sleep(0.25)
    assert command.returncode == 0
    return {"seconds": round(time.monotonic() - started, 1), "cpu_s": round(_busy() - busy, 1), **peak}


def _busy() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(pid: int) -> dict[str, int]:
    """Kilobytes; 0 for a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        lines = []
    found = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return {name: found.get(name, 0) for name in ("Rss", "Pss")}


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


def missed(result: dict[str, Any]) -> str:
    """At which sizes the memory goal is missed, and by how much."""
    over = [size for size in result["sizes"] if size["first"]["together_mb"] > MOST_MB]
    told = [f"{size['interactions']:,} interactions ({size['first']['together_mb']:,} MB)" for size in over]
    return f"Missed at {', '.join(told)}." if told else "Met at all sizes."


def section(result: dict[str, Any]) -> str:
    """The measured part: two rows a size."""
    lines = [
        f"`ingest` of a stream of our own making, seed {result['seed']}, {result['machine']}, on which other work went on; "
        "roll-up included. Conversations repeat but for one turn in fifty; how fast distinct ones are redacted, which is most "
        "of the work on a real stream, says docs/redaction.md. Memory: the command alone, with its reader and redaction processes, "
        f"and the same with shared pages counted once; the goal is {MOST_MB:,} MB whatever the number of rows. {missed(result)}",
        "",
        "| interactions | turns | files | run | seconds | CPU s | rows a CPU second | alone, MB | together, MB | PSS, MB |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for size in result["sizes"]:
        rows = size["interactions"] + size["turns"]
        for name, what in (("first", "everything new"), ("again", "the same again")):
            run = size[name]
            lines.append(
                f"| {size['interactions']:,} | {size['turns']:,} | {size['files']:,} | {what} | {run['seconds']:,.0f} "
                f"| {run['cpu_s']:,.0f} | {rows / run['cpu_s']:,.0f} | {run['own_mb']:,} | {run['together_mb']:,} "
                f"| {run['pss_mb']:,} |"
            )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
