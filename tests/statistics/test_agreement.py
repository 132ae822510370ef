import numpy as np
import pytest

from care_metrics.statistics.agreement import agreed_share, fleiss_kappa, icc2, kappa, kappa_of_counts

# Shrout and Fleiss 1979, Psychological Bulletin 86:420-428, table 2: six targets, four judges.
RATINGS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_kappa_of_the_two_by_two_textbook_table():
    # Wikipedia, "Cohen's kappa": 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: (0.7 - 0.5) / (1 - 0.5).
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert kappa(first, second) == pytest.approx(0.4)


def test_quadratic_weights_forgive_near_misses():
    # By hand: observed disagreement 1/3, expected (0 + 4 + 4 + 1 + 1 + 1 + 4 + 0 + 0) / 9 = 15/9.
    assert kappa([0, 1, 2], [0, 2, 2], weights="quadratic") == pytest.approx(1 - (1 / 3) / (15 / 9))
    assert kappa([0, 1, 2], [0, 2, 2]) < kappa([0, 1, 2], [0, 2, 2], weights="quadratic")


@pytest.mark.parametrize("labels", [([], []), (["yes"] * 5, ["yes"] * 5), ([None, "yes"], ["no", "yes"])])
def test_kappa_is_undefined_where_chance_agrees_fully(labels):
    assert kappa(*labels) is None


def test_a_pair_with_a_missing_label_is_left_out():
    assert kappa(["a", "b", None, "a"], ["a", "b", "a", None]) == pytest.approx(1.0)


def test_fleiss_kappa_of_the_published_example():
    # Wikipedia, "Fleiss' kappa": ten subjects, fourteen raters, five labels; 0.210.
    counts = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
    assert fleiss_kappa(counts) == pytest.approx(0.210, abs=5e-4)


@pytest.mark.parametrize("counts", [[[3, 0], [3, 0]], [[1, 0], [0, 1]], np.zeros((0, 2))])
def test_fleiss_kappa_needs_two_raters_and_two_labels(counts):
    assert fleiss_kappa(counts) is None


def test_icc2_gives_shrout_and_fleiss_case_2():
    assert icc2(RATINGS) == pytest.approx(0.29, abs=0.005)


def test_a_rater_who_is_always_two_points_higher_agrees_less_than_fully():
    scores = np.array([[1.0, 3.0], [5.0, 7.0], [9.0, 11.0]])
    assert icc2(scores) == pytest.approx(32 / (32 + 2 * 6 / 3))  # MSR 32, MSE 0, MSC 6
    assert icc2([*RATINGS, [None, 1, 2, 3]]) == icc2(RATINGS)


@pytest.mark.parametrize("ratings", [[[4, 4], [4, 4]], [[1, 2]], [[1], [2]], [[None, 1], [1, None]]])
def test_icc2_is_undefined_without_variation_or_repeats(ratings):
    assert icc2(ratings) is None


def test_kappa_of_counts_has_an_interval_around_the_textbook_value():
    # The table above; R's psych::cohen.kappa rests on the same variance (Fleiss, Cohen and Everitt 1969).
    found = kappa_of_counts([[20, 5], [10, 15]])
    assert found is not None
    assert found[0] == pytest.approx(0.4)
    assert found[1] < 0.4 < found[2] <= 1
    assert (
        found[2] - found[1] > kappa_of_counts([[200, 50], [100, 150]])[2] - kappa_of_counts([[200, 50], [100, 150]])[1]
    )


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[5, 0], [0, 0]]])
def test_kappa_of_counts_is_undefined_with_one_label_or_none(table):
    assert kappa_of_counts(table) is None


def test_verdicts_of_one_contact_count_less_than_as_many_contacts():
    """89 of 100 from a hundred contacts is Wilson's; in ten contacts of ten, one of them wrong throughout, far less is known."""
    apart = agreed_share([1] * 89 + [0] * 11, [1] * 100)
    assert apart == pytest.approx((0.89, 0.8137, 0.9375), abs=1e-3)
    together = agreed_share([10] * 8 + [9, 0], [10] * 10)
    assert together[0] == 0.89
    assert together[2] - together[1] > 2 * (apart[2] - apart[1])
    assert agreed_share([5, 5], [5, 5])[1] == pytest.approx(0.7225, abs=1e-4)
    assert agreed_share([], []) == (None, None, None)
