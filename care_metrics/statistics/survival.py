"""Retention over tenure: Kaplan-Meier curves and their comparison at one time."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from care_metrics.statistics.columns import Z95, Floats, floats, positive
from care_metrics.statistics.differences import Difference, hybrid, two_sided


@dataclass(frozen=True)
class Curve:
    """Kaplan-Meier estimate: survival (share kept, 0..1) after each event time, and its Greenwood error."""

    times: Floats
    survival: Floats
    error: Floats
    longest: float

    def at(self, time: float) -> tuple[float, float]:
        """Survival and its error at a time, each held as a step; NaN beyond the longest observation."""
        if np.isnan(self.longest) or time > self.longest:
            return float("nan"), float("nan")
        step = int(np.searchsorted(self.times, time, side="right")) - 1
        return (float(self.survival[step]), float(self.error[step])) if step >= 0 else (1.0, 0.0)

    def interval(self, time: float) -> tuple[float, float]:
        """95 % interval of survival at a time on the log(-log) scale; NaN where survival is 0, 1 or unknown."""
        centre, error = _loglog(*self.at(time))
        return float(np.exp(-np.exp(centre + Z95 * error))), float(np.exp(-np.exp(centre - Z95 * error)))

    @cached_property
    def median(self) -> float:
        """First time at which half are gone; NaN if more than half are kept throughout."""
        gone = self.times[self.survival <= 0.5]
        return float(gone[0]) if gone.size else float("nan")


def kaplan_meier(durations: ArrayLike, left: ArrayLike, entry: ArrayLike | None = None) -> Curve:
    """Curve of customers' tenures; left: 1 for a customer who left at that duration, 0 for one still active.

    entry: tenure at which a customer came under observation (late entry of those older than the data), else 0.
    Rows with a NaN, or whose duration is not above their entry, are left out.
    From: Kaplan and Meier 1958, JASA 53; error by Greenwood's formula.
    """
    t, event = floats(durations), floats(left)
    start = floats(entry) if entry is not None else np.full(t.shape, -np.inf)
    use = ~(np.isnan(t) | np.isnan(event) | np.isnan(start)) & (t > start)
    if not use.any():
        return Curve(*(np.zeros(0),) * 3, longest=float("nan"))
    from statsmodels.duration.survfunc import SurvfuncRight

    if not event[use].any():
        return Curve(*(np.zeros(0),) * 3, longest=float(t[use].max()))
    fit = SurvfuncRight(t[use], event[use], entry=start[use] if entry is not None else None)
    return Curve(fit.surv_times, fit.surv_prob, fit.surv_prob_se, float(t[use].max()))


def compare_at(time: float, first: Curve, second: Curve) -> Difference:
    """Difference of two curves at a time fixed in advance, and the p of the log(-log) test.

    The interval is Newcombe's hybrid of the two log(-log) intervals (Zou and Donner 2008); NaN where either
    curve is 0, 1 or unknown there. From: Klein et al. 2007, Statistics in Medicine 26.
    """
    (s_1, e_1), (s_2, e_2) = first.at(time), second.at(time)
    low, high = hybrid(s_1, first.interval(time), s_2, second.interval(time))
    (l_1, d_1), (l_2, d_2) = _loglog(s_1, e_1), _loglog(s_2, e_2)
    p = two_sided((l_1 - l_2) / positive(np.hypot(d_1, d_2)))
    return Difference(floats(s_1 - s_2), low, high, p)


def log_rank(durations: ArrayLike, left: ArrayLike, group: ArrayLike) -> tuple[float, float]:
    """Chi-square and p of the log-rank test over whole curves; NaN below two groups or without an event.

    From: Mantel 1966, Cancer Chemotherapy Reports 50.
    """
    t, event, groups = floats(durations), floats(left), np.asarray(group)
    known = ~np.isnan(t) & ~np.isnan(event)
    if len(np.unique(groups[known])) < 2 or not event[known].any():
        return float("nan"), float("nan")
    from statsmodels.duration.survfunc import survdiff

    chi2, p = survdiff(t[known], event[known], groups[known])
    return float(chi2), float(p)


def _loglog(survival: float, error: float) -> tuple[float, float]:
    """log(-log S) and its delta-method error, NaN where S is 0 or 1."""
    if not 0 < survival < 1:
        return float("nan"), float("nan")
    return float(np.log(-np.log(survival))), float(error / (survival * abs(np.log(survival))))
