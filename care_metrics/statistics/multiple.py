"""Alerts among many tests: how many of the differences shown would be false discoveries."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from care_metrics.statistics.columns import Floats, floats

FALSE_DISCOVERY_RATE = 0.05


def q_values(p: ArrayLike, dependent: bool = False) -> Floats:
    """Adjusted p of each test; an unknown p stays NaN and is not counted among the tests.

    From: Benjamini and Hochberg 1995, JRSS B 57; `dependent` takes Benjamini and Yekutieli 2001, valid under
    any dependence (metrics of the same contacts).
    """
    known = ~np.isnan(floats(p))
    adjusted = np.full(known.shape, np.nan)
    if known.any():
        from statsmodels.stats.multitest import multipletests

        adjusted[known] = multipletests(floats(p)[known], method="fdr_by" if dependent else "fdr_bh")[1]
    return adjusted


def alerts(p: ArrayLike, effect: ArrayLike, threshold: ArrayLike, dependent: bool = False) -> NDArray[np.bool_]:
    """True where q < 0.05 and the effect reaches its practical threshold, in the effect's unit."""
    large = np.abs(floats(effect)) >= floats(threshold)
    return (q_values(p, dependent) < FALSE_DISCOVERY_RATE) & large
