import numpy as np
import pytest

from care_metrics.statistics.intervals import nps_adjusted_wald, ratio_cluster
from care_metrics.statistics.resample import ratio_bootstrap


def test_bootstrap_agrees_with_the_cluster_interval_of_a_ratio():
    rng = np.random.default_rng(1)
    x = rng.integers(1, 9, 300).astype(float)
    y = rng.binomial(x.astype(int), 0.6).astype(float)
    expected = ratio_cluster(300, x.sum(), y.sum(), x @ x, y @ y, x @ y)
    assert ratio_bootstrap(y, x) == pytest.approx(expected, abs=0.01)
    assert ratio_bootstrap(y, x) == ratio_bootstrap(y, x)


def test_customers_who_answer_alike_ten_times_count_once():
    # 40 customers, ten equal answers each: 400 answers, but no more news than 40.
    votes = np.repeat([1.0, 0.0, -1.0], [20, 12, 8])
    low, high = ratio_bootstrap(1000 * votes, np.full(40, 10.0))
    naive_low, naive_high = nps_adjusted_wald(200, 80, 400)
    assert high - low > 2.5 * (naive_high - naive_low)


@pytest.mark.parametrize(("numerators", "denominators"), [([], []), ([3], [4]), ([3, None, 2], [4, 5, 0])])
def test_too_few_clusters_are_nan(numerators, denominators):
    assert np.isnan(ratio_bootstrap(numerators, denominators)).all()
