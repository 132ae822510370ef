"""The small line tells gaps and the true range."""

import re

from hypothesis import given
from hypothesis import strategies as st

from care_metrics.charts.sparkline import Point, sparkline


def test_fewer_than_two_values_make_no_line() -> None:
    assert sparkline([], "") is None
    assert sparkline([Point(1.0), Point(None)], "") is None


def test_a_week_without_a_value_leaves_a_gap() -> None:
    drawn = sparkline([Point(1.0), Point(2.0), Point(None), Point(3.0), Point(4.0)], "nps")
    assert drawn is not None
    assert len(drawn["lines"]) == 2
    assert drawn["alt"] == "nps"


def test_the_last_known_point_is_marked_and_up_is_up() -> None:
    drawn = sparkline([Point(0.0), Point(10.0), Point(None)], "")
    assert drawn is not None
    x, y = drawn["last"]
    assert x == 50.0
    assert y == 6.0, "the highest value lies at the upper margin"


def test_a_flat_series_is_drawn_in_the_middle() -> None:
    drawn = sparkline([Point(5.0), Point(5.0)], "")
    assert drawn is not None
    assert drawn["last"] == [100.0, 50.0]


def test_the_band_needs_both_limits() -> None:
    with_band = sparkline([Point(1.0, 0.0, 2.0), Point(2.0, 1.0, 3.0)], "")
    without = sparkline([Point(1.0, None, None), Point(2.0, 1.0, 3.0)], "")
    assert with_band is not None
    assert without is not None
    assert len(with_band["bands"]) == 1
    assert without["bands"] == []


points = st.lists(
    st.one_of(st.just(Point(None)), st.floats(-1e6, 1e6).map(lambda x: Point(x, x - 1, x + 1))), max_size=20
)


@given(points)
def test_everything_stays_on_the_sheet(series: list[Point]) -> None:
    drawn = sparkline(series, "")
    if drawn is None:
        return
    numbers = [float(n) for path in drawn["lines"] + drawn["bands"] for n in re.findall(r"-?\d+\.?\d*", path)]
    assert all(0 <= number <= 100 for number in numbers)
