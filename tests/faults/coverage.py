"""How often does the 95 % interval hold the true mean? Centres of their own, sampled per agent, with good and bad models.

python -m tests.faults.coverage [DRAWS]
"""

import sys

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
        found = rectified(total / n, model.var(ddof=1) / n, n, model[rows], truth[rows], chances)
        hits["rectified"] += found is not None and found.low <= true <= found.high
    return {name: count / draws for name, count in hits.items()}


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    for bias in (0.0, 0.05, 0.25):
        for noise in (0.1, 0.3, 0.6):
            print(f"bias {bias:.2f}, noise {noise:.1f}: {covered(bias, many, noise)}", flush=True)
