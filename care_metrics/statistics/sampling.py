"""Which contacts to review: samples with known inclusion probabilities, drawn again alike from the same seed.

The probability stays with each drawn row, for an estimate weighted by 1 / probability stays unbiased however unequal they are.
"""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from care_metrics.statistics.columns import Floats, floats

Sample = tuple[NDArray[np.int64], Floats]


def per_group(groups: Sequence[Hashable], size: int, seed: int) -> Sample:
    """`size` rows of each group, or all where it has fewer: positions, ascending, and their inclusion probabilities.

    Simple random sampling within strata. From: Cochran 1977, Sampling Techniques, chapter 5.
    """
    rng = np.random.default_rng(seed)
    members: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    drawn = {place: min(size / len(rows), 1.0) for rows in members.values() for place in _some(rng, rows, size)}
    positions = np.array(sorted(drawn), dtype=np.int64)
    return positions, floats([drawn[place] for place in positions])


def by_weight(weights: ArrayLike, size: int, seed: int) -> Sample:
    """`size` rows, each with a chance in proportion to its weight (above 0), or all where there are fewer.

    Systematic sampling along a random order. From: Madow 1949, Annals of Mathematical Statistics 20; Hartley and Rao
    1962, Annals of Mathematical Statistics 33.
    """
    rng = np.random.default_rng(seed)
    chances = inclusion_probabilities(weights, size)
    order = rng.permutation(chances.size)
    # The last sum is a whole number but for rounding, which must not cost the last row its turn.
    marks = np.floor(np.round(np.cumsum(chances[order]), 9) - rng.random())
    chosen = order[np.diff(marks, prepend=-1.0) > 0]
    positions = np.sort(chosen)
    return positions, chances[positions]


def inclusion_probabilities(weights: ArrayLike, size: int) -> Floats:
    """In proportion to the weights and at most 1, adding up to `size`, or 1 each where there are no more rows than that."""
    w = floats(weights)
    if w.size <= size:
        return np.ones(w.size)
    certain = np.zeros(w.size, dtype=bool)
    while True:
        left = ~certain
        chances = np.where(certain, 1.0, w * (size - certain.sum()) / w[left].sum())
        above = left & (chances >= 1)
        if not above.any():
            return chances
        certain |= above


def _some(rng: np.random.Generator, rows: list[int], size: int) -> list[int]:
    return rows if len(rows) <= size else [int(place) for place in rng.choice(rows, size, replace=False)]
