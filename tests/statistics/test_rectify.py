import json

import numpy as np
import pytest

from care_metrics.statistics.rectify import rectified
from tests.faults.coverage import DRAWS, PAGE, RESULT, covered, rendered


def test_by_hand():
    # Errors 0.2 and 0.4, equal chances: 0.3; their variance 0.02, and 0.02 / 2 of the draw but for the 2 of 100 that were
    # drawn. Of all 100: the variance again, and twice cov(model, error) = 0.01.
    found = rectified(0.1, 0.0004, 100, [0.0, 0.1], [0.2, 0.5], [0.02, 0.02])
    assert found.value == pytest.approx(0.4)
    assert (found.error, found.n) == (pytest.approx(0.3), 2)
    spread = np.sqrt(0.0004 + 0.98 * 0.01 + (0.02 + 2 * 0.01) / 100)
    assert found.high - found.value == pytest.approx(12.7062 * spread, rel=1e-4)


def half(*strata):
    """Half the width, in standard errors of the t distribution, where the model says 0 of everybody."""
    found = rectified(0.0, 0.0, 300, [0.0] * 6, [0.1, 0.1, 0.5, 0.5, 0.2, 0.4], [0.02] * 6, strata or None)
    return (found.high - found.low) / 2


def test_what_differs_between_agents_is_no_chance_of_a_draw_by_agent():
    # Mean 0.3; squares about it 0.18 in all, 0.02 within the third agent. Drawn of each: 2 of 100, W = 1 / 3.
    of_all = 0.18 / 5 / 300
    assert half("a", "a", "b", "b", "c", "c") == pytest.approx(
        3.182446 * np.sqrt(of_all + 0.98 * 0.02 / 2 / 9), rel=1e-6
    )
    assert half() == pytest.approx(2.570582 * np.sqrt(of_all + 0.98 * 0.18 / 5 / 6), rel=1e-6)


def test_an_agent_with_one_contact_borrows_what_contacts_of_an_agent_differ_by():
    # b: 0.1, 0.5 (squares 0.08); c: 0.5, 0.2, 0.4 (0.046667); a borrows both over their 3 degrees of freedom.
    within = 0.98 * (0.126667 / 3 / 36 + 0.08 / 2 / 9 + 0.046667 / 2 / 3 / 4)
    found = half("a", "b", "b", "c", "c", "c")
    assert found == pytest.approx(3.182446 * np.sqrt(0.18 / 5 / 300 + within), rel=1e-5)


def test_agents_with_one_contact_each_are_one_whole():
    assert half(*"abcdef") == half()


def test_a_contact_drawn_half_as_often_speaks_for_twice_as_many():
    assert rectified(0.0, 0.0, 10, [0, 0, 0], [0.3, 0.3, 0.9], [0.4, 0.4, 0.2]).value == pytest.approx((0.6 + 1.8) / 4)


def test_a_perfect_model_keeps_its_value_and_its_interval():
    found = rectified(0.1, 0.0004, 10_000, np.zeros(200), np.zeros(200), np.full(200, 0.02))
    assert found.value == 0.1
    assert found.high - 0.1 == pytest.approx(0.02 * 1.972, rel=1e-3)


def test_one_review_says_nothing():
    assert rectified(0.1, 0.0004, 100, [0.1], [0.2], [0.1]) is None


@pytest.mark.parametrize(("bias", "noise"), [(0.0, 0.3), (0.25, 0.3), (0.25, 0.1)])
def test_the_interval_holds_the_truth_as_often_as_it_says_with_a_biased_model_too(bias, noise):
    shares = covered(bias, 1_000, noise)
    assert 0.93 <= shares["rectified"] <= 0.97
    assert shares["raw"] < 0.2 if bias else shares["raw"] > 0.5


def test_the_page_says_what_the_long_run_found():
    found = json.loads(RESULT.read_text("utf-8"))
    text = PAGE.read_text("utf-8")
    assert rendered(text, found) == text, "run `python -m tests.faults.coverage --render`"
    assert found["draws"] == DRAWS
    assert all(0.93 <= row["rectified"] <= 0.97 for row in found["rows"])
