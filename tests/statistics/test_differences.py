import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, test_proportions_2indep

from care_metrics.statistics import differences

test_proportions_2indep.__test__ = False


def sums(values):
    values = np.asarray(values, dtype=float)
    return len(values), values.sum(), values @ values


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_rates_give_newcombe_1998_table_2_method_10(counts, low, high):
    # Newcombe 1998, Statistics in Medicine 17:873-890.
    change = differences.rate_difference(*counts)
    assert (change.low, change.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # statsmodels also forms the odds ratio
@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (5, 56, 0, 29), (800, 1000, 760, 1000)])
def test_rates_equal_the_named_library_calls(counts):
    change = differences.rate_difference(*counts)
    assert change[1:3] == pytest.approx(confint_proportions_2indep(*counts, method="newcomb"))
    assert change.p == pytest.approx(test_proportions_2indep(*counts, method="score", correction=False).pvalue)


def test_two_groups_of_only_successes_do_not_differ():
    assert differences.rate_difference([10, 0], [10, 10], [20, 0], [20, 20]).p.tolist() == [1.0, 1.0]


A1 = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4]
A2 = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4]


def test_means_give_the_published_welch_example():
    # Wikipedia, "Welch's t-test", example 1; the Kusto reference of welch_test() prints the same p, 0.021.
    assert differences.mean_difference(*sums(A1), *sums(A2)).p == pytest.approx(0.021, abs=5e-4)


def test_means_equal_scipys_welch():
    change = differences.mean_difference(*sums(A1), *sums(A2))
    welch = stats.ttest_ind(A1, A2, equal_var=False)
    assert change.p == pytest.approx(welch.pvalue)
    assert change[1:3] == pytest.approx(tuple(welch.confidence_interval(0.95)))


def test_nps_test_agrees_with_welch_on_the_answers():
    # Cross-check named by MeasuringU's comparison of three tests: the t test of +1, 0, -1.
    first, second = np.repeat([1, 0, -1], [240, 100, 60]), np.repeat([1, 0, -1], [190, 130, 80])
    change = differences.nps_difference(240, 60, 400, 190, 80, 400)
    welch = stats.ttest_ind(first, second, equal_var=False)
    assert change.difference == pytest.approx(17.5)
    assert change.p == pytest.approx(welch.pvalue, rel=0.1)
    assert change[1:3] == pytest.approx(100 * np.array(welch.confidence_interval(0.95)), abs=0.5)


def test_nps_difference_by_hand():
    # p' = 7.75/13, d' = 2.75/13; p'' = 4.75/13, d'' = 5.75/13: 5/13 - (-1/13) = 6/13 of 100 points.
    change = differences.nps_difference(7, 2, 10, 4, 5, 10)
    v1, v2 = 10.5 / 13 - (5 / 13) ** 2, 10.5 / 13 - (1 / 13) ** 2
    error = 100 * np.sqrt((v1 + v2) / 13)
    assert change.difference == pytest.approx(60.0)  # of the plain scores 50 and -10, as the tiles show
    assert (change.low + change.high) / 2 == pytest.approx(600 / 13)
    assert change.p == pytest.approx(2 * stats.norm.sf(600 / 13 / error))


def test_ratios_equal_a_regression_with_a_group_term():
    rng = np.random.default_rng(1)
    x = rng.integers(1, 9, 80).astype(float)
    y = rng.binomial(x.astype(int), 0.6).astype(float)
    halves = [slice(40), slice(40, 80)]
    five = [(40, x[h].sum(), y[h].sum(), x[h] @ x[h], y[h] @ y[h], x[h] @ y[h]) for h in halves]
    group = np.column_stack([x, np.repeat([0.0, 1.0], 40) * x])
    fit = sm.WLS(y, group, weights=1 / x).fit(cov_type="HC1")  # HC1 counts n/(n-2) of 80, here 2 x 40/39
    change = differences.ratio_difference(*five)
    assert change.difference == pytest.approx(-fit.params[1])
    assert change.p == pytest.approx(fit.pvalues[1])


def test_two_groups_without_any_spread_prove_nothing():
    change = differences.normal_difference(1.0, 0.0, 0.5, 0.0)
    assert np.isnan([change.low, change.high, change.p]).all()
    assert differences.verdict(*change, 0.1) == "chance"


def test_a_shifted_median_is_found_and_the_interval_decides():
    rng = np.random.default_rng(3)
    before, after = rng.lognormal(6, 0.5, 400), rng.lognormal(5.7, 0.5, 400)
    change = differences.quantile_difference([*after, None], before, 0.5)
    assert change.difference == pytest.approx(np.median(after) - np.median(before))
    assert change.low < np.exp(5.7) - np.exp(6) < change.high < 0
    assert differences.verdict(*change, 30.0) == "clear"
    assert np.isnan(differences.quantile_difference([], before, 0.5)).all()


@pytest.mark.parametrize("group", ["rates", "means", "nps"])
def test_a_group_without_data_is_nan_and_silent(group):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        change = {
            "rates": lambda: differences.rate_difference(3, 4, None, 0),
            "means": lambda: differences.mean_difference(1, 5, 25, 3, 6, 14),
            "nps": lambda: differences.nps_difference(0, 0, 0, 3, 1, 9),
        }[group]()
    assert np.isnan([change.low, change.high, change.p]).all()


def test_false_alarms_are_five_percent():
    rng = np.random.default_rng(2)
    first, second = rng.binomial(200, 0.7, (2, 20_000))
    assert np.mean(differences.rate_difference(first, 200, second, 200).p < 0.05) == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize(
    ("change", "threshold", "expected"),
    [
        ((6.0, 1.0, 11.0, 0.02), 5.0, "clear"),
        ((-6.0, -11.0, -1.0, 0.02), 5.0, "clear"),
        ((0.4, 0.1, 0.7, 0.0001), 5.0, "chance"),  # certain but too small to matter
        ((20.0, -5.0, 45.0, 0.12), 5.0, "chance"),  # large but uncertain
        ((6.0, 1.0, 11.0, 0.05), 5.0, "chance"),
        ((5.0, 1.0, 9.0, 0.02), 5.0, "clear"),  # the threshold itself counts
        ((8.0, 1.0, 15.0, np.nan), 5.0, "clear"),  # no p: the interval decides
        ((8.0, -1.0, 17.0, None), 5.0, "chance"),
        ((None, None, None, None), 5.0, "chance"),
    ],
)
def test_a_change_is_clear_only_if_certain_and_large_enough(change, threshold, expected):
    assert differences.verdict(*change, threshold) == expected
