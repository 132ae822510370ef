import json

import numpy as np
import pytest

from care_metrics.statistics.rectify import rectified
from tests.faults.coverage import DRAWS, PAGE, RESULT, covered, rendered


def test_by_hand():
    # Errors 0.2 and 0.4, equal chances: 0.3; their variance 0.02 / 2 = 0.01. cov(model, error) = 0.01, over 100 contacts.
    found = rectified(0.1, 0.0004, 100, [0.0, 0.1], [0.2, 0.5], [0.02, 0.02])
    assert found.value == pytest.approx(0.4)
    assert (found.error, found.n) == (pytest.approx(0.3), 2)
    spread = np.sqrt(0.0004 + 0.01 + 2 * 0.005 / 100)
    assert found.high - found.value == pytest.approx(12.7062 * spread, rel=1e-4)


def test_a_contact_drawn_half_as_often_speaks_for_twice_as_many():
    assert rectified(0.0, 0.0, 10, [0, 0, 0], [0.3, 0.3, 0.9], [0.4, 0.4, 0.2]).value == pytest.approx((0.6 + 1.8) / 4)


def test_a_perfect_model_keeps_its_value_and_its_interval():
    found = rectified(0.1, 0.0004, 10_000, np.zeros(200), np.zeros(200), np.full(200, 0.02))
    assert found.value == 0.1
    assert found.high - 0.1 == pytest.approx(0.02 * 1.972, rel=1e-3)


def test_one_review_says_nothing():
    assert rectified(0.1, 0.0004, 100, [0.1], [0.2], [0.1]) is None


@pytest.mark.parametrize("bias", [0.0, 0.25])
def test_the_interval_holds_the_truth_as_often_as_it_says_with_a_biased_model_too(bias):
    shares = covered(bias, draws=1_000)
    assert 0.93 <= shares["rectified"] <= 0.97
    assert shares["raw"] < 0.2 if bias else shares["raw"] > 0.5


def test_the_page_says_what_the_long_run_found():
    found = json.loads(RESULT.read_text("utf-8"))
    text = PAGE.read_text("utf-8")
    assert rendered(text, found) == text, "run `python -m tests.faults.coverage --render`"
    assert found["draws"] == DRAWS
    # Never too narrow; too wide in one row, of which the page tells.
    shares = [row["rectified"] for row in found["rows"]]
    assert min(shares) >= 0.93
    assert [row["bias"] for row in found["rows"] if row["rectified"] > 0.97] == [0.25]
