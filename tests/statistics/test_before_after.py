import numpy as np
import pytest

from care_metrics.statistics.before_after import against_comparison
from tests.statistics.test_shrinkage import BCG


def test_card_and_krueger_is_reproduced_where_the_comparison_has_no_drift():
    """Card and Krueger 1994, AER 84, table 3: New Jersey +0.59 (0.54), Pennsylvania -2.16 (1.25), difference 2.76 (1.36).

    Pennsylvania as eight like parts, whose mean has its standard error; the published 2.76 is of unrounded means.
    """
    found = against_comparison(0.59, 0.54**2, [-2.16] * 8, [8 * 1.25**2] * 8, df=10**9)
    assert found.difference == pytest.approx(2.76, abs=0.015)
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(1.36, abs=0.005)
    assert (found.expected, found.spread, found.k) == (pytest.approx(-2.16), 0, 8)


def test_the_drift_of_the_others_widens_the_interval_as_a_prediction_does():
    """The published DerSimonian-Laird fit of the 13 BCG trials: -0.7141 (SE 0.1787), tau2 0.3088; t of 11 is 2.201."""
    a, b, c, d = BCG.T
    ratio = np.log(a / (a + b) / (c / (c + d)))
    found = against_comparison(0.0, 0.0, ratio, 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    assert found.difference == pytest.approx(0.7141, abs=5e-5)
    assert found.high - found.difference == pytest.approx(2.201 * np.sqrt(0.3088 + 0.1787**2), abs=5e-4)


def test_without_others_there_is_no_difference():
    found = against_comparison(1.0, 1.0, [0.5, None, 0.2], [1.0, 1.0, 1.0])
    assert np.isnan(found.difference)
    assert found.k == 2


def test_an_agent_on_whom_nothing_was_done_is_covered():
    """20 others and one agent, all drifting alike by 3 and apart by 4: no effect lies in 95 % of the intervals."""
    rng = np.random.default_rng(7)
    hits = []
    for _ in range(400):
        v = rng.uniform(4, 40, 21)
        y = 3 + rng.normal(0, 4, 21) + rng.normal(0, np.sqrt(v))
        found = against_comparison(y[0], v[0], y[1:], v[1:])
        hits.append(found.low <= 0 <= found.high)
    assert 0.93 <= np.mean(hits) <= 0.98
