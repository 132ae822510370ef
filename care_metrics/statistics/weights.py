"""Survey bias: do respondents resemble all contacts, and what does weighting them back cost?"""

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import Floats, Interval, floats, positive
from care_metrics.statistics.intervals import around

# Above this the two groups differ enough to be flagged (Austin 2009).
NOTABLE_DIFFERENCE = 0.1


def standardised_difference(
    mean_1: ArrayLike, variance_1: ArrayLike, mean_0: ArrayLike, variance_0: ArrayLike
) -> Floats:
    """(mean_1 - mean_0) / sqrt((variance_1 + variance_0) / 2), in standard deviations; a rate has variance p q.

    NaN where neither group varies. From: Austin 2009, Statistics in Medicine 28.
    """
    pooled = (floats(variance_1) + floats(variance_0)) / 2
    return (floats(mean_1) - floats(mean_0)) / np.sqrt(positive(pooled))


def response_weights(contacts: ArrayLike, responses: ArrayLike, trim: float = 0.99) -> Floats:
    """Weight N_h / n_h of each respondent of stratum h, scaled to mean 1 and trimmed at a quantile.

    contacts, responses: counts per stratum. NaN for a stratum without responses: nobody there speaks for it.
    From: Little and Rubin 2019, Statistical Analysis with Missing Data, section 3.3 (weighting classes).
    """
    n = positive(responses)
    weights = floats(contacts) / n
    known = ~np.isnan(weights)
    if not known.any():
        return weights
    respondents = n[known].astype(int)
    weights = np.minimum(weights, np.quantile(np.repeat(weights[known], respondents), trim))
    return weights / np.average(weights[known], weights=respondents)


def effective_n(weights: ArrayLike) -> float:
    """(sum w)^2 / sum w^2 of the respondents' weights. From: Kish 1965, Survey Sampling, section 11.7."""
    w = floats(weights)
    return float(np.nansum(w) ** 2 / positive(np.nansum(w**2)))


def design_effect(weights: ArrayLike) -> float:
    """n / effective n, at least 1: by how much unequal weights inflate the variance."""
    return float(np.sum(~np.isnan(floats(weights))) / positive(effective_n(weights)))


def weighted_mean(values: ArrayLike, weights: ArrayLike) -> tuple[float, Interval]:
    """Weighted mean of respondents and its t interval on effective n, in the values' unit; NaN below two.

    Pairs with a NaN are left out. statsmodels' DescrStatsW reads weights as counts, hence their scaling to
    the effective n.
    """
    y, w = floats(values), floats(weights)
    known = ~np.isnan(y) & ~np.isnan(w) & (w > 0)
    y, w = y[known], w[known]
    n = effective_n(w)
    mean = float((w * y).sum() / positive(w.sum()))
    variance = np.asarray((w * (y - mean) ** 2).sum() / positive(w.sum()) / positive(n - 1))
    return mean, around(np.asarray(mean), variance, positive(n - 1))


def response_bounds(mean: ArrayLike, response_rate: ArrayLike, lowest: float, highest: float) -> Interval:
    """What the mean of all contacts could be, were all who kept silent at one end of the scale.

    From: Manski 1990, American Economic Review 80.
    """
    answered = floats(response_rate)
    known = np.where(answered > 0, floats(mean), 0.0) * answered
    return known + (1 - answered) * lowest, known + (1 - answered) * highest
