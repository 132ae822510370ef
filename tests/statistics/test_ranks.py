"""A rank is an order only where groups can be told apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_metrics.statistics.ranks import tied_ranks


def test_teams_that_cannot_be_told_from_the_first_share_its_rank():
    """300 and 310 differ by less than 1.96 sqrt(6^2 + 6^2) = 16.6, 330 and 340 too, 300 and 330 do not."""
    assert tied_ranks([340, 310, 300, 330], [6, 6, 6, 6], highest_first=False).tolist() == [3, 1, 1, 3]


def test_the_highest_first_where_more_is_better():
    assert tied_ranks([10.0, 50.0], [1.0, 1.0], highest_first=True).tolist() == [2, 1]


def test_a_chain_of_near_neighbours_does_not_become_one_rank():
    """Each is tied with its neighbour, the third is not with the first: it opens its own rank."""
    assert tied_ranks([0.0, 2.0, 4.0], [1.0, 1.0, 1.0], highest_first=False).tolist() == [1, 1, 3]


def test_who_has_no_estimate_has_no_rank_and_takes_none():
    assert tied_ranks([np.nan, 5.0, 90.0], [1.0, 1.0, 1.0], highest_first=True).tolist() == pytest.approx(
        [np.nan, 2, 1], nan_ok=True
    )
    assert tied_ranks([], [], highest_first=True).tolist() == []


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0.01, 50)), min_size=1, max_size=12))
def test_a_rank_counts_those_before_it_and_a_better_estimate_never_ranks_lower(groups):
    level, error = np.array(groups).T
    ranks = tied_ranks(level, error, highest_first=True)
    for rank in set(ranks):
        assert (ranks < rank).sum() == rank - 1
    assert (np.diff(ranks[np.argsort(-level, kind="stable")]) >= 0).all()
