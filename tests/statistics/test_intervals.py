import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from care_metrics.statistics import intervals

UNDEFINED = pytest.approx((np.nan, np.nan), nan_ok=True)


def cluster_sums(x, y):
    """n and the five sums of one cell, from one denominator and one numerator per cluster."""
    return len(x), x.sum(), y.sum(), x @ x, y @ y, x @ y


def composite_sums(x, y):
    """Sums of one cell from clusters x ratios matrices."""
    return len(x), x.sum(0), y.sum(0), x.T @ x, y.T @ y, y.T @ x


@pytest.mark.parametrize(("promoters", "detractors", "n"), [(15, 5, 36), (1, 0, 1), (0, 12, 12), (400, 350, 1000)])
def test_nps_is_the_wald_interval_after_adding_rocks_pseudo_answers(promoters, detractors, n):
    # Rocks 2016 (R package NPS, nps_test): pseudo observations 0.75, 1.5, 0.75.
    weights = [promoters + 0.75, n - promoters - detractors + 1.5, detractors + 0.75]
    answers = DescrStatsW([1, 0, -1], weights=weights)
    half = stats.norm.ppf(0.975) * np.sqrt(answers.var / answers.sum_weights)
    expected = 100 * np.clip([answers.mean - half, answers.mean + half], -1, 1)
    assert intervals.nps_adjusted_wald(promoters, detractors, n) == pytest.approx(tuple(expected))


# At n = 1 the published formula itself leaves the score of -100 out: -98.5..48.5.
@given(st.integers(2, 3000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n))))
def test_nps_interval_holds_the_score_and_stays_on_the_scale(counts):
    n, promoters, others = counts
    detractors = min(others, n - promoters)
    low, high = intervals.nps_adjusted_wald(promoters, detractors, n)
    assert -100 <= low <= 100 * (promoters - detractors) / n <= high <= 100


@pytest.mark.parametrize("n", [30, 200])
def test_nps_covers_between_93_and_97_percent(n):
    answers = np.random.default_rng(8).multinomial(n, [0.5, 0.3, 0.2], 20_000)
    low, high = intervals.nps_adjusted_wald(answers[:, 0], answers[:, 2], n)
    assert 0.93 <= np.mean((low <= 30) & (high >= 30)) <= 0.97


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_newcombe_1998_table_1_method_3(successes, n, low, high):
    # Newcombe 1998, Statistics in Medicine 17:857-872.
    assert intervals.wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("n", [10, 30, 100])
def test_wilson_covers_between_93_and_97_percent_on_average(n):
    k, p = np.arange(n + 1), np.linspace(0.02, 0.98, 97)[:, None]
    low, high = intervals.wilson(k, n)
    covered = (stats.binom.pmf(k, n, p) * ((low <= p) & (p <= high))).sum(axis=1)
    assert 0.93 <= covered.mean() <= 0.97


def test_mean_t_equals_scipy_on_handle_seconds():
    seconds = np.array([312.0, 190, 455, 610, 120, 245, 880])
    expected = stats.ttest_1samp(seconds, 0).confidence_interval(0.95)
    assert intervals.mean_t(7, seconds.sum(), seconds @ seconds) == pytest.approx(tuple(expected))


def test_mean_of_identical_values_has_no_width_despite_rounding():
    low, high = intervals.mean_t(3, 0.1 + 0.1 + 0.1, 3 * 0.1**2)
    assert low == pytest.approx(0.1, abs=1e-7)
    assert high == pytest.approx(0.1, abs=1e-7)


def test_ratio_equals_weighted_least_squares_with_robust_error():
    # Regression through the origin with weights 1/x has slope sum(y)/sum(x); its HC1 error is Cochran's.
    rng = np.random.default_rng(1)
    x = rng.integers(1, 9, 40).astype(float)
    y = rng.binomial(x.astype(int), 0.6).astype(float)
    fit = sm.WLS(y, x, weights=1 / x).fit(cov_type="HC1", use_t=True)
    assert intervals.ratio_cluster(*cluster_sums(x, y)) == pytest.approx(tuple(fit.conf_int()[0]))


def test_composite_of_one_ratio_is_that_ratio():
    rng = np.random.default_rng(2)
    x = rng.integers(1, 9, (30, 1)).astype(float)
    y = x * rng.random((30, 1))
    single = intervals.ratio_cluster(*cluster_sums(x[:, 0], y[:, 0]))
    assert intervals.composite_delta(*composite_sums(x, y)) == pytest.approx(single)


def test_composite_width_is_the_spread_of_each_interactions_influence():
    rng = np.random.default_rng(3)
    x = rng.integers(0, 4, (50, 4)).astype(float)
    # A good interaction is good on every pillar (covariances matter), and pillars differ in level.
    y = x * rng.random((50, 1)) * rng.random((50, 4)) * [1.0, 0.8, 0.5, 0.2]
    r = y.sum(0) / x.sum(0)
    influence = ((y - r * x) / x.sum(0)).mean(axis=1)
    half = stats.t.ppf(0.975, 49) * np.sqrt(50 / 49 * influence @ influence)
    assert intervals.composite_delta(*composite_sums(x, y)) == pytest.approx((r.mean() - half, r.mean() + half))


def test_composite_leaves_out_a_pillar_without_opportunity():
    rng = np.random.default_rng(4)
    x = rng.integers(1, 4, (20, 3)).astype(float)
    y = x * rng.random((20, 3))
    without = intervals.composite_delta(*composite_sums(x[:, :2], y[:, :2]))
    n, *sums = composite_sums(x, y)
    for part in sums:
        part[..., 2] = np.nan
    assert intervals.composite_delta(n, *sums) == pytest.approx(without)


def test_composite_of_many_cells_equals_each_alone():
    rng = np.random.default_rng(5)
    cells = [composite_sums(rng.random((n, 4)) + 1, rng.random((n, 4))) for n in (3, 8, 20)]
    low, high = intervals.composite_delta(*map(np.stack, zip(*cells, strict=True)))
    assert [*zip(low, high, strict=True)] == [pytest.approx(intervals.composite_delta(*cell)) for cell in cells]


def test_composite_covers_correlated_pillars():
    rng = np.random.default_rng(6)
    x = rng.integers(0, 4, (1500, 60, 4)).astype(float)
    y = rng.binomial(x.astype(int), rng.beta(3, 2, (1500, 60, 1))).astype(float)
    cells = (np.full(1500, 60), x.sum(1), y.sum(1), *(np.swapaxes(a, 1, 2) @ b for a, b in [(x, x), (y, y), (y, x)]))
    low, high = intervals.composite_delta(*cells)
    assert 0.93 <= np.mean((low <= 0.6) & (high >= 0.6)) <= 0.97


@pytest.mark.parametrize(
    "undefined",
    [
        lambda: intervals.nps_adjusted_wald(0, 0, 0),
        lambda: intervals.wilson(None, None),
        lambda: intervals.mean_t(1, 5, 25),
        lambda: intervals.mean_t(0, None, None),
        lambda: intervals.ratio_cluster(1, 2, 1, 4, 1, 2),
        lambda: intervals.ratio_cluster(3, 0, 0, 0, 0, 0),
        lambda: intervals.composite_delta(0, *np.zeros((2, 4)), *np.zeros((3, 4, 4))),
        lambda: intervals.composite_delta(1, *np.ones((2, 4)), *np.ones((3, 4, 4))),
        lambda: intervals.quantile_interval([None, 4.0], 0.5),
    ],
)
def test_too_little_data_is_nan_and_silent(undefined):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert undefined() == UNDEFINED


def test_an_empty_cell_does_not_disturb_its_neighbours():
    low, _ = intervals.wilson([81, None, 15], [263, 0, 148])
    assert low == pytest.approx([0.2553, np.nan, 0.0624], abs=5e-5, nan_ok=True)


@pytest.mark.parametrize(("n", "ranks"), [(10, (2, 9)), (20, (6, 15)), (100, (40, 61))])
def test_order_statistics_bracket_the_median_by_the_binomial(n, ranks):
    # Ranks of the 95 % interval of a median; oracle: binomial probability of the ranks between.
    low, high = intervals._order_statistics(np.arange(1.0, n + 1), 0.5)
    assert (low, high) == ranks
    inside = stats.binom.cdf(high - 1, n, 0.5) - stats.binom.cdf(low - 1, n, 0.5)
    tighter = stats.binom.cdf(high - 2, n, 0.5) - stats.binom.cdf(low, n, 0.5)
    assert tighter < 0.95 <= inside


def test_quantile_interval_is_repeatable_and_agrees_across_its_two_methods():
    seconds = np.random.default_rng(7).lognormal(6, 0.6, 5000)
    bootstrap = intervals.quantile_interval(seconds, 0.9)
    assert bootstrap == intervals.quantile_interval(seconds[::-1], 0.9)
    assert bootstrap == pytest.approx(intervals._order_statistics(np.sort(seconds), 0.9), rel=0.01)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_equals_statsmodels(counts):
    # The library's import alone would cost the application's start a second.
    assert intervals.wilson(*counts) == pytest.approx(proportion_confint(*counts, method="wilson"), abs=1e-12)
