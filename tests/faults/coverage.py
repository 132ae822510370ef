"""How often does the 95 % interval hold the true mean? Centres of their own, sampled per agent, with good and bad models.

python -m tests.faults.coverage           20,000 draws each, the result kept, the table of docs/calibration.md written
python -m tests.faults.coverage --render  the table from the kept result
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from care_metrics.statistics.intervals import mean_t
from care_metrics.statistics.rectify import rectified
from care_metrics.statistics.sampling import per_group

PER_AGENT = 11
# Twenty agents with many contacts or few, so that chances differ tenfold.
LOADS = np.repeat([40, 80, 160, 320], [6, 6, 5, 3])


def covered(bias: float, draws: int, noise: float = 0.3, seed: int = 0) -> dict[str, float]:
    """Shares of draws in which each interval holds the mean of the world that contacts come from.

    bias: by how much the model reads an agent's contacts too low, at agents with many contacts more than at others.
    """
    rng = np.random.default_rng(seed)
    agents = np.repeat(np.arange(LOADS.size), LOADS)
    level, lean = rng.normal(-0.1, 0.15, LOADS.size), bias * (0.5 + LOADS / LOADS.mean() / 2)
    true = float(level[agents].mean())
    hits = dict.fromkeys(("raw", "rectified"), 0)
    for draw in range(draws):
        truth = level[agents] + rng.normal(0, 0.35, agents.size)
        model = truth - lean[agents] + rng.normal(0, noise, agents.size)
        n, total, squares = agents.size, model.sum(), np.square(model).sum()
        low, high = mean_t([n], [total], [squares])
        hits["raw"] += bool(low[0] <= true <= high[0])
        rows, chances = per_group(agents.tolist(), PER_AGENT, draw)
        drawn = agents[rows].tolist()
        found = rectified(total / n, model.var(ddof=1) / n, n, model[rows], truth[rows], chances, drawn)
        hits["rectified"] += found is not None and found.low <= true <= found.high
    return {name: count / draws for name, count in hits.items()}


ROOT = Path(__file__).resolve().parents[2]
RESULT, PAGE = ROOT / "benchmarks" / "results" / "coverage.json", ROOT / "docs" / "calibration.md"
DRAWS, BIASES, NOISES = 20_000, (0.0, 0.05, 0.25), (0.1, 0.3, 0.6)


def measured() -> dict[str, Any]:
    rows = [{"bias": bias, "noise": noise, **covered(bias, DRAWS, noise)} for bias in BIASES for noise in NOISES]
    return {"draws": DRAWS, "reviewed": PER_AGENT * len(LOADS), "contacts": int(LOADS.sum()), "rows": rows}


def rendered(text: str, found: dict[str, Any]) -> str:
    """The page with its table as the kept result has it."""
    lines = ["| the model reads too low by | its noise | raw interval | with the model's error |", "|---|---|---|---|"]
    for row in found["rows"]:
        shares = " | ".join(f"{100 * row[name]:.1f} %" for name in ("raw", "rectified"))
        lines.append(f"| {row['bias']:.2f} | {row['noise']:.1f} | {shares} |")
    told = f"{found['draws']:,} draws a row; {found['contacts']:,} contacts, {found['reviewed']:,} of them reviewed."
    body = "\n".join(["<!-- coverage -->", *lines, "", told, "<!-- /coverage -->"])
    return re.sub(r"<!-- coverage -->.*?<!-- /coverage -->", lambda _: body, text, flags=re.DOTALL)


if __name__ == "__main__":
    if "--render" not in sys.argv:
        RESULT.write_text(json.dumps(measured(), indent=1) + "\n", "utf-8")
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), json.loads(RESULT.read_text("utf-8"))), "utf-8")
