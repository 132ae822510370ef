"""Process behaviour charts: which points of a series are signals and which are the usual noise."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from care_metrics.statistics.columns import Floats, floats, positive

# 3 / d2 and D4 of a moving range of two; kept at Wheeler's rounding, as the published charts use it.
XMR_LIMIT = 2.66
MOVING_RANGE_LIMIT = 3.267
D2 = 1.128


class Chart(NamedTuple):
    """Centre and limits in the series' unit, one element per point."""

    centre: Floats
    lower: Floats
    upper: Floats


def xmr(values: ArrayLike, baseline: int | None = None) -> Chart:
    """Individuals chart: mean +- 2.66 mean moving range of the first `baseline` points (all by default).

    A missing value is skipped: the moving range joins its neighbours. Undefined below two known values.
    From: NIST/SEMATECH e-Handbook, section 6.3.2.2; Wheeler 2000, Understanding Variation.
    """
    series = floats(values)
    known = _known(series[:baseline])
    centre, width = _mean(known), XMR_LIMIT * _mean(np.abs(np.diff(known)))
    return Chart(*(np.full(series.shape, level) for level in (centre, centre - width, centre + width)))


def moving_range_limit(values: ArrayLike, baseline: int | None = None) -> float:
    """Upper limit of the moving range, 3.267 times its mean; the lower limit is 0."""
    return MOVING_RANGE_LIMIT * _mean(np.abs(np.diff(_known(floats(values)[:baseline]))))


def p_chart(successes: ArrayLike, n: ArrayLike, baseline: int | None = None) -> Chart:
    """Chart of rates, p +- 3 sqrt(p q / n), limits within 0..1 and undefined at n = 0.

    From: Montgomery, Introduction to Statistical Quality Control, section 7.2.
    """
    return _rate_chart(successes, n, baseline, prime=False)


def p_prime_chart(successes: ArrayLike, n: ArrayLike, baseline: int | None = None) -> Chart:
    """As p_chart with limits widened by the variation between points, for the large n of contact centres.

    From: Laney 2002, Quality Engineering 14(4): sigma_z is the mean moving range of the z scores over 1.128.
    """
    return _rate_chart(successes, n, baseline, prime=True)


def _rate_chart(successes: ArrayLike, n: ArrayLike, baseline: int | None, prime: bool) -> Chart:
    count, trials = floats(successes), positive(n)
    use = ~np.isnan(count[:baseline] / trials[:baseline])
    centre = count[:baseline][use].sum() / float(positive(trials[:baseline][use].sum()))
    sigma = np.sqrt(centre * (1 - centre) / trials)
    if prime:
        z = (count / trials - centre) / positive(sigma)
        sigma = sigma * _mean(np.abs(np.diff(_known(z[:baseline])))) / D2
    low, high = np.maximum(centre - 3 * sigma, 0.0), np.minimum(centre + 3 * sigma, 1.0)
    return Chart(np.full(trials.shape, centre), low, high)


def signals(values: ArrayLike, chart: Chart) -> NDArray[np.bool_]:
    """One row per rule, one column per point: beyond a limit; the last of 8 on one side; the last point
    of 3 of 4 on one side and nearer that limit than the centre. A missing value is skipped, never a signal.

    From: Wheeler 2000, Understanding Variation (detection rules of the process behaviour chart).
    """
    series = floats(values)
    found = np.zeros((3, series.size), dtype=bool)
    known = ~np.isnan(series) & ~np.isnan(chart.lower)
    point, centre, lower, upper = (a[known] for a in (series, *chart))
    found[0, known] = (point < lower) | (point > upper)
    found[1, known] = _runs(point > centre, 8, 8) | _runs(point < centre, 8, 8)
    found[2, known] = _runs(point > (centre + upper) / 2, 3, 4) | _runs(point < (centre + lower) / 2, 3, 4)
    return found


def _runs(hit: NDArray[np.bool_], needed: int, window: int) -> NDArray[np.bool_]:
    """True at a hit that is at least the `needed`-th of the last `window` points."""
    total = np.concatenate([np.zeros(window, dtype=int), np.cumsum(hit)])
    return hit & (total[window:] - total[:-window] >= needed)


def _known(values: Floats) -> Floats:
    return values[~np.isnan(values)]


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else float("nan")
