import numpy as np
import pytest

from care_metrics.statistics.multiple import alerts, q_values

# Benjamini and Hochberg 1995, JRSS B 57:289-300, section 3.2: 15 endpoints of a thrombolysis trial.
TRIAL = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
TRIAL += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]


def test_four_of_the_published_fifteen_are_discoveries():
    assert (q_values(TRIAL) < 0.05).tolist() == [True] * 4 + [False] * 11
    assert q_values(TRIAL)[3] == pytest.approx(0.0095 * 15 / 4)


def test_any_dependence_costs_the_harmonic_sum():
    harmonic = sum(1 / i for i in range(1, 16))
    assert q_values(TRIAL, dependent=True)[:4] == pytest.approx(q_values(TRIAL)[:4] * harmonic)


def test_an_unknown_p_is_no_test():
    assert q_values([0.01, None, 0.04, np.nan]) == pytest.approx([0.02, np.nan, 0.04, np.nan], nan_ok=True)


def test_no_tests_no_alerts():
    assert np.isnan(q_values([None, None])).all()
    assert alerts([], [], 1.0).shape == (0,)


def test_an_alert_must_also_matter():
    assert alerts([0.001, 0.001, 0.9, None], [8.0, -0.5, 9.0, 9.0], 5.0).tolist() == [True, False, False, False]
