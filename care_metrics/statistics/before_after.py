"""Before and after with a comparison group: the change of one against the changes of others over the same time."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import floats, positive
from care_metrics.statistics.shrinkage import shrink_means


class Compared(NamedTuple):
    """difference: own change less the mean change of the k others, with 95 % interval and two-sided p.

    expected: that mean change; spread: standard deviation of the others' true changes. NaN below three others.
    """

    difference: float
    low: float
    high: float
    p: float
    expected: float
    spread: float
    k: int


def against_comparison(
    change: float, variance: float, changes: ArrayLike, variances: ArrayLike, df: int | None = None
) -> Compared:
    """Difference in differences of one unit: change - mu, where mu is the random-effects mean of the k others' changes.

    Its error is sqrt(variance + tau2 + Var(mu)), t with k - 2 degrees of freedom: what the others do by themselves
    (tau2) the one does too, so an interval without it would call any drift an effect. df overrides k - 2.
    From: Higgins, Thompson and Spiegelhalter 2009, JRSS A 172, equation 12 (prediction interval); Conley and Taber
    2011, Review of Economics and Statistics 93 (inference from the comparison group where one unit is treated).
    """
    from scipy.special import stdtr, stdtrit

    y, v = floats(changes), positive(variances)
    used = ~np.isnan(y) & ~np.isnan(v)
    k, fit = int(used.sum()), shrink_means(y, v)
    if k < 3:
        return Compared(*[float("nan")] * 6, k)
    mean_variance = 1 / np.sum(1 / (fit.spread**2 + v[used]))
    error = float(np.sqrt(variance + fit.spread**2 + mean_variance))
    difference, freedom = change - fit.centre, k - 2 if df is None else df
    half = float(stdtrit(freedom, 0.975)) * error
    p = 2 * float(stdtr(freedom, -abs(difference) / error))
    return Compared(difference, difference - half, difference + half, p, fit.centre, fit.spread, k)
