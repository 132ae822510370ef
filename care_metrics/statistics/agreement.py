"""Agreement of reviewers, and of the model with them; None where agreement by chance leaves nothing to measure."""

from collections.abc import Hashable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import floats
from care_metrics.statistics.intervals import wilson


def kappa(
    first: Sequence[Hashable], second: Sequence[Hashable], weights: Literal["linear", "quadratic"] | None = None
) -> float | None:
    """Cohen's kappa of two raters' labels of the same items, -1..1; weighted for ordered labels.

    Weights take the labels in their sorted order, so give numbers for ordered labels. Pairs with a None are
    left out; None without a pair or where both raters used one and the same label throughout.
    From: Cohen 1960, Educational and Psychological Measurement 20; Cohen 1968, Psychological Bulletin 70.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    if len({label for pair in pairs for label in pair}) < 2:
        return None
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(*zip(*pairs, strict=True), weights=weights))


def kappa_of_counts(table: ArrayLike) -> tuple[float, float, float] | None:
    """Cohen's kappa with its 95 % interval from counts (labels of the first, labels of the second); None: undefined.

    Items count as independent. From: Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72 (by statsmodels).
    """
    counts = floats(table)
    if counts.sum() == 0 or (counts.sum(axis=0) + counts.sum(axis=1) > 0).sum() < 2:
        return None
    from statsmodels.stats.inter_rater import cohens_kappa

    found = cohens_kappa(counts)
    return float(found.kappa), float(found.kappa_low), float(min(found.kappa_upp, 1.0))


def agreed_share(agreed: ArrayLike, n: ArrayLike) -> tuple[float | None, float | None, float | None]:
    """Share agreed of all verdicts and its 95 % Wilson interval; agreed, n: verdicts by contact, for those of one are alike.

    n is divided by the design effect, the variance between contacts over that of independent verdicts, at least 1. None
    without a verdict. From: Korn and Graubard 1998, Survey Methodology 24.
    """
    hits, all_n = floats(agreed), floats(n)
    k, m = float(hits.sum()), float(all_n.sum())
    if m == 0:
        return None, None, None
    share, contacts = k / m, hits.size
    effect = 1.0
    if contacts > 1 and 0 < share < 1:
        between = contacts / (contacts - 1) * np.square(hits - share * all_n).sum() / m**2
        effect = max(1.0, between / (share * (1 - share) / m))
    low, high = wilson(k / effect, m / effect)
    return share, float(low), float(high)


def fleiss_kappa(counts: ArrayLike) -> float | None:
    """Fleiss' kappa of several raters from counts (items, labels): how many raters gave each label.

    Every item needs the same number of raters. None below two raters or where all used one label.
    From: Fleiss 1971, Psychological Bulletin 76.
    """
    table = floats(counts)
    if table.size == 0 or table.sum(axis=1).min() < 2 or (table.sum(axis=0) > 0).sum() < 2:
        return None
    from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_kappa

    return float(statsmodels_kappa(table, method="fleiss"))


def icc2(ratings: ArrayLike) -> float | None:
    """ICC(2,1), absolute agreement of k raters who all scored the same n items; ratings (n, k).

    (MSR - MSE) / (MSR + (k - 1) MSE + k (MSC - MSE) / n). Items with a NaN are left out; None below two
    items or raters, or without any variation. From: Shrout and Fleiss 1979, Psychological Bulletin 86.
    """
    scores = np.atleast_2d(floats(ratings))
    scores = scores[~np.isnan(scores).any(axis=1)]
    n, k = scores.shape
    if n < 2 or k < 2:
        return None
    grand, items, raters = scores.mean(), scores.mean(axis=1), scores.mean(axis=0)
    msr = k * np.square(items - grand).sum() / (n - 1)
    msc = n * np.square(raters - grand).sum() / (k - 1)
    mse = np.square(scores - items[:, None] - raters + grand).sum() / ((n - 1) * (k - 1))
    spread = msr + (k - 1) * mse + k * (msc - mse) / n
    return float((msr - mse) / spread) if spread > 0 else None
