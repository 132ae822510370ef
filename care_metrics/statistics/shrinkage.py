"""Shrunken estimates for rankings: a group with few contacts is pulled towards the mean of all groups."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import Z95, Floats, floats, positive

# A group may be ranked only where at least 70 % of its estimate is its own data.
RANKING_RELIABILITY = 0.7


class Shrunk(NamedTuple):
    """Per group: estimate and 95 % interval in the KPI's unit, and reliability (the weight of its own data, 0..1).

    centre and spread are the mean and standard deviation of the groups' true values.
    """

    estimate: Floats
    low: Floats
    high: Floats
    reliability: Floats
    centre: float
    spread: float


def pooled_variance(n: ArrayLike, total: ArrayLike, sumsq: ArrayLike) -> Floats:
    """Variance s2/n_i of each group's mean with the within-group variance s2 pooled over all groups."""
    count = positive(n)
    within = np.maximum(floats(sumsq) - floats(total) ** 2 / count, 0.0)
    return np.nansum(within) / positive(np.nansum(count - 1)) / count


def pooled_ratio_variance(
    n: ArrayLike, x: ArrayLike, y: ArrayLike, xx: ArrayLike, yy: ArrayLike, xy: ArrayLike
) -> Floats:
    """Variance s2 n_i / x_i^2 of each group's ratio r_i = y_i / x_i over n_i clusters; s2 pooled over all groups.

    s2 = sum_i sum_j (y_ij - r_i x_ij)^2 / sum_i (n_i - 1), from the five sums over clusters; with every x_ij = 1 it
    is `pooled_variance`. A few clusters that are alike would have no variance of their own.
    From: Cochran 1977, Sampling Techniques, section 2.11 (residuals of a ratio), pooled as in a one-way layout.
    """
    count, base = positive(n), positive(x)
    r = floats(y) / base
    within = np.maximum(floats(yy) - 2 * r * floats(xy) + r**2 * floats(xx), 0.0)
    return np.nansum(within) / positive(np.nansum(count - 1)) * count / base**2


def shrink_means(means: ArrayLike, variances: ArrayLike) -> Shrunk:
    """Empirical Bayes estimates B_i y_i + (1 - B_i) mu, B_i = tau2 / (tau2 + v_i), of g group means.

    variances: of the means (see pooled_variance). A group with a NaN or without variance is left out; NaN
    below two groups. The interval is +- z sqrt(B_i v_i + (1 - B_i)^2 Var(mu)): without its second term it
    would have no width where tau2 = 0. From: DerSimonian and Laird 1986, Controlled Clinical Trials 7 (mu,
    tau2); Morris 1983, JASA 78 (shrinkage).
    """
    y, v = floats(means), positive(variances)
    used = ~np.isnan(y) & ~np.isnan(v)
    if used.sum() < 2:
        unknown = np.full(y.shape, np.nan)
        return Shrunk(unknown, unknown, unknown, unknown, float("nan"), float("nan"))
    from statsmodels.stats.meta_analysis import combine_effects

    with np.errstate(invalid="ignore", divide="ignore"):
        fit = combine_effects(y[used], v[used], method_re="dl")
    # The library keeps a negative tau2, and weights of 1 / (v + tau2) would then be negative too.
    tau2, centre = max(float(fit.tau2), 0.0), float(fit.mean_effect_re if fit.tau2 > 0 else fit.mean_effect_fe)
    weight = np.where(used, tau2 / (tau2 + v), np.nan)
    estimate = weight * y + (1 - weight) * centre
    centre_variance = 1 / np.sum(1 / (tau2 + v[used]))
    half = Z95 * np.sqrt(weight * v + (1 - weight) ** 2 * centre_variance)
    return Shrunk(estimate, estimate - half, estimate + half, weight, centre, float(np.sqrt(tau2)))


def shrink_rates(successes: ArrayLike, n: ArrayLike) -> Shrunk:
    """Posterior means (k + a) / (n + a + b) and 95 % intervals of g rates under a Beta(a, b) fitted to them.

    a and b by maximum likelihood of the beta-binomial; NaN for a group of n = 0 and below two groups.
    From: Casella 1985, The American Statistician 39; Robinson 2017, Introduction to Empirical Bayes.
    """
    k, trials = floats(successes), positive(n)
    used = ~np.isnan(k) & ~np.isnan(trials)
    if used.sum() < 2:
        unknown = np.full(trials.shape, np.nan)
        return Shrunk(unknown, unknown, unknown, unknown, float("nan"), float("nan"))
    from scipy.special import betaincinv

    a, b = _fit_beta(k[used], trials[used])
    up, down = k + a, trials - k + b
    spread = np.sqrt(a * b / (a + b + 1)) / (a + b)
    low, high = betaincinv(up, down, 0.025), betaincinv(up, down, 0.975)
    return Shrunk(up / (up + down), low, high, trials / (trials + a + b), a / (a + b), float(spread))


def _fit_beta(k: Floats, n: Floats) -> tuple[float, float]:
    from scipy.optimize import minimize
    from scipy.stats import betabinom

    def cost(logs: Floats) -> float:
        mean, size = 1 / (1 + np.exp(-logs[0])), np.exp(logs[1])
        return -float(betabinom.logpmf(k, n, mean * size, (1 - mean) * size).sum())

    pooled = (k.sum() + 0.5) / (n.sum() + 1)
    start = [np.log(pooled / (1 - pooled)), np.log(20.0)]
    # Groups that differ by chance only have their optimum at infinity: a million is as good.
    fit = minimize(cost, start, method="L-BFGS-B", bounds=[(-15, 15), (-5, np.log(1e6))])
    mean, size = 1 / (1 + np.exp(-fit.x[0])), np.exp(fit.x[1])
    return float(mean * size), float((1 - mean) * size)
