"""Crude and adjusted slopes, against the formula that kpis name for them."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from care_metrics.statistics.slopes import slope


def test_a_slope_by_hand():
    """Means 2 and 3: sum (x - 2)(y - 3) = 2, sum (x - 2)^2 = 2."""
    found = slope([2.0, 3.0, 4.0], [1.0, 2.0, 3.0], ["a", "b", "c"])
    assert (found.value, found.n, found.clusters) == (pytest.approx(1.0), 3, 3)


def test_longer_within_each_kind_is_better_while_longer_kinds_are_worse():
    """Simpson: within both kinds y rises by 1 a minute, and the long kind lies 10 below the short one."""
    x = [1, 2, 3, 11, 12, 13]
    y = [20, 21, 22, 10, 11, 12]
    who = ["a", "b", "c", "d", "e", "f"]
    kind = ["short"] * 3 + ["long"] * 3
    assert slope(y, x, who).value < 0
    assert slope(y, x, who, kind).value == pytest.approx(1.0)


@pytest.mark.parametrize("adjusted", [False, True], ids=["crude", "adjusted"])
def test_it_is_the_named_call_of_statsmodels(adjusted):
    rng = np.random.default_rng(5)
    n = 400
    frame = pd.DataFrame(
        {"reason": rng.integers(0, 4, n), "channel": rng.integers(0, 3, n), "agent": rng.integers(0, 15, n)}
    )
    frame["aht"] = 3 + frame["reason"] + rng.exponential(2, n)
    frame["csat"] = 0.5 - 0.05 * frame["reason"] + 0.02 * frame["aht"] + rng.normal(0, 0.3, n) + 0.02 * frame["agent"]
    formula = "csat ~ aht + C(reason)*C(channel)" if adjusted else "csat ~ aht"
    fit = smf.ols(formula, frame).fit(cov_type="cluster", cov_kwds={"groups": frame["agent"]}, use_t=True)
    kind = 10 * frame["reason"] + frame["channel"] if adjusted else None
    found = slope(frame["csat"], frame["aht"], frame["agent"], kind)
    low, high = fit.conf_int().loc["aht"]
    assert (found.value, found.low, found.high) == pytest.approx((fit.params["aht"], low, high), rel=1e-9)
    assert found.p == pytest.approx(fit.pvalues["aht"], rel=1e-6)


@pytest.mark.parametrize(
    ("y", "x", "who", "kind"),
    [
        ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], ["a", "a", "a"], None),
        ([1.0, 2.0, 3.0], [5.0, 5.0, 5.0], ["a", "b", "c"], None),
        ([1.0, 2.0, 3.0], [5.0, 6.0, 7.0], ["a", "b", "c"], ["x", "y", "z"]),
        ([], [], [], None),
    ],
    ids=["one_agent", "one_length", "each_its_own_kind", "nothing"],
)
def test_undefined_is_not_a_number_and_not_an_error(y, x, who, kind):
    found = slope(y, x, who, kind)
    assert np.isnan([found.value, found.low, found.high, found.p]).all()
    assert found.n == len(y)
