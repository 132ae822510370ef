"""Consistency at scale: how much of the variation lies between agents, teams or sites."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import Floats, floats, positive
from care_metrics.statistics.resample import RESAMPLES, SEED

FUNNEL_Z = {"95": 1.959963984540054, "99.8": 3.090232306167813}


class VarianceShare(NamedTuple):
    """Share of the variance between groups (0..1), and the two variances in the squared unit."""

    icc: float
    between: float
    within: float


class ConsistencyIndex(NamedTuple):
    """0..100, higher is more consistent, with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


def variance_share(n: ArrayLike, total: ArrayLike, sumsq: ArrayLike) -> VarianceShare:
    """ICC(1) of unbalanced groups from each group's n, sum and sum of squares; lower is more consistent.

    (MSB - MSW) / (MSB + (n0 - 1) MSW), n0 = (N - sum n_i^2 / N) / (k - 1), a negative estimate is 0. NaN
    below two groups, without repeated observations, or without any variation. From: Donner 1986,
    International Statistical Review 54; Shrout and Fleiss 1979, Psychological Bulletin 86 (case 1).
    """
    between, within = _components(floats(n), floats(total), floats(sumsq))
    return VarianceShare(float(between / positive(between + within)), float(between), float(within))


def consistency_index(n: ArrayLike, total: ArrayLike, sumsq: ArrayLike, half_range: float) -> ConsistencyIndex:
    """100 (1 - sqrt(variance between groups) / half_range), half_range of the score's scale (50 for 0..100).

    The interval resamples groups (percentile bootstrap, fixed seed). NaN where variance_share is.
    """
    sums = np.nan_to_num(np.stack([floats(n), floats(total), floats(sumsq)]))
    sums = sums[:, sums[0] > 0]

    def index(count: Floats, sum_: Floats, squares: Floats, axis: int = -1) -> Floats:
        return 100 * (1 - np.sqrt(_components(count, sum_, squares, axis)[0]) / half_range)

    value = float(index(*sums))
    if np.isnan(value):
        return ConsistencyIndex(value, value, value)
    from scipy.stats import bootstrap

    rng = np.random.default_rng(SEED)
    found = bootstrap(
        tuple(sums), index, paired=True, vectorized=True, n_resamples=RESAMPLES, method="percentile", rng=rng
    )
    return ConsistencyIndex(value, *(float(limit) for limit in found.confidence_interval))


def funnel_limits(target: float, standard_error: ArrayLike, overdispersion: float = 1.0) -> dict[str, tuple]:
    """Limits target +- z sqrt(overdispersion) SE per group for 95 and 99.8 %, in the KPI's unit.

    standard_error: of a group's value were its true value the target, e.g. sqrt(p q / n_i).
    From: Spiegelhalter 2005, Statistics in Medicine 24.
    """
    width = np.sqrt(max(overdispersion, 1.0)) * floats(standard_error)
    return {level: (target - z * width, target + z * width) for level, z in FUNNEL_Z.items()}


def overdispersion_factor(values: ArrayLike, target: float, standard_error: ArrayLike) -> float:
    """Mean squared z of the groups after winsorising 10 % at each end; above 1 the limits need widening.

    From: Spiegelhalter 2005, Statistics in Medicine 24, section 5.
    """
    z = (floats(values) - target) / positive(standard_error)
    z = z[~np.isnan(z)]
    return float(np.mean(np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2)) if z.size else float("nan")


def _components(n: Floats, total: Floats, sumsq: Floats, axis: int = -1) -> tuple[Floats, Floats]:
    """Variance between (not below 0) and within groups, along an axis of groups; empty groups count as absent."""
    count, sums, squares = np.nan_to_num(n), np.nan_to_num(total), np.nan_to_num(sumsq)
    groups, all_n = (count > 0).sum(axis=axis), count.sum(axis=axis)
    per_group = (sums**2 / np.where(count > 0, count, 1)).sum(axis=axis)
    within = np.maximum(squares.sum(axis=axis) - per_group, 0.0) / positive(all_n - groups)
    mean_square = np.maximum(per_group - sums.sum(axis=axis) ** 2 / positive(all_n), 0.0) / positive(groups - 1)
    n0 = (all_n - (count**2).sum(axis=axis) / positive(all_n)) / positive(groups - 1)
    return np.maximum((mean_square - within) / positive(n0), 0.0), within
