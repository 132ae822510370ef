"""Time the sentiment scorer against transformers' pipeline and VADER, interleaved in one run on one core each.

    python benchmarks/scoring.py --stream customer_turns.parquet [--pairs turns.parquet] [--rounds 3]

`--stream` is a Parquet file with a column `text` (a real stream with its repeats), `--pairs` one with `text` and
`previous`. Ratios are medians over rounds; machines are noisy, so compare ratios, never one absolute time.
"""

import argparse
import json
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from care_metrics.models.batches import unique_pairs  # noqa: E402
from care_metrics.models.context import strip_role  # noqa: E402
from care_metrics.models.device import cpu_has_bf16  # noqa: E402
from care_metrics.models.sentiment import load_sentiment  # noqa: E402
from care_metrics.settings import settings, under_root  # noqa: E402

RESULTS, README = HERE / "results" / "scoring.json", HERE / "README.md"
START, END = "<!-- scoring -->", "<!-- /scoring -->"
SLOW, MEDIUM, CHECKED = 300, 1000, 4000
WAYS = {
    "pipeline": "`transformers.pipeline`, default call",
    "pipeline32": "`transformers.pipeline`, `batch_size=32`",
    "vader": "VADER",
    "unique": "ours, distinct turns only, one worker",
    "unique_all": "ours, distinct turns only, a worker a core",
    "stream": "ours, whole stream with repeats, one worker",
    "stream_all": "ours, whole stream with repeats, a worker a core",
    "pairs32": "with context: `transformers.pipeline`, `batch_size=32`",
    "pairs": "with context: ours, whole stream with repeats, one worker",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stream", type=Path, required=True)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="only score the stream once and print the peak memory")
    chosen = parser.parse_args()
    texts = pl.read_parquet(chosen.stream)["text"].to_list()
    if chosen.memory:
        load_sentiment(workers=1).score(texts)
        print(_peak_kilobytes())
        return
    pairs = _pairs(chosen.pairs) if chosen.pairs else None
    results = measure(texts, pairs, chosen.rounds)
    results["peak_memory_mb"] = _peak_memory(chosen.stream)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    write_section(results)


def measure(texts: list[str], pairs: tuple[list[str], list[str]] | None, rounds: int) -> dict[str, Any]:
    """Turns a second of every way, round by round, and how often labels differ from full precision."""
    unique = list(dict.fromkeys(text for text in texts if text.strip()))
    rng = np.random.default_rng(1)
    sample = [unique[i] for i in rng.permutation(len(unique))]
    pipe, one, several = reference_pipeline(), load_sentiment(workers=1), load_sentiment()
    ways = _ways(pipe, one, several, texts, sample)
    if pairs:
        order = rng.permutation(len(pairs[0]))
        ways["pairs32"] = lambda: run_pipeline(pipe, [(pairs[0][i], pairs[1][i]) for i in order[:MEDIUM]], 32)
        ways["pairs"] = lambda: len(one.score(*pairs))
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            started = time.perf_counter()
            rates[name].append(way() / (time.perf_counter() - started))
    rates = {name: found[1:] for name, found in rates.items()}
    return {
        "machine": machine(),
        "workers": several._encoder.workers,
        "rounds": rounds,
        "rows_a_distinct_turn": len(texts) / len(set(texts)),
        "rows_a_distinct_pair": _repeats(pairs) if pairs else None,
        "turns_a_second": {name: statistics.median(found) for name, found in rates.items()},
        "over_pipeline32": {name: _ratio(rates[name], rates[_reference(name)]) for name in rates},
        "over_pipeline": {
            name: _ratio(rates[name], rates["pipeline"]) for name in rates if not name.startswith("pairs")
        },
        "against_full_precision": _flips(pipe, one, sample[:CHECKED]),
    }


def _ways(pipe: Any, one: Any, several: Any, texts: list[str], sample: list[str]) -> dict[str, Callable[[], int]]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer().polarity_scores
    return {
        "pipeline": lambda: run_pipeline(pipe, sample[:SLOW], None),
        "pipeline32": lambda: run_pipeline(pipe, sample[:MEDIUM], 32),
        "vader": lambda: len([vader(text) for text in sample]),
        "unique": lambda: len(one.score(sample)),
        "unique_all": lambda: len(several.score(sample)),
        "stream": lambda: len(one.score(texts)),
        "stream_all": lambda: len(several.score(texts)),
    }


def reference_pipeline() -> Any:
    import torch
    from transformers import pipeline

    folder = under_root(settings().sentiment_model)
    return pipeline(
        "text-classification", model=folder, tokenizer=folder, dtype=torch.float32, device="cpu", top_k=None
    )


def machine() -> str:
    """What decides here: the processor, whether it computes in bf16, and whether it has matrix units (AMX) for it."""
    told = Path("/proc/cpuinfo").read_text("utf-8")
    name = re.search(r"model name\s*:\s*(.+)", told)
    units = "yes" if "amx_bf16" in told else "no"
    return f"{name[1].strip() if name else platform.machine()}, bf16 {'yes' if cpu_has_bf16() else 'no'}, AMX {units}"


def run_pipeline(pipe: Any, rows: Sequence[Any], batch_size: int | None) -> int:
    inputs = [row if isinstance(row, str) else {"text": row[0], "text_pair": strip_role(row[1])} for row in rows]
    return len(list(pipe(inputs, truncation=True, **({"batch_size": batch_size} if batch_size else {}))))


def _flips(pipe: Any, scorer: Any, texts: list[str]) -> dict[str, Any]:
    """Share of labels that differ from the pipeline in fp32, and the largest difference of a probability."""
    ours = scorer.score(texts)
    theirs = [{row["label"]: row["score"] for row in rows} for rows in pipe(texts, batch_size=32, truncation=True)]
    labels = [max(row, key=lambda name: row[name]) for row in theirs]
    flips = sum(a != b for a, b in zip(labels, ours["label"], strict=True))
    columns = ("negative", "neutral", "positive")
    gap = np.abs(ours.select(columns).to_numpy() - np.array([[row[name] for name in columns] for row in theirs]))
    return {"n": len(texts), "flips": flips, "share": flips / len(texts), "largest_difference": float(gap.max())}


def _pairs(path: Path) -> tuple[list[str], list[str]]:
    frame = pl.read_parquet(path).with_columns(pl.col("previous").fill_null(""))
    return frame["text"].to_list(), frame["previous"].to_list()


def _repeats(pairs: tuple[list[str], list[str]]) -> float:
    return len(pairs[0]) / len(unique_pairs(*pairs).texts)


def _reference(name: str) -> str:
    return "pairs32" if name.startswith("pairs") else "pipeline32"


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def _peak_memory(stream: Path) -> float:
    """Mebibytes at the peak of a process of its own that loads the model and scores the stream."""
    command = [sys.executable, __file__, "--stream", str(stream), "--memory"]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]) / 1024


def _peak_kilobytes() -> int:
    """Of this process alone: getrusage would give what the process had that started it, if that was more (Linux)."""
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    if found is None:
        sys.exit("benchmarks/scoring.py: /proc/self/status names no VmHWM; measure the memory on Linux.")
    return int(found[1])


def section(results: dict[str, Any]) -> str:
    """The benchmark's part of benchmarks/README.md."""
    lines = [
        f"Sentiment scoring on {results['machine']}, {results['workers']} workers where not one, medians of "
        f"{results['rounds']} interleaved rounds; {results['rows_a_distinct_turn']:.2f} rows a distinct turn.",
        "",
        "| way | turns a second | x over `batch_size=32` | x over the default call |",
        "|---|---|---|---|",
    ]
    for name, rate in results["turns_a_second"].items():
        default = results["over_pipeline"].get(name)
        last = "-" if default is None else f"{default:.1f}"
        lines.append(f"| {WAYS[name]} | {rate:,.0f} | {results['over_pipeline32'][name]:.1f} | {last} |")
    check = results["against_full_precision"]
    lines += [
        "",
        f"Against the pipeline in full precision {check['flips']} of {check['n']} labels differ "
        f"({100 * check['share']:.2f} %), the largest difference of a probability is "
        f"{check['largest_difference']:.4f}. Peak memory {results['peak_memory_mb']:.0f} MiB.",
    ]
    if results["rows_a_distinct_pair"]:
        lines.append(f"With context a distinct pair repeats {results['rows_a_distinct_pair']:.2f} times.")
    return "\n".join(lines)


def write_section(results: dict[str, Any]) -> None:
    """Replace what stands between the markers in benchmarks/README.md, or add it at the end."""
    text = README.read_text("utf-8") if README.exists() else "# Benchmarks\n"
    if START not in text:
        text += f"\n## Scoring\n\n{START}\n{END}\n"
    head, _, rest = text.partition(START)
    README.write_text(f"{head}{START}\n{section(results)}\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
