"""Ranks are drawn as they are: ties in one capsule, lines that cross only where the order differs."""

from hypothesis import given
from hypothesis import strategies as st

from care_metrics.charts.ranking import Entry, ranking


def test_who_cannot_be_told_apart_shares_a_capsule():
    """Three share the first rank by care: their order follows the left side and no line crosses another."""
    drawn = ranking([Entry(3, 1), Entry(1, 1), Entry(2, 1)])
    assert drawn["left"] == drawn["right"] == [1, 2, 0]
    assert drawn["capsules"] == [{"side": "right", "top": 0.0, "height": 100.0}]
    assert all(line["from"] == line["to"] for line in drawn["lines"])


def test_the_first_that_becomes_last_crosses_the_others_and_is_drawn_over_them():
    drawn = ranking([Entry(1, 3, "fall"), Entry(2, 1), Entry(3, 2)])
    assert drawn["left"] == [0, 1, 2]
    assert drawn["right"] == [1, 2, 0]
    assert drawn["lines"][-1] == {"from": 16.667, "to": 83.333, "tone": "fall", "entry": 0}
    assert drawn["capsules"] == []


def test_nobody_to_rank_draws_nothing():
    assert ranking([]) == {"left": [], "right": [], "lines": [], "capsules": []}


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=12))
def test_lines_cross_only_where_both_ranks_differ(ranks):
    drawn = ranking([Entry(*pair) for pair in ranks])
    for one in drawn["lines"]:
        for other in drawn["lines"]:
            if one["from"] < other["from"] and one["to"] > other["to"]:
                left = ranks[one["entry"]][0], ranks[other["entry"]][0]
                right = ranks[one["entry"]][1], ranks[other["entry"]][1]
                assert left[0] < left[1]
                assert right[0] > right[1]
