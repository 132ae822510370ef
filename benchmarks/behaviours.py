"""Time the behaviours scorer on agent turns against transformers' pipeline over a model of the same encoder.

    python benchmarks/behaviours.py --turns turns.parquet [--rounds 3]

`--turns` is a Parquet file with `role` and `text`; its distinct agent turns are scored. No pipeline reads a behaviours model, so
the reference is the pipeline with the sentiment model, whose encoder has one layer more. Compare ratios, never one absolute time.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from scoring import MEDIUM, machine, reference_pipeline, run_pipeline  # noqa: E402

from care_metrics.models.behaviours import load_behaviours  # noqa: E402

RESULTS, README = HERE / "results" / "behaviours.json", HERE / "README.md"
START, END = "<!-- behaviours -->", "<!-- /behaviours -->"
WAYS = {
    "pipeline32": "`transformers.pipeline` with the sentiment model, `batch_size=32`",
    "one": "behaviours, one worker",
    "all": "behaviours, a worker a core",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    said = pl.read_parquet(chosen.turns).filter(pl.col("role") == "agent")["text"].unique(maintain_order=True)
    results = measure(said.sample(fraction=1.0, shuffle=True, seed=1).to_list(), chosen.rounds)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    README.write_text(rendered(README.read_text("utf-8"), results), "utf-8")


def measure(texts: list[str], rounds: int) -> dict[str, Any]:
    """Turns a second of every way, after one round to warm up."""
    pipe, one, several = reference_pipeline(), load_behaviours(workers=1), load_behaviours()
    ways = {
        "pipeline32": lambda: run_pipeline(pipe, texts[:MEDIUM], 32),
        "one": lambda: len(one.score(texts)),
        "all": lambda: len(several.score(texts)),
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            started = time.perf_counter()
            rates[name].append(way() / (time.perf_counter() - started))
    pairs = {name: zip(found[1:], rates["pipeline32"][1:], strict=True) for name, found in rates.items()}
    return {
        "machine": f"{machine()}, {os.cpu_count()} cores",
        "revision": one.revision,
        "turns": len(texts),
        "characters_a_turn": statistics.mean(map(len, texts)),
        "rounds": rounds,
        "turns_a_second": {name: statistics.median(found[1:]) for name, found in rates.items()},
        "over_pipeline32": {
            name: statistics.median(ours / theirs for ours, theirs in both) for name, both in pairs.items()
        },
    }


def section(results: dict[str, Any]) -> str:
    """The benchmark's part of benchmarks/README.md."""
    head = (
        f"Behaviours (revision `{results['revision']}`) on {results['turns']:,} distinct agent turns of "
        f"{results['characters_a_turn']:.0f} characters on average; {results['machine']}; medians of "
        f"{results['rounds']} interleaved rounds."
    )
    lines = [head, "", "| way | turns a second | x over `batch_size=32` |", "|---|---|---|"]
    for name, rate in results["turns_a_second"].items():
        lines.append(f"| {WAYS[name]} | {rate:,.0f} | {results['over_pipeline32'][name]:.1f} |")
    return "\n".join(lines)


def rendered(page: str, results: dict[str, Any]) -> str:
    """The page with its measured part from a result."""
    head, _, rest = page.partition(START)
    return f"{head}{START}\n{section(results)}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    main()
