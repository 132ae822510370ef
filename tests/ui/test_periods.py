"""Periods are counted back from the end of the data, never from today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_metrics.ui import periods
from care_metrics.ui.periods import Data

DATA = Data(date(2025, 10, 1), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("30d", date(2026, 10, 2), date(2026, 11, 1)),
        ("90d", date(2026, 8, 3), date(2026, 11, 1)),
        ("quarter", date(2026, 7, 1), date(2026, 10, 1)),
        ("12m", date(2025, 11, 1), date(2026, 11, 1)),
        ("all", date(2025, 10, 1), date(2026, 11, 1)),
    ],
)
def test_spans(code: str, start: date, end: date) -> None:
    assert periods.span_of(code, DATA) == (start, end)


@pytest.mark.parametrize(
    ("code", "how", "before"),
    [
        ("90d", "previous", (date(2026, 5, 5), date(2026, 8, 3))),
        ("quarter", "previous", (date(2026, 4, 1), date(2026, 7, 1))),
        ("quarter", "year", None),
        ("30d", "year", (date(2025, 10, 2), date(2025, 11, 1))),
        ("90d", "none", None),
        ("12m", "previous", None),
        ("all", "previous", None),
    ],
)
def test_a_comparison_that_the_data_do_not_cover_is_not_made(code: str, how: str, before: object) -> None:
    assert periods.compared(code, periods.span_of(code, DATA), how, DATA) == before


def test_a_quarter_still_running_is_not_a_full_one() -> None:
    assert periods.span_of("quarter", Data(date(2025, 1, 1), date(2026, 9, 30))) == (date(2026, 4, 1), date(2026, 7, 1))
    assert periods.span_of("quarter", Data(date(2025, 1, 1), date(2026, 10, 1))) == (
        date(2026, 7, 1),
        date(2026, 10, 1),
    )


def test_a_year_before_a_leap_day_is_the_last_of_february() -> None:
    data = Data(date(2020, 1, 1), date(2024, 2, 29))
    assert periods.compared("30d", (date(2024, 1, 30), date(2024, 2, 29)), "year", data) == (
        date(2023, 1, 30),
        date(2023, 2, 28),
    )


def test_the_weeks_are_full_ones() -> None:
    """A running week would end each line with a false dip."""
    start, end = periods.weeks((date(2026, 8, 3), date(2026, 10, 30)))
    assert (start.weekday(), end.weekday()) == (0, 0)
    assert end == date(2026, 10, 26)
    assert (end - start).days == 7 * 13


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.integers(1, 2000),
    st.sampled_from([p.code for p in periods.PERIODS]),
)
def test_a_period_is_never_empty_and_never_reaches_past_the_data(first: date, days: int, code: str) -> None:
    data = Data(first, first + timedelta(days=days))
    start, end = periods.span_of(code, data)
    assert start < end <= data.end
    before = periods.compared(code, (start, end), "previous", data)
    assert before is None or (before[1] <= start and before[0] >= data.first)
