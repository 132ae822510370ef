"""Prediction-powered estimates: a model's mean over all contacts, put right by what reviewers found in a random sample.

The interval then holds the model's error too, whatever its bias. Packages that do this bring a compiler along
(ppi-python 0.2.3: numba); the estimator itself is one difference of means.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import floats
from care_metrics.statistics.intervals import around


class Rectified(NamedTuple):
    """value, low, high: in the model's unit; error: mean of truth minus model; n: reviewed contacts."""

    value: float
    low: float
    high: float
    error: float
    n: int


def rectified(
    value: float, variance: float, n_all: int, model: ArrayLike, truth: ArrayLike, chances: ArrayLike
) -> Rectified | None:
    """The model's value over all n_all contacts plus the weighted mean of truth - model over the reviewed ones.

    variance: of the value (s^2 / n_all). model, truth, chances: of each reviewed contact, the last its probability of
    being drawn from those n_all. Variance: value's + 2 cov(model, error) / n_all + var(error) (1 / n - 1 / n_all) +
    var(error) / n_all, with n the effective one of the weights, as the reviewed are a part of all. None below two.
    From: Angelopoulos and others 2023, Science 382 (prediction-powered inference); Cochran 1977, section 12.9.
    """
    f, y, weights = floats(model), floats(truth), 1 / floats(chances)
    if f.size < 2:
        return None
    weights = weights / weights.sum()
    errors = y - f
    error = float(weights @ errors)
    residuals = weights * (errors - error)
    # Of a ratio of two weighted sums (Hajek): the squared residuals, with n / (n - 1) for the mean that was estimated.
    of_error = float(np.square(residuals).sum()) * f.size / (f.size - 1)
    both = float(residuals @ (f - weights @ f)) / n_all
    total = max(variance + of_error + 2 * both, 0.0)
    low, high = around(np.asarray(value + error), np.asarray(total), np.asarray(f.size - 1.0))
    return Rectified(value + error, float(low), float(high), error, f.size)
