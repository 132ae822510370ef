import numpy as np
import pytest
import statsmodels.formula.api as smf
from scipy import stats

from care_metrics.statistics import variance

# Shrout and Fleiss 1979, Psychological Bulletin 86:420-428, table 2: six targets, four judges.
RATINGS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)


def sums(groups):
    return np.array([(len(g), np.sum(g), np.square(g).sum()) for g in groups], dtype=float).T


def test_variance_share_gives_shrout_and_fleiss_case_1():
    assert variance.variance_share(*sums(RATINGS)).icc == pytest.approx(0.17, abs=0.005)


def test_unbalanced_groups_use_the_analysis_of_variance():
    groups = [np.array(g, dtype=float) for g in ([70, 80, 90], [50, 60], [95, 85, 80, 90, 100])]
    n = np.array([3, 2, 5])
    msb_over_msw = stats.f_oneway(*groups).statistic
    n0 = (10 - (n @ n) / 10) / 2
    found = variance.variance_share(*sums(groups))
    assert found.icc == pytest.approx((msb_over_msw - 1) / (msb_over_msw + n0 - 1))


def test_balanced_groups_agree_with_the_mixed_model():
    rng = np.random.default_rng(1)
    scores = rng.normal(70, 6, (40, 1)) + rng.normal(0, 12, (40, 25))
    frame = {"score": scores.ravel(), "agent": np.repeat(np.arange(40), 25)}
    model = smf.mixedlm("score ~ 1", frame, groups=frame["agent"]).fit(reml=True)
    found = variance.variance_share(*sums(scores))
    assert found.between == pytest.approx(float(model.cov_re.iloc[0, 0]), rel=1e-3)
    assert found.within == pytest.approx(model.scale, rel=1e-3)


def test_groups_that_differ_by_less_than_chance_have_share_zero():
    assert variance.variance_share(*sums([[1, 9], [9, 1], [5, 5]])).icc == 0


@pytest.mark.parametrize("groups", [[[1, 2, 3]], [[1], [2], [3]], [[5, 5], [5, 5]], []])
def test_share_is_undefined_without_groups_repeats_or_variation(groups):
    counts = sums(groups) if groups else np.zeros((3, 0))
    assert np.isnan(variance.variance_share(*counts).icc)


def test_an_empty_group_changes_nothing():
    n, total, sumsq = sums(RATINGS)
    with_empty = [np.append(n, 0), np.append(total, np.nan), np.append(sumsq, np.nan)]
    assert variance.variance_share(*with_empty) == pytest.approx(variance.variance_share(n, total, sumsq))
    assert variance.consistency_index(*with_empty, 5) == variance.consistency_index(n, total, sumsq, 5)


def test_consistency_index_by_hand_and_its_interval_holds_it():
    rng = np.random.default_rng(2)
    scores = rng.normal(70, 10, (60, 1)) + rng.normal(0, 15, (60, 40))
    found = variance.consistency_index(*sums(scores), half_range=50)
    assert found.value == pytest.approx(100 * (1 - np.sqrt(variance.variance_share(*sums(scores)).between) / 50))
    assert found.low < found.value < found.high
    assert found.low < 80 < found.high  # true standard deviation 10 of a half range of 50


def test_one_agent_has_no_consistency_index():
    assert np.isnan(variance.consistency_index([5], [300], [20000], 50)).all()


def test_funnel_widens_for_small_groups_and_by_overdispersion():
    error = np.sqrt(0.7 * 0.3 / np.array([25, 100]))
    limits = variance.funnel_limits(0.7, error)
    assert limits["95"][0] == pytest.approx(stats.norm.ppf(0.025, 0.7, error))
    assert limits["99.8"][1] == pytest.approx(stats.norm.ppf(0.999, 0.7, error))
    assert variance.funnel_limits(0.7, error, 4.0)["95"][1] - 0.7 == pytest.approx(2 * (limits["95"][1] - 0.7))
    assert variance.funnel_limits(0.7, error, 0.5)["95"][1] == pytest.approx(limits["95"][1])


def test_one_outlier_does_not_make_the_others_overdispersed():
    z = np.array([-1.5, -1, -0.5, -0.2, 0, 0.1, 0.2, 0.5, 1, 1.5, 40])
    assert variance.overdispersion_factor(z, 0.0, np.ones(11)) == pytest.approx(
        np.mean(np.array([-1, -1, -0.5, -0.2, 0, 0.1, 0.2, 0.5, 1, 1.5, 1.5]) ** 2)
    )
    assert np.isnan(variance.overdispersion_factor([None], 0.0, [1.0]))
