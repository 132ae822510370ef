import numpy as np
import pytest

from care_metrics.statistics import control

# NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2: flow rate of ten batches.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# Montgomery, Introduction to Statistical Quality Control, orange juice cans: 30 samples of 50.
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]


def rules(values, centre=0.0, width=3.0):
    flat = np.full(len(values), centre)
    return control.signals(values, control.Chart(flat, flat - width, flat + width))


def test_xmr_gives_the_nist_limits():
    chart = control.xmr(FLOW)
    # The handbook divides by d2 = 1.128 where Wheeler's 2.66 is rounded: equal to 0.001.
    assert [level[0] for level in chart] == pytest.approx([50.81, 45.8159, 55.8041], abs=1e-3)
    assert control.moving_range_limit(FLOW) == pytest.approx(6.1349, abs=1e-3)


def test_limits_stay_frozen_on_the_baseline():
    later = [80.0, 90.0]
    assert control.xmr(FLOW + later, baseline=10).upper == pytest.approx(np.full(12, control.xmr(FLOW).upper[0]))


def test_a_missing_week_is_skipped():
    assert control.xmr([1.0, None, 3.0]).upper[0] == pytest.approx(2 + 2.66 * 2)


def test_one_value_has_no_limits():
    assert np.isnan(control.xmr([5.0]).upper).all()
    assert not control.signals([5.0], control.xmr([5.0])).any()
    assert np.isnan(control.p_chart([0], [0]).centre).all()


def test_p_chart_gives_montgomerys_trial_limits():
    chart = control.p_chart(CANS, [50] * 30)
    assert [level[0] for level in chart] == pytest.approx([0.2313, 0.0524, 0.4102], abs=1e-4)
    assert np.flatnonzero(control.signals(np.array(CANS) / 50, chart)[0]).tolist() == [14, 22]


def test_p_chart_limits_follow_n_and_stay_within_zero_and_one():
    chart = control.p_chart([1, 100, None], [10, 1000, 50])
    assert chart.lower == pytest.approx([0.0, 0.1 - 3 * np.sqrt(0.09 / 1000), 0.0], abs=1e-3)
    assert chart.upper[1] < chart.upper[0] <= 1


def test_laney_widens_by_the_moving_range_of_z():
    successes, n = np.array([5000, 5300, 4800, 5200]), 10_000
    z = (successes / n - 0.5075) / np.sqrt(0.5075 * 0.4925 / n)
    sigma_z = np.abs(np.diff(z)).mean() / 1.128
    plain, prime = control.p_chart(successes, [n] * 4), control.p_prime_chart(successes, [n] * 4)
    assert prime.centre[0] == pytest.approx(0.5075)
    assert (prime.upper - prime.centre) == pytest.approx((plain.upper - plain.centre) * sigma_z)
    assert sigma_z > 1  # weeks differ by more than chance: the plain chart cries wolf
    assert control.signals(successes / n, plain)[0].sum() == 2
    assert control.signals(successes / n, prime)[0].sum() == 0


def test_rule_one_needs_a_point_beyond_the_limit():
    assert rules([3.0, 3.1, -3.1])[0].tolist() == [False, True, True]


def test_rule_two_counts_eight_on_one_side_and_the_centre_breaks_the_run():
    assert np.flatnonzero(rules([0.1] * 9)[1]).tolist() == [7, 8]
    assert not rules([0.1] * 7 + [0.0] + [0.1] * 7)[1].any()


def test_rule_three_counts_three_of_four_beyond_half_way():
    assert np.flatnonzero(rules([1.6, 0.0, 1.6, 1.6, 0.0])[2]).tolist() == [3]
    assert not rules([1.6, 0.0, 0.0, 1.6, 1.6])[2].any()
    assert not rules([-1.6, 0.0, 0.0, -1.6, -1.6])[2].any()
    assert not rules([1.6, -1.6, 1.6, -1.6])[2].any()


def test_false_alarms_of_a_stable_series_are_rare():
    noise = np.random.default_rng(1).normal(50, 5, 2000)
    assert control.signals(noise, control.xmr(noise))[0].mean() < 0.01
