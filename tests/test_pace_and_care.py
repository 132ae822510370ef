"""Fast and low in care: only where both intervals leave out the middle of the group's own client."""

import polars as pl
import pytest

from care_metrics.mix import EqualMix
from care_metrics.pace_and_care import FAST_LOW, PLAIN, SLOW_HIGH, dots
from care_metrics.ranking import GroupSet


def group_set(*rows, measure="care_index", within="acme"):
    """rows: (group, seconds from the others, their error, care estimate, its error)."""
    names = [row[0] for row in rows]
    time = pl.DataFrame({"group": names, "rank": [1] * len(rows)})
    pace = {"group": names, "n": [100.0] * len(rows), "own": [r[1] for r in rows], "own_error": [r[2] for r in rows]}
    care = {"group": names, "rank": [1] * len(rows), "estimate": [r[3] for r in rows], "error": [r[4] for r in rows]}
    return GroupSet(within, time, EqualMix(pl.DataFrame(pace), 300.0, 1.0), measure, pl.DataFrame(care))


def test_both_sides_must_be_clear_and_the_median_is_that_of_the_client():
    found = dots(
        [
            group_set(
                ("cold", -60.0, 10.0, 50.0, 2.0),
                ("fast", -60.0, 10.0, 62.0, 2.0),  # within 1.96 x 2 of the median, 60
                ("middle", 0.0, 10.0, 60.0, 2.0),
                ("slow", 50.0, 40.0, 70.0, 2.0),  # 50 - 1.96 x 40 lies below 0
                ("kind", 50.0, 10.0, 59.0, 2.0),
                ("warm", 50.0, 10.0, 66.0, 2.0),
            )
        ]
    )
    # Estimates 50 59 60 62 66 70: their median is 61.
    kinds = {dot.group: dot.kind for dot in found}
    assert kinds == {"cold": FAST_LOW, "fast": PLAIN, "middle": PLAIN, "slow": PLAIN, "kind": PLAIN, "warm": SLOW_HIGH}
    cold = next(dot for dot in found if dot.group == "cold")
    assert (cold.points, cold.index) == (-11.0, 50.0)
    assert cold.points_high == pytest.approx(-11 + 1.96 * 2, abs=0.001)


def test_each_client_has_a_middle_of_its_own():
    """60 is the best of one client and the worst of the other."""
    low = group_set(("a", -60.0, 1.0, 60.0, 1.0), ("b", 0.0, 1.0, 40.0, 1.0))
    high = group_set(("c", -60.0, 1.0, 60.0, 1.0), ("d", 0.0, 1.0, 80.0, 1.0), within="zeta")
    points = {dot.group: dot.points for dot in dots([low, high])}
    assert (points["a"], points["c"]) == (10.0, -10.0)


def test_groups_that_the_care_index_cannot_rank_are_left_out():
    assert dots([group_set(("a", -60.0, 1.0, 40.0, 1.0), ("b", 0.0, 1.0, 60.0, 1.0), measure="nps")]) == []
    assert dots([group_set(("alone", -60.0, 1.0, 40.0, 1.0))]) == []
