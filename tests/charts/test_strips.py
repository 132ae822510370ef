"""Bars begin where the axis says zero, and two parts that go the same way lie one behind the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_metrics.charts.strips import axis, intervals, parts

SECONDS = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)


def test_round_ticks_around_zero():
    assert axis([-135.0, 56.0]).ticks == (-150.0, -100.0, -50.0, 0.0, 50.0, 100.0)
    assert axis([3.0, 4.0]).ticks == (0.0, 1.0, 2.0, 3.0, 4.0)
    assert axis([]).ticks == axis([0.0]).ticks == (0.0,)


def test_parts_of_opposite_sign_start_at_zero_and_their_sum_is_marked():
    """From -150 to 50: zero lies at 75 %, -135 at 7.5 %, 48 at 99 %, the sum of -87 at 31.5 %."""
    drawn, [row] = parts([(-135.0, 48.0)])
    assert drawn.at(0) == 75
    assert row["bars"] == [{"kind": "mix", "from": 7.5, "width": 67.5}, {"kind": "own", "from": 75.0, "width": 24.0}]
    assert row["net"] == 31.5


def test_parts_of_one_sign_lie_one_behind_the_other():
    _axis, [row] = parts([(20.0, 30.0)])
    mix, own = row["bars"]
    assert own["from"] == pytest.approx(mix["from"] + mix["width"])
    assert row["net"] == pytest.approx(own["from"] + own["width"])


def test_an_interval_spans_from_low_to_high():
    _axis, [row] = intervals([(1.0, -1.0, 3.0)])
    assert row == {"dot": 50.0, "whisker": {"from": 0.0, "width": 100.0}}


@given(st.lists(st.tuples(SECONDS, SECONDS), min_size=1, max_size=8))
def test_nothing_is_drawn_outside_the_axis(rows):
    drawn, pictures = parts(rows)
    assert 2 <= len(drawn.ticks) <= 9 or drawn.ticks == (0.0,)
    for row in pictures:
        for bar in row["bars"]:
            assert bar["from"] >= -0.01
            assert bar["from"] + bar["width"] <= 100.01
