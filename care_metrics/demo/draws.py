"""Random draws for whole arrays at once: the few distributions that the simulation is made of."""

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def chance(rng: Generator, probability: ArrayLike) -> NDArray[np.bool_]:
    """True with the probability given, element by element."""
    probability = np.asarray(probability)
    return rng.random(probability.shape) < probability


def pick(rng: Generator, weights: ArrayLike, size: int) -> Ints:
    """`size` indices drawn in proportion to one row of weights."""
    weights = np.asarray(weights, dtype=float)
    return rng.choice(len(weights), size=size, p=weights / weights.sum()).astype(np.int64)


def pick_by_row(rng: Generator, weights: Floats) -> Ints:
    """One index a row, each row with its own weights (rows x choices)."""
    steps = np.cumsum(weights, axis=1)
    return (rng.random(len(weights))[:, None] * steps[:, -1:] >= steps).sum(axis=1)


def lognormal(rng: Generator, median: ArrayLike, sigma: float) -> Floats:
    """Positive skewed values around a median; sigma is the deviation of the logarithm."""
    median = np.asarray(median, dtype=float)
    return median * np.exp(rng.normal(0.0, sigma, median.shape))


def logistic(x: ArrayLike) -> Floats:
    """The probability whose logit is x."""
    return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))


def shares(total: int, weights: ArrayLike) -> Ints:
    """Whole numbers that add up to `total` in proportion to the weights (largest remainder)."""
    exact = total * np.asarray(weights, dtype=float) / np.sum(weights)
    counts = np.floor(exact).astype(np.int64)
    counts[np.argsort(counts - exact, kind="stable")[: total - counts.sum()]] += 1
    return counts
