"""Bootstrap over clusters, for figures in which one customer or agent counts several times."""

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import floats

SEED = 20_240_101
RESAMPLES = 2_000
ELEMENTS_AT_ONCE = 500_000


def ratio_bootstrap(numerators: ArrayLike, denominators: ArrayLike) -> tuple[float, float]:
    """95 % percentile interval of sum(numerators) / sum(denominators), resampling clusters with a fixed seed.

    One element per cluster; NPS with repeat customers: promoters less detractors, and answers, per customer.
    NaN below two clusters of a positive denominator. From: Davison and Hinkley 1997, Bootstrap Methods,
    section 3.8.
    """
    y, x = floats(numerators), floats(denominators)
    known = ~np.isnan(y) & (x > 0)
    if known.sum() < 2:
        return float("nan"), float("nan")
    from scipy.stats import bootstrap

    low, high = bootstrap(
        (y[known], x[known]),
        lambda top, bottom, axis: top.sum(axis=axis) / bottom.sum(axis=axis),
        paired=True,
        n_resamples=RESAMPLES,
        method="percentile",
        batch=max(1, ELEMENTS_AT_ONCE // int(known.sum())),
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(low), float(high)
