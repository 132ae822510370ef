"""The slope of an outcome on handle time, crude and among contacts of the same kind: where the signs disagree."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from care_metrics.statistics.columns import Floats, floats


class Slope(NamedTuple):
    """Change of y that goes with one unit of x: 95 % interval, p, how many rows and clusters; NaN where undefined."""

    value: float
    low: float
    high: float
    p: float
    n: int
    clusters: int


def slope(y: ArrayLike, x: ArrayLike, clusters: ArrayLike, strata: ArrayLike | None = None) -> Slope:
    """Least squares of y on x with a level for each stratum, interval robust to clusters, t with clusters - 1.

    y and x (n,) without NaN; clusters and strata (n,): codes of each row's agent and kind of contact. As by
    smf.ols("y ~ x + C(stratum)").fit(cov_type="cluster", use_t=True), whose dummies a large store has no memory for:
    taking the stratum means off both sides gives the same slope (Frisch and Waugh 1933, Econometrica 1).
    Undefined below two clusters or where x does not vary within a stratum.
    """
    outcome, cause = floats(y), floats(x)
    n = outcome.size
    who, agents = _codes(clusters)
    kind, kinds = _codes(strata) if strata is not None else (np.zeros(n, dtype=np.int64), 1)
    left, right = _within(outcome, kind, kinds), _within(cause, kind, kinds)
    freedom = n - kinds - 1
    if agents < 2 or freedom < 1 or float(right @ right) <= 1e-12 * max(float(cause @ cause), 1e-12):
        return Slope(*[float("nan")] * 4, n, agents)
    from scipy.special import stdtr, stdtrit
    from statsmodels.regression.linear_model import OLS

    fit = OLS(left, right[:, None]).fit(cov_type="cluster", cov_kwds={"groups": who})
    # The fit knows of one parameter only: the stratum levels were taken off before it.
    error = float(fit.bse[0]) * np.sqrt((n - 1) / freedom)
    value, half = float(fit.params[0]), float(stdtrit(agents - 1, 0.975)) * error
    p = 2 * float(stdtr(agents - 1, -abs(value) / error)) if error > 0 else float("nan")
    return Slope(value, float(value - half), float(value + half), p, n, agents)


def _codes(names: ArrayLike) -> tuple[NDArray[np.int64], int]:
    found, codes = np.unique(np.asarray(names), return_inverse=True)
    return codes.astype(np.int64), len(found)


def _within(values: Floats, kind: NDArray[np.int64], kinds: int) -> Floats:
    count = np.bincount(kind, minlength=kinds)
    return values - (np.bincount(kind, weights=values, minlength=kinds) / np.maximum(count, 1))[kind]
