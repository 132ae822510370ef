import numpy as np
import pytest
from scipy import stats

from care_metrics.statistics import shrinkage

# Efron and Morris 1975, JASA 70:311-319: hits of 18 players in their first 45 times at bat.
HITS = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7])
# Colditz et al. 1994, 13 trials of BCG vaccine: cases and others, vaccinated and not (metafor's dat.bcg).
BCG = np.array(
    [
        (4, 119, 11, 128),
        (6, 300, 29, 274),
        (3, 228, 11, 209),
        (62, 13536, 248, 12619),
        (33, 5036, 47, 5761),
        (180, 1361, 372, 1079),
        (8, 2537, 10, 619),
        (505, 87886, 499, 87892),
        (29, 7470, 45, 7232),
        (17, 1699, 65, 1600),
        (186, 50448, 141, 27197),
        (5, 2493, 3, 2338),
        (27, 16886, 29, 17825),
    ]
)


def test_centre_and_spread_give_the_published_dersimonian_laird_fit():
    a, b, c, d = BCG.T
    log_ratio = np.log(a / (a + b) / (c / (c + d)))
    variance = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    fit = shrinkage.shrink_means(log_ratio, variance)
    assert fit.centre == pytest.approx(-0.7141, abs=5e-5)
    assert fit.spread**2 == pytest.approx(0.3088, abs=5e-5)


def test_baseball_averages_shrink_by_efron_and_morris_factor():
    averages = HITS / 45
    variance = averages.mean() * (1 - averages.mean()) / 45
    fit = shrinkage.shrink_means(averages, np.full(18, variance))
    # Their James-Stein factor is 0.212 = 1 - 15 v / S; DerSimonian-Laird divides by its 17 degrees of freedom.
    assert 1 - (1 - fit.reliability[0]) * 15 / 17 == pytest.approx(0.212, abs=5e-4)


def test_pooled_variance_by_hand():
    # Groups 1, 3 and 2, 4, 6: within sums of squares 2 + 8 over 1 + 2 degrees of freedom.
    assert shrinkage.pooled_variance([2, 3, 0], [4, 12, None], [10, 56, None]) == pytest.approx(
        [10 / 3 / 2, 10 / 3 / 3, np.nan], nan_ok=True
    )


def test_pooled_ratio_variance_by_hand():
    """Contacts of 2 and 1 points with 2 and 0 earned, r = 2/3: residuals 2/3 and -2/3; the other group's are 0.

    s2 = 8/9 over 1 + 2 degrees of freedom; n / x^2 is 2/9 and 3/9. With points of 1 it is the pooled variance.
    """
    sums = [2, 3], [3, 3], [2, 3], [5, 3], [4, 3], [4, 3]
    assert shrinkage.pooled_ratio_variance(*sums) == pytest.approx([8 / 27 * 2 / 9, 8 / 27 * 3 / 9])
    plain = [2, 3], [2, 3], [4, 12], [2, 3], [10, 56], [4, 12]
    assert shrinkage.pooled_ratio_variance(*plain) == pytest.approx(
        shrinkage.pooled_variance([2, 3], [4, 12], [10, 56])
    )


def test_an_agent_with_four_calls_does_not_lead():
    means, n = np.array([95.0, 80.0, 70.0, 60.0, 50.0]), np.array([4, 400, 400, 400, 400])
    fit = shrinkage.shrink_means(means, 30.0**2 / n)
    assert fit.estimate.argmax() == 1
    assert (fit.reliability >= shrinkage.RANKING_RELIABILITY).tolist() == [False, True, True, True, True]


def test_groups_that_agree_keep_an_interval_of_some_width():
    fit = shrinkage.shrink_means([70.0, 70.5, 69.8], [4.0, 4.0, 4.0])
    assert fit.spread == 0
    assert fit.estimate == pytest.approx(np.full(3, 70.1))
    assert fit.high - fit.low == pytest.approx(np.full(3, 2 * 1.96 * np.sqrt(4 / 3)), rel=1e-3)


def test_a_group_without_data_is_left_out():
    fit = shrinkage.shrink_means([70.0, None, 50.0], [4.0, None, 4.0])
    assert np.isnan(fit.estimate).tolist() == [False, True, False]
    assert np.isnan(shrinkage.shrink_means([70.0], [4.0]).estimate).all()
    assert np.isnan(shrinkage.shrink_rates([3, None], [4, 0]).estimate).all()


def test_where_groups_differ_less_than_chance_the_centre_is_their_weighted_mean():
    """tau2 is negative before it is cut at 0; weights of 1 / (v + tau2) would be negative and give 10.16."""
    means, variances = np.array([10.0, 11.0, 12.0]), np.array([400.0, 100.0, 9000.0])
    assert shrinkage.shrink_means(means, variances).centre == pytest.approx(np.average(means, weights=1 / variances))


def test_shrunk_intervals_cover_the_true_means():
    rng = np.random.default_rng(1)
    truth = rng.normal(70, 8, (300, 30))
    variance = 20.0**2 / rng.integers(4, 60, (300, 30))
    seen = rng.normal(truth, np.sqrt(variance))
    fits = [shrinkage.shrink_means(*row) for row in zip(seen, variance, strict=True)]
    covered = [(fit.low <= t) & (t <= fit.high) for fit, t in zip(fits, truth, strict=True)]
    assert 0.92 <= np.mean(covered) <= 0.97


def test_rates_recover_the_beta_they_came_from():
    rng = np.random.default_rng(2)
    n = rng.integers(20, 200, 2000)
    fit = shrinkage.shrink_rates(rng.binomial(n, rng.beta(12, 4, 2000)), n)
    assert fit.centre == pytest.approx(0.75, abs=0.01)
    assert fit.spread == pytest.approx(stats.beta(12, 4).std(), rel=0.05)


def test_rate_estimates_are_the_posterior_of_the_fitted_beta():
    k, n = np.array([9, 30, 60, 100, 2]), np.array([10, 60, 100, 120, 20])
    fit = shrinkage.shrink_rates(k, n)
    size = n[0] / fit.reliability[0] - n[0]
    posterior = stats.beta(k + fit.centre * size, n - k + (1 - fit.centre) * size)
    assert fit.estimate == pytest.approx(posterior.mean())
    assert (fit.low, fit.high) == (pytest.approx(posterior.ppf(0.025)), pytest.approx(posterior.ppf(0.975)))
    near = (
        [fit.centre * size * 1.02, (1 - fit.centre) * size * 1.02],
        [fit.centre * size, (1 - fit.centre) * size * 1.02],
    )
    best = stats.betabinom.logpmf(k, n, fit.centre * size, (1 - fit.centre) * size).sum()
    assert all(stats.betabinom.logpmf(k, n, a, b).sum() < best for a, b in near)


def test_rates_that_differ_by_chance_only_become_one():
    fit = shrinkage.shrink_rates([50, 51, 49, 50], [100] * 4)
    assert fit.estimate == pytest.approx(np.full(4, 0.5), abs=1e-3)
