import numpy as np
import pytest
from scipy import stats

from care_metrics.statistics.survival import compare_at, kaplan_meier, log_rank

# Freireich et al. 1963, Blood 21: weeks of remission under 6-MP (0 = still in remission) and placebo, as
# tabulated by Kleinbaum and Klein, Survival Analysis, chapter 2.
DRUG = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
DRUG_LEFT = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
drug, placebo = kaplan_meier(DRUG, DRUG_LEFT), kaplan_meier(PLACEBO, [1] * 21)


def test_curve_gives_the_published_6mp_figures():
    assert drug.at(22)[0] == pytest.approx(0.538, abs=5e-4)
    assert drug.at(23)[0] == pytest.approx(0.448, abs=5e-4)
    assert (drug.median, placebo.median) == (23, 8)


def test_greenwood_by_hand_is_held_as_a_step():
    # S(6) = 18/21, S(7) = S(6) 16/17; var = S^2 sum d / (n (n - d)).
    s = 18 / 21 * 16 / 17
    error = s * np.sqrt(3 / (21 * 18) + 1 / (17 * 16))
    assert drug.at(7) == pytest.approx((s, error))
    assert drug.at(9.9) == drug.at(7)


def test_before_the_first_event_all_are_kept_and_beyond_the_data_nothing_is_known():
    assert drug.at(3) == (1.0, 0.0)
    assert drug.at(35)[0] == pytest.approx(0.448, abs=5e-4)
    assert np.isnan(drug.at(36)).all()


def test_log_log_comparison_uses_the_step_not_an_interpolation():
    # Interpolating Greenwood's sum between event times gives 9.62 at week 12 instead of 11.25.
    change = compare_at(12, drug, placebo)
    assert stats.chi2.isf(change.p, 1) == pytest.approx(11.25, abs=0.005)
    assert change.difference == pytest.approx(drug.at(12)[0] - 4 / 21)
    assert 0 < change.low < change.difference < change.high < 1


def test_log_rank_gives_the_published_chi_square():
    chi2, p = log_rank(DRUG + PLACEBO, DRUG_LEFT + [1] * 21, [1] * 21 + [0] * 21)
    assert chi2 == pytest.approx(16.79, abs=0.005)
    assert p == pytest.approx(4.17e-5, rel=0.01)


def test_late_entry_keeps_old_customers_out_of_the_early_risk_set():
    # Three customers; the third is first seen at tenure 4, so only two were at risk at 2.
    curve = kaplan_meier([2, 5, 6], [1, 1, 0], entry=[0, 0, 4])
    assert curve.at(2)[0] == pytest.approx(1 / 2)
    assert curve.at(5)[0] == pytest.approx(1 / 4)


def test_nobody_left_is_a_flat_curve():
    curve = kaplan_meier([3, 4], [0, 0])
    assert curve.at(4) == (1.0, 0.0)
    assert np.isnan(curve.median)
    assert np.isnan(compare_at(4, curve, drug).p)


def test_no_customers_is_nan():
    curve = kaplan_meier([None], [1])
    assert np.isnan(curve.at(1)).all()
    assert np.isnan(log_rank([1, 2], [1, 1], ["a", "a"])).all()


def test_interval_covers():
    rng = np.random.default_rng(1)
    covered = []
    for _ in range(400):
        tenure, seen = rng.exponential(100, 80), rng.uniform(20, 200, 80)
        low, high = kaplan_meier(np.minimum(tenure, seen), tenure <= seen).interval(50)
        covered.append(low <= np.exp(-0.5) <= high)
    assert 0.92 <= np.mean(covered) <= 0.98
