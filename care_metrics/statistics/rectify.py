"""Prediction-powered estimates: a model's mean over all contacts, put right by what reviewers found in a random sample.

The interval then holds the model's error too, whatever its bias. Packages that do this bring a compiler along
(ppi-python 0.2.3: numba); the estimator itself is one difference of means.
"""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import Floats, floats
from care_metrics.statistics.intervals import around


class Rectified(NamedTuple):
    """value, low, high: in the model's unit; error: mean of truth minus model; n: reviewed contacts."""

    value: float
    low: float
    high: float
    error: float
    n: int


def rectified(
    value: float,
    variance: float,
    n_all: int,
    model: ArrayLike,
    truth: ArrayLike,
    chances: ArrayLike,
    strata: Sequence[Hashable] | None = None,
) -> Rectified | None:
    """The model's value over all n_all contacts plus the weighted mean of truth - model over the reviewed ones.

    variance: of the value (s^2 / n_all). model, truth, chances, strata: of each reviewed contact, `chances` the probability
    of being drawn from those n_all, `strata` within what it was drawn (one whole where None). None below two contacts.
    Variance: that of the truth over all, value's + 2 cov(model, error) / n_all + var(error) / n_all, and that of the
    sample, in which strata do not differ by chance.
    From: Angelopoulos and others 2023, Science 382 (prediction-powered inference); Cochran 1977, sections 5.3 and 12.9.
    """
    f, y, weights = floats(model), floats(truth), 1 / floats(chances)
    if f.size < 2:
        return None
    weights = weights / weights.sum()
    errors = y - f
    error = float(weights @ errors)
    apart = errors - error
    of_all = float(weights @ (apart * (apart + 2 * (f - weights @ f)))) * f.size / (f.size - 1) / n_all
    of_sample, df = _drawn(errors, weights, n_all, strata)
    total = max(variance + of_all + of_sample, 0.0)
    low, high = around(np.asarray(value + error), np.asarray(total), np.asarray(float(df)))
    return Rectified(value + error, float(low), float(high), error, f.size)


def _drawn(errors: Floats, weights: Floats, n_all: int, strata: Sequence[Hashable] | None) -> tuple[float, int]:
    """Variance of the weighted mean error by the draw, sum of W_h^2 (1 / n_h - 1 / N_h) s_h^2, and its degrees of freedom.

    A stratum with one contact has no variance of its own and takes the pooled one; where all have one, they are one whole.
    """
    known = {name: place for place, name in enumerate(dict.fromkeys(strata or ()))}
    whole = not known or len(known) == errors.size
    of = np.zeros(errors.size, dtype=np.int64) if whole else np.array([known[name] for name in strata or ()])
    n, share = np.bincount(of), np.bincount(of, weights)
    squares = np.square(errors - (np.bincount(of, weights * errors) / share)[of])
    df = errors.size - n.size
    single = np.square(share) * squares.sum() / df
    own = np.bincount(of, np.square(weights) * squares) * n / np.maximum(n - 1, 1)
    left = np.maximum(1 - n / (n_all * share), 0.0)
    return float((left * np.where(n > 1, own, single)).sum()), df
