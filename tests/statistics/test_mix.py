import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_metrics.statistics.mix import (
    common_support,
    decompose,
    mean_variances,
    rate_part_variance,
    standardise,
    variance_from_all,
)

# Fleiss 1981, Statistical Methods for Rates and Proportions, p. 249 (printed by the R packages epitools and
# tidyrates): births and cases by the mother's age (six strata) for birth orders 1, 2, 3, 4 and 5 or more.
BIRTHS = np.array(
    [
        [230061, 329449, 114920, 39487, 14208, 3052],
        [72202, 326701, 208667, 83228, 28466, 5375],
        [15050, 175702, 207081, 117300, 45026, 8660],
        [2293, 68800, 132424, 98301, 46075, 9834],
        [327, 30666, 123419, 149919, 104088, 34392],
    ]
)
CASES = np.array(
    [
        [107, 141, 60, 40, 39, 25],
        [25, 150, 110, 84, 82, 39],
        [3, 71, 114, 103, 108, 75],
        [1, 26, 64, 89, 137, 96],
        [0, 8, 63, 112, 262, 295],
    ]
)
ALL_BIRTHS = [319933, 931318, 786511, 488235, 237863, 61313]
# Das Gupta 1993, Standardization and Decomposition of Rates, example 5.1 (printed by the R package DasGuptR):
# household heads per 100 by age, United States 1970 and 1985.
SIZE_1970 = [12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9]
SIZE_1985 = [10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5]
RATE_1970 = [1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8]
RATE_1985 = [2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2]


def test_birth_order_loses_its_effect_at_equal_age():
    rates = CASES / BIRTHS
    adjusted = standardise(ALL_BIRTHS, rates, rates / BIRTHS)
    assert adjusted.value == pytest.approx([0.000923, 0.000912, 0.000851, 0.000927, 0.000755], abs=5e-7)
    assert adjusted.covered == pytest.approx(np.ones(5))


def test_variance_of_two_strata_by_hand():
    adjusted = standardise([30, 10], [[100.0, 200.0]], [[4.0, 16.0]])
    assert adjusted.value == pytest.approx([125.0])
    assert adjusted.variance == pytest.approx([0.75**2 * 4 + 0.25**2 * 16])
    assert adjusted.high - adjusted.value == pytest.approx([1.96 * np.sqrt(3.25)], rel=1e-4)


def test_a_site_without_a_contact_reason_has_no_value_and_says_what_it_covers():
    adjusted = standardise([3, 1], [[100.0, np.nan], [90.0, 150.0]], np.ones((2, 2)))
    assert adjusted.value == pytest.approx([np.nan, 105.0], nan_ok=True)
    assert adjusted.covered == pytest.approx([0.75, 1.0])


def test_sites_compare_over_the_reasons_they_share():
    means = [[100.0, np.nan, 50.0], [90.0, 150.0, 70.0]]
    weights, covered = common_support([2, 1, 1], means)
    assert weights == pytest.approx([2 / 3, 0, 1 / 3])
    assert covered == pytest.approx(0.75)
    assert standardise(weights, means, np.ones((2, 3))).value == pytest.approx([250 / 3, 250 / 3])


def test_sites_without_a_common_reason_are_not_compared():
    weights, covered = common_support([1, 1], [[5.0, None], [None, 5.0]])
    assert covered == 0
    assert np.isnan(weights).all()


def test_decomposition_gives_das_guptas_published_parts():
    parts = decompose(SIZE_1970, RATE_1970, SIZE_1985, RATE_1985)
    assert parts.mix.sum() == pytest.approx(1.2269, abs=5e-5)
    assert parts.rate.sum() == pytest.approx(1.7403, abs=5e-5)


def test_a_new_reason_is_all_mix():
    parts = decompose([1, 0], [10.0, None], [1, 1], [10.0, 30.0])
    assert parts.rate.tolist() == [0.0, 0.0]
    assert parts.mix.sum() == pytest.approx(10.0)


COUNTS = st.lists(st.integers(1, 1000), min_size=3, max_size=3)
MEANS = st.lists(st.floats(-1000, 1000), min_size=3, max_size=3)


@given(COUNTS, MEANS, COUNTS, MEANS)
def test_the_parts_sum_to_the_change(n1, y1, n2, y2):
    parts = decompose(n1, y1, n2, y2)
    change = np.average(y2, weights=n2) - np.average(y1, weights=n1)
    assert parts.mix.sum() + parts.rate.sum() == pytest.approx(change, abs=1e-8)


def test_the_variance_of_a_small_cell_is_that_of_its_stratum():
    """Cells of 20 keep their own s2 = 4 and 9; the one of 2 takes (19 x 4 + 19 x 9 + 1 x 50) / 39."""
    n, s2 = np.array([[20.0], [20.0], [2.0]]), np.array([[4.0], [9.0], [50.0]])
    found = mean_variances(n, 10 * n, (n - 1) * s2 + n * 100)
    assert found[:, 0] == pytest.approx([4 / 20, 9 / 20, (19 * 4 + 19 * 9 + 50) / 39 / 2])


def test_a_reason_seen_once_by_each_takes_the_spread_of_all_cells():
    found = mean_variances([[3.0, 1.0], [3.0, 1.0]], [[0.0, 5.0], [0.0, 9.0]], [[8.0, 25.0], [8.0, 81.0]])
    assert found[:, 1] == pytest.approx([4.0, 4.0])
    assert np.isnan(mean_variances([[1.0], [1.0]], [[5.0], [6.0]], [[25.0], [36.0]])).all()


def test_a_group_against_all_of_which_it_is_a_part():
    """30 of 40 contacts: its mean minus the mean of all is 10/40 of its distance from the others."""
    found = variance_from_all([30.0, 10.0], [2.0, 5.0])
    assert found == pytest.approx([0.25**2 * (2 + 5), 0.75**2 * (2 + 5)])


def test_who_has_all_contacts_does_not_differ_from_all():
    assert variance_from_all([12.0, 0.0], [3.0, np.nan])[0] == 0


def test_the_variance_of_the_own_part_by_hand():
    """One stratum: weights 1 and 1, so it is the variance from all; a stratum that the group lacks adds nothing."""
    n = np.array([[30.0, 0.0], [10.0, 40.0]])
    v = np.array([[2.0, np.nan], [5.0, 1.0]])
    weight = (1 + 40 / 80) / 2
    assert rate_part_variance(n, v)[0] == pytest.approx(weight**2 * 0.25**2 * 7)
