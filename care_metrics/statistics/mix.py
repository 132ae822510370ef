"""Comparisons at equal contact mix: direct standardisation, and the mix and rate parts of a difference."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import Z95, Floats, floats, positive

# From so many contacts on a group's own spread within a stratum is known well enough.
OWN_SPREAD_FROM = 10


class Standardised(NamedTuple):
    """Per group: value and 95 % interval at the reference mix, and the share of the mix that it has data for."""

    value: Floats
    low: Floats
    high: Floats
    variance: Floats
    covered: Floats


class Decomposition(NamedTuple):
    """Parts of a change, one element per stratum, in the KPI's unit: their sum is the change."""

    mix: Floats
    rate: Floats


def standardise(weights: ArrayLike, means: ArrayLike, variances: ArrayLike) -> Standardised:
    """Direct standardisation of g groups over h strata: sum_h w_h mean_gh, variance sum_h w_h^2 variance_gh.

    weights (h,) of the reference mix, in any scale; means (g, h), NaN where a group has no contact of the
    stratum; variances (g, h) of those means (s2/n). A group that lacks a stratum of positive weight has no
    value: compare such groups at `common_support`. From: Fleiss 1981, Statistical Methods for Rates and
    Proportions, chapter 14.
    """
    share, level = _share(weights), np.atleast_2d(floats(means))
    used = share > 0
    value = (level[:, used] * share[used]).sum(axis=1)
    variance = (np.atleast_2d(floats(variances))[:, used] * share[used] ** 2).sum(axis=1)
    covered = (~np.isnan(level) * share).sum(axis=1)
    half = Z95 * np.sqrt(variance)
    return Standardised(value, value - half, value + half, variance, covered)


def common_support(weights: ArrayLike, means: ArrayLike) -> tuple[Floats, float]:
    """Weights over the strata in which every group has data, and the share of the mix that these cover.

    All weights are NaN where no stratum is common to the groups, so that no value is formed from them.
    """
    share = _share(weights)
    shared = ~np.isnan(np.atleast_2d(floats(means))).any(axis=0)
    covered = float(share[shared].sum())
    return (np.where(shared, share, 0.0) / covered if covered > 0 else np.full(share.shape, np.nan)), covered


def decompose(
    weights_before: ArrayLike, means_before: ArrayLike, weights_after: ArrayLike, means_after: ArrayLike
) -> Decomposition:
    """Split a change of a weighted mean into its mix part and its rate part, exactly.

    mix_h = (w2 - w1)(y1 + y2) / 2, rate_h = (y2 - y1)(w1 + w2) / 2 over strata h, weights in any scale. A
    stratum seen in one of the periods only changed its weight, not its mean: it is all mix.
    From: Kitagawa 1955, JASA 50(272).
    """
    w1, w2 = _share(weights_before), _share(weights_after)
    y1, y2 = floats(means_before), floats(means_after)
    y1, y2 = np.where(np.isnan(y1), y2, y1), np.where(np.isnan(y2), y1, y2)
    return Decomposition((w2 - w1) * (y1 + y2) / 2, (y2 - y1) * (w1 + w2) / 2)


def mean_variances(n: ArrayLike, total: ArrayLike, sumsq: ArrayLike) -> Floats:
    """Variance s2/n of the mean of each group and stratum, (g, h), from its sums; NaN where it has no contact.

    s2 is the group's own from OWN_SPREAD_FROM contacts on, else that of all groups within the stratum, else that
    within all cells: of two contacts the own spread is often 0 by chance, and the interval would be too short.
    """
    count, squares = floats(n), np.maximum(floats(sumsq) - floats(total) ** 2 / positive(n), 0.0)
    freedom = np.maximum(np.nan_to_num(count) - 1, 0.0)
    own = squares / positive(freedom)
    stratum = np.nansum(squares, axis=0) / positive(freedom.sum(axis=0))
    everywhere = np.nansum(squares) / positive(freedom.sum())
    spread = np.where(count >= OWN_SPREAD_FROM, own, np.where(np.isnan(stratum), everywhere, stratum))
    return spread / positive(count)


def variance_from_all(n: ArrayLike, variances: ArrayLike) -> Floats:
    """Variance of each group's mean minus the mean of all groups together, which holds the group; groups along axis 0.

    ((N - n)^2 v + sum_others n_j^2 v_j) / N^2: the group and the others are independent, the group and all are not.
    """
    count = np.nan_to_num(floats(n))
    everybody, added = count.sum(axis=0), np.where(count > 0, count**2 * floats(variances), 0.0)
    own = np.where(count > 0, (everybody - count) ** 2 * floats(variances), 0.0)
    return (own + added.sum(axis=0) - added) / positive(everybody) ** 2


def rate_part_variance(n: ArrayLike, variances: ArrayLike) -> Floats:
    """Variance of each group's rate part against all groups together, given their mix: n and variances are (g, h)."""
    count = np.nan_to_num(floats(n))
    weight = (count / positive(count.sum(axis=1))[:, None] + _share(count.sum(axis=0))) / 2
    parts = np.where(count > 0, weight**2 * variance_from_all(count, variances), 0.0)
    return parts.sum(axis=1)


def _share(weights: ArrayLike) -> Floats:
    known = np.nan_to_num(floats(weights))
    total = known.sum()
    return known / total if total > 0 else np.full(known.shape, np.nan)
