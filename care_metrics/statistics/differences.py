"""Tests of a change between two groups or periods: difference (first minus second), 95 % interval, p.

Arguments are arrays with one element per pair of cells (or scalars); NaN where a test is undefined.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from care_metrics.statistics.columns import Z95, Floats, Interval, floats, positive
from care_metrics.statistics.intervals import mean_variance, nps_adjusted, quantile_interval, ratio_variance, wilson

SIGNIFICANCE = 0.05


class Difference(NamedTuple):
    """Difference in the KPI's unit, its 95 % interval and the two-sided p."""

    difference: Floats
    low: Floats
    high: Floats
    p: Floats


def nps_difference(
    promoters_1: ArrayLike,
    detractors_1: ArrayLike,
    n_1: ArrayLike,
    promoters_2: ArrayLike,
    detractors_2: ArrayLike,
    n_2: ArrayLike,
) -> Difference:
    """Difference of two independent Net Promoter Scores, points within -200..200.

    The difference is of the plain scores, so that it equals the two tiles; interval and z test are of the
    adjusted scores. From: Lewis and Sauro, measuringu.com/nps-significance-test.
    """
    plain_1 = 100 * (floats(promoters_1) - floats(detractors_1)) / positive(n_1)
    plain_2 = 100 * (floats(promoters_2) - floats(detractors_2)) / positive(n_2)
    centre_1, error_1 = nps_adjusted(promoters_1, detractors_1, n_1)
    centre_2, error_2 = nps_adjusted(promoters_2, detractors_2, n_2)
    _, low, high, p = normal_difference(centre_1, error_1**2, centre_2, error_2**2)
    return Difference(plain_1 - plain_2, np.maximum(low, -200.0), np.minimum(high, 200.0), p)


def rate_difference(successes_1: ArrayLike, n_1: ArrayLike, successes_2: ArrayLike, n_2: ArrayLike) -> Difference:
    """Difference of two independent rates, fractions: Newcombe's hybrid score interval and the score test.

    From: Newcombe 1998, Statistics in Medicine 17:873-890, method 10.
    """
    trials_1, trials_2 = positive(n_1), positive(n_2)
    p_1, p_2 = floats(successes_1) / trials_1, floats(successes_2) / trials_2
    difference = p_1 - p_2
    low, high = hybrid(p_1, wilson(successes_1, n_1), p_2, wilson(successes_2, n_2))
    pooled = (floats(successes_1) + floats(successes_2)) / (trials_1 + trials_2)
    error = np.sqrt(np.maximum(pooled * (1 - pooled), 0.0) * (1 / trials_1 + 1 / trials_2))
    # Two groups of only successes (or only failures) do not differ: 0 / 0 is no evidence, p = 1.
    z = np.where(difference == 0, 0.0, difference / positive(error))
    return Difference(difference, low, high, two_sided(z))


def mean_difference(
    n_1: ArrayLike, total_1: ArrayLike, sumsq_1: ArrayLike, n_2: ArrayLike, total_2: ArrayLike, sumsq_2: ArrayLike
) -> Difference:
    """Welch's t test of two independent means from n, sum and sum of squares; undefined at n < 2 or no spread.

    From: Welch 1947, Biometrika 34 (degrees of freedom by Satterthwaite).
    """
    from scipy.special import stdtr, stdtrit

    mean_1, variance_1, df_1 = mean_variance(n_1, total_1, sumsq_1)
    mean_2, variance_2, df_2 = mean_variance(n_2, total_2, sumsq_2)
    difference, variance = mean_1 - mean_2, positive(variance_1 + variance_2)
    df = variance**2 / (variance_1**2 / df_1 + variance_2**2 / df_2)
    half = stdtrit(df, 0.975) * np.sqrt(variance)
    p = 2 * stdtr(df, -np.abs(difference) / np.sqrt(variance))
    return Difference(difference, difference - half, difference + half, p)


def ratio_difference(sums_1: tuple[ArrayLike, ...], sums_2: tuple[ArrayLike, ...]) -> Difference:
    """Difference of two ratios over independent clusters, normal; each argument is (n, x, y, xx, yy, xy).

    For a composite pass its (value, variance) pairs to `normal_difference`.
    """
    return normal_difference(*ratio_variance(*sums_1), *ratio_variance(*sums_2))


def normal_difference(
    value_1: ArrayLike, variance_1: ArrayLike, value_2: ArrayLike, variance_2: ArrayLike
) -> Difference:
    """Difference of two independent estimates with known variances; interval and p undefined where both are 0."""
    difference = floats(value_1) - floats(value_2)
    error = np.sqrt(positive(floats(variance_1) + floats(variance_2)))
    return Difference(difference, difference - Z95 * error, difference + Z95 * error, two_sided(difference / error))


def quantile_difference(values_1: ArrayLike, values_2: ArrayLike, q: float) -> Difference:
    """Difference of one quantile (linear interpolation) of two independent cells, by their intervals; p unknown.

    From: Zou and Donner 2008, Statistics in Medicine 27 (the hybrid of `rate_difference` for any two intervals).
    """
    known_1, known_2 = (column[~np.isnan(column)] for column in (floats(values_1), floats(values_2)))
    value_1, value_2 = (floats(np.quantile(k, q) if k.size else np.nan) for k in (known_1, known_2))
    low, high = hybrid(value_1, quantile_interval(known_1, q), value_2, quantile_interval(known_2, q))
    return Difference(value_1 - value_2, low, high, floats(np.nan))


def hybrid(
    value_1: ArrayLike,
    interval_1: tuple[ArrayLike, ArrayLike],
    value_2: ArrayLike,
    interval_2: tuple[ArrayLike, ArrayLike],
) -> Interval:
    """Interval of value_1 - value_2 from the interval of each: the distances to the limits add as squares."""
    first, low_1, high_1 = (floats(value) for value in (value_1, *interval_1))
    second, low_2, high_2 = (floats(value) for value in (value_2, *interval_2))
    difference = first - second
    return difference - np.hypot(first - low_1, high_2 - second), difference + np.hypot(high_1 - first, second - low_2)


def two_sided(z: Floats) -> Floats:
    """P(|Z| >= |z|) of the standard normal."""
    from scipy.special import ndtr

    return 2 * ndtr(-np.abs(z))


def verdict(
    difference: ArrayLike, low: ArrayLike, high: ArrayLike, p: ArrayLike, threshold: ArrayLike
) -> NDArray[np.str_]:
    """'clear' where p < 0.05 and |difference| reaches the practical threshold, else 'chance'.

    Where p is unknown the interval decides: it must exclude 0. `verdict(*change, threshold)` takes a Difference.
    """
    by_interval = (floats(low) > 0) | (floats(high) < 0)
    significant = np.where(np.isnan(floats(p)), by_interval, floats(p) < SIGNIFICANCE)
    return np.where(significant & (np.abs(floats(difference)) >= floats(threshold)), "clear", "chance")
