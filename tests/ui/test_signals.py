"""Among many tests some are below 0.05 by chance."""

import numpy as np

from care_metrics.ui.signals import told_apart


def test_a_lone_small_p_among_many_is_not_told_apart() -> None:
    assert told_apart([0.04]) == [True]
    assert told_apart([0.04, 0.5, 0.6, 0.7]) == [False, False, False, False]


def test_benjamini_and_hochberg_by_hand() -> None:
    """m = 5, rate 0.05: thresholds .01 .02 .03 .04 .05; the largest p below its own is .025, so three are clear."""
    assert told_apart([0.3, 0.001, 0.025, 0.018, 0.9]) == [False, True, True, True, False]


def test_an_unknown_p_is_no_test() -> None:
    assert told_apart([None, 0.04]) == [False, True]
    assert told_apart([]) == []


def test_on_stores_without_effects_a_page_seldom_claims_one() -> None:
    """The family-wise rate of a step-up rule under no effect at all is the rate itself: 5 % of 2,000, +- 4 sigma."""
    rng = np.random.default_rng(1)
    claims = sum(any(told_apart(list(rng.uniform(size=11)))) for _ in range(2000))
    assert 60 <= claims <= 140
