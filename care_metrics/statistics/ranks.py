"""Ranks that claim no order where there is none: groups that cannot be told apart share one."""

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import Z95, Floats, floats


def tied_ranks(estimates: ArrayLike, errors: ArrayLike, highest_first: bool) -> Floats:
    """Rank 1, 2, ... of each group, the same for those that cannot be told from the first of their rank; NaN unknown.

    estimates and errors (standard errors) are shrunken ones. From the best on, a group shares the rank of the one that
    opened it while the 95 % interval of their difference holds 0; the next rank counts all before it (1, 1, 1, 4).
    """
    level, error = floats(estimates), floats(errors)
    known = np.flatnonzero(~np.isnan(level) & ~np.isnan(error))
    ranks, first = np.full(level.shape, np.nan), -1
    for place, group in enumerate(known[np.argsort(-level[known] if highest_first else level[known], kind="stable")]):
        if first < 0 or _told_apart(level, error, first, group):
            first, rank = group, place + 1
        ranks[group] = rank
    return ranks


def _told_apart(level: Floats, error: Floats, one: int, other: int) -> bool:
    return bool(abs(level[one] - level[other]) > Z95 * np.hypot(error[one], error[other]))
