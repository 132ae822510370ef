"""95 % confidence intervals of every KPI kind, computed from the additive sums of each cell.

Arguments are arrays with one element per cell (or scalars), None and NaN meaning unknown; each function
returns (low, high), NaN where the method is undefined. scipy is imported inside the functions, as the
application starts with this module.
"""

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import Z95, Floats, Interval, floats, positive
from care_metrics.statistics.resample import ELEMENTS_AT_ONCE, RESAMPLES, SEED

BOOTSTRAP_MAX_N = 5_000


def nps_adjusted_wald(promoters: ArrayLike, detractors: ArrayLike, n: ArrayLike) -> Interval:
    """Interval of the Net Promoter Score, points within -100..100; undefined at n = 0.

    Adds 3/4 promoter, 3/4 detractor and 3/2 passive before the Wald interval.
    From: Rocks 2016, The American Statistician 70(4); measuringu.com/nps-three-confidence-intervals.
    """
    centre, error = nps_adjusted(promoters, detractors, n)
    return np.maximum(centre - Z95 * error, -100.0), np.minimum(centre + Z95 * error, 100.0)


def nps_adjusted(promoters: ArrayLike, detractors: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Adjusted score and its standard error, points."""
    answers = positive(n) + 3
    p, d = (floats(promoters) + 0.75) / answers, (floats(detractors) + 0.75) / answers
    return 100 * (p - d), 100 * np.sqrt((p + d - (p - d) ** 2) / answers)


def wilson(successes: ArrayLike, n: ArrayLike) -> Interval:
    """Score interval of a rate, fractions 0..1; undefined at n = 0. From: Wilson 1927, JASA 22."""
    trials, z2 = positive(n), Z95**2
    p = floats(successes) / trials
    centre = (p + z2 / (2 * trials)) / (1 + z2 / trials)
    half = Z95 * np.sqrt(p * (1 - p) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    # The limit of 0 of n is exactly 0; the sum above misses it by a rounding error.
    return np.where(p == 0, 0.0, centre - half), np.where(p == 1, 1.0, centre + half)


def mean_t(n: ArrayLike, total: ArrayLike, sumsq: ArrayLike) -> Interval:
    """Student's t interval of a mean in its own unit; undefined at n < 2."""
    mean, variance, df = mean_variance(n, total, sumsq)
    return around(mean, variance, df)


def mean_variance(n: ArrayLike, total: ArrayLike, sumsq: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Mean, variance of the mean (s2/n) and degrees of freedom from n, sum and sum of squares."""
    count, df = positive(n), positive(floats(n) - 1)
    mean = floats(total) / count
    # Values that are all alike leave a rounding error, which may be below zero.
    return mean, np.maximum(floats(sumsq) - count * mean**2, 0.0) / df / count, df


def around(centre: Floats, variance: Floats, df: Floats) -> Interval:
    """centre +- t(df) x standard error."""
    from scipy.special import stdtrit

    half = stdtrit(df, 0.975) * np.sqrt(variance)
    return centre - half, centre + half


def ratio_cluster(n: ArrayLike, x: ArrayLike, y: ArrayLike, xx: ArrayLike, yy: ArrayLike, xy: ArrayLike) -> Interval:
    """Interval of r = y / x over n clusters (interactions, agents), t with n - 1 degrees of freedom.

    The five sums run over clusters: x denominators, y numerators, xx, yy their squares, xy products.
    Undefined at n < 2 or x <= 0. From: Cochran 1977, Sampling Techniques, section 2.11, without the
    finite-population term; t instead of normal keeps small cells honest.
    """
    ratio, variance = ratio_variance(n, x, y, xx, yy, xy)
    return around(ratio, variance, positive(floats(n) - 1))


def ratio_variance(
    n: ArrayLike, x: ArrayLike, y: ArrayLike, xx: ArrayLike, yy: ArrayLike, xy: ArrayLike
) -> tuple[Floats, Floats]:
    """The ratio y / x and n/(n-1) sum((y_i - r x_i)^2) / x^2."""
    clusters, base = floats(n), positive(x)
    r = floats(y) / base
    residual = np.maximum(floats(yy) - 2 * r * floats(xy) + r**2 * floats(xx), 0.0)
    return r, clusters / positive(clusters - 1) * residual / base**2


def composite_delta(n: ArrayLike, x: ArrayLike, y: ArrayLike, xx: ArrayLike, yy: ArrayLike, yx: ArrayLike) -> Interval:
    """Interval of the mean of the defined ratios y_j / x_j, by the delta method on each cluster's influence.

    For c cells and k ratios: n (c,) clusters in any ratio; x, y (c, k) sums; xx, yy, yx (c, k, k) with
    xx[j, l] = sum x_j x_l, yy[j, l] = sum y_j y_l, yx[j, l] = sum y_j x_l over clusters, 0 where a cluster
    has no share in a ratio. A ratio with x <= 0 leaves the mean. Undefined at n < 2 or no defined ratio.
    """
    mean, variance = composite_variance(n, x, y, xx, yy, yx)
    return around(mean, variance, positive(floats(n) - 1))


def composite_variance(
    n: ArrayLike, x: ArrayLike, y: ArrayLike, xx: ArrayLike, yy: ArrayLike, yx: ArrayLike
) -> tuple[Floats, Floats]:
    """Mean of the defined ratios and its variance, n/(n-1) sum_i (sum_j (y_ij - r_j x_ij) / (k x_j))^2."""
    clusters, base, cross = floats(n), floats(x), floats(yx)
    defined = base > 0
    k = positive(defined.sum(axis=-1))
    weight = np.where(defined, 1 / (k[..., None] * np.where(defined, base, 1)), 0.0)
    r = np.where(defined, floats(y) / np.where(defined, base, 1), 0.0)
    left, right = r[..., :, None], r[..., None, :]
    residual = floats(yy) - right * cross - left * np.swapaxes(cross, -1, -2) + left * right * floats(xx)
    # Sums of an undefined ratio may be null: its weight of 0 must win over NaN.
    residual = np.where(defined[..., :, None] & defined[..., None, :], residual, 0.0)
    spread = np.maximum(np.einsum("...j,...jl,...l->...", weight, residual, weight), 0.0)
    return r.sum(axis=-1) / k, clusters / positive(clusters - 1) * spread


def quantile_interval(values: ArrayLike, q: float) -> tuple[float, float]:
    """Interval of one cell's q-quantile (linear interpolation), NaN below two values.

    Percentile bootstrap with a fixed seed up to BOOTSTRAP_MAX_N values; beyond it the order statistics whose
    ranks bracket q with 95 % by the binomial distribution (Conover 1999, section 3.2), which is free of
    distributional assumptions and needs no resampling.
    """
    known = floats(values)
    known = np.sort(known[~np.isnan(known)])
    if known.size < 2:
        return float("nan"), float("nan")
    return _bootstrap_quantile(known, q) if known.size <= BOOTSTRAP_MAX_N else _order_statistics(known, q)


def _bootstrap_quantile(known: Floats, q: float) -> tuple[float, float]:
    from scipy.stats import bootstrap

    low, high = bootstrap(
        (known,),
        lambda sample, axis: np.quantile(sample, q, axis=axis),
        n_resamples=RESAMPLES,
        method="percentile",
        batch=max(1, ELEMENTS_AT_ONCE // known.size),
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(low), float(high)


def _order_statistics(known: Floats, q: float) -> tuple[float, float]:
    from scipy.stats import binom

    lower = int(binom.ppf(0.025, known.size, q))
    upper = int(binom.ppf(0.975, known.size, q)) + 1
    return float(known[max(lower, 1) - 1]), float(known[min(upper, known.size) - 1])
