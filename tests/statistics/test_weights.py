import numpy as np
import pytest
from statsmodels.stats.weightstats import DescrStatsW

from care_metrics.statistics import weights


def test_standardised_difference_of_rates_by_hand():
    # Respondents 60 %, others 50 %: 0.1 over sqrt((0.24 + 0.25) / 2).
    assert weights.standardised_difference(0.6, 0.24, 0.5, 0.25) == pytest.approx(0.1 / np.sqrt(0.245))
    assert np.isnan(weights.standardised_difference(1.0, 0.0, 1.0, 0.0))


def test_weights_restore_the_mix_of_all_contacts():
    # 100 angry and 300 calm contacts; 5 and 45 answered.
    found = weights.response_weights([100, 300], [5, 45], trim=1.0)
    assert found[0] / found[1] == pytest.approx(20 / (300 / 45))
    assert np.average(found, weights=[5, 45]) == pytest.approx(1.0)
    assert (found * [5, 45] / 50) == pytest.approx([0.25, 0.75])


def test_an_extreme_weight_is_trimmed():
    found = weights.response_weights([10_000, 1000], [1, 1000])
    assert found[0] == pytest.approx(found[1])


def test_a_stratum_without_answers_has_no_weight():
    assert np.isnan(weights.response_weights([100, 50], [10, 0])).tolist() == [False, True]
    assert np.isnan(weights.response_weights([100], [0])).all()


def test_kish_effective_n_by_hand():
    assert weights.effective_n([1, 1, 2]) == pytest.approx(16 / 6)
    assert weights.design_effect([1, 1, 2]) == pytest.approx(18 / 16)
    assert weights.design_effect([3, 3, 3, None]) == pytest.approx(1.0)
    assert np.isnan(weights.effective_n([]))


def test_weighted_interval_equals_descrstatsw_on_effective_n():
    rng = np.random.default_rng(1)
    y, w = rng.normal(70, 10, 80), rng.uniform(0.5, 4, 80)
    oracle = DescrStatsW(y, weights=w / w.sum() * weights.effective_n(w))
    mean, (low, high) = weights.weighted_mean(y, w)
    assert mean == pytest.approx(oracle.mean)
    assert (low, high) == pytest.approx(oracle.tconfint_mean())


def test_equal_weights_change_nothing():
    y = [3.0, 5.0, None, 10.0]
    assert weights.weighted_mean(y, [2, 2, 2, 2])[1] == pytest.approx(DescrStatsW([3.0, 5, 10]).tconfint_mean())


def test_one_answer_has_no_interval():
    mean, interval = weights.weighted_mean([5.0], [1.0])
    assert mean == 5
    assert np.isnan(interval).all()


def test_weighted_interval_covers():
    rng = np.random.default_rng(2)
    covered = 0
    for _ in range(1000):
        group = rng.random(120) < 0.3
        y = rng.normal(np.where(group, 60, 80), 10)
        _, (low, high) = weights.weighted_mean(y, np.where(group, 0.5 / 0.3, 0.5 / 0.7))
        covered += low <= 70 <= high
    assert 0.93 <= covered / 1000 <= 1.0


def test_bounds_of_a_rate_by_hand():
    # 80 % of the 20 % who answered are content: 16 % of all at least, 96 % at most.
    assert weights.response_bounds(0.8, 0.2, 0.0, 1.0) == pytest.approx((0.16, 0.96))
    assert weights.response_bounds(None, 0.0, 0.0, 1.0) == pytest.approx((0.0, 1.0))
