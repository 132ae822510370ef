from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_metrics.errors import BadRequest
from care_metrics.reviews.rows import Target
from care_metrics.reviews.verdict import checked_length, in_force, lasts, verdict

JANUARY = (date(2026, 1, 1), date(2026, 2, 1))


def target(comparator=">=", value=30.0, kind="contract", since=date(2025, 1, 1), length="any", kpi="nps"):
    return Target("acme", kpi, comparator, value, kind, since, length)


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        (">=", 30.0, True),
        (">=", 29.999, False),
        (">", 30.0, False),
        (">", 30.001, True),
        ("<=", 30.0, True),
        ("<=", 30.001, False),
        ("<", 30.0, False),
        ("<", 29.999, True),
        (">=", 29.999999999999996, True),  # 100 x a mean of thirds and the like
        ("<=", 30.000000000000004, True),
        (">", 30.000000000000004, False),
    ],
)
def test_a_contract_is_judged_on_the_value_as_signed(comparator, value, met):
    # Whatever the interval says beside it.
    assert verdict(target(comparator), value, low=-100, high=100) == ("met" if met else "not_met")


@pytest.mark.parametrize(
    ("comparator", "low", "high", "expected"),
    [
        (">=", 31, 40, "met"),
        (">=", 30, 40, "met"),
        (">=", 29, 40, "too_close"),
        (">=", 10, 29, "not_met"),
        (">=", 10, 30, "too_close"),  # the upper end would meet it
        (">", 10, 30, "not_met"),
        ("<=", 20, 30, "met"),
        ("<=", 31, 40, "not_met"),
        ("<=", 20, 31, "too_close"),
    ],
)
def test_a_goal_is_called_only_where_the_whole_interval_lies_on_one_side(comparator, low, high, expected):
    assert verdict(target(comparator, kind="goal"), (low + high) / 2, low, high) == expected


def test_a_goal_without_an_interval_is_too_close_to_call_unless_it_is_a_count():
    assert verdict(target(kind="goal"), 90) == "too_close"
    assert verdict(target(kind="goal"), 90, exact=True) == "met"


@pytest.mark.parametrize("kind", ["contract", "goal"])
def test_no_value_no_verdict(kind):
    assert verdict(target(kind=kind), None, None, None) is None


@given(st.floats(-100, 100), st.floats(0, 50), st.floats(-100, 100), st.sampled_from([">=", "<=", ">", "<"]))
def test_a_goal_never_contradicts_the_contract_on_the_same_value(value, half, wanted, comparator):
    signed = verdict(target(comparator, wanted), value)
    goal = verdict(target(comparator, wanted, "goal"), value, value - half, value + half)
    assert goal in (signed, "too_close")


@pytest.mark.parametrize(
    ("length", "start", "end", "fits"),
    [
        ("month", *JANUARY, True),
        ("month", date(2026, 2, 1), date(2026, 3, 1), True),  # of 28 days
        ("month", date(2026, 1, 2), date(2026, 2, 2), False),
        ("month", date(2026, 1, 1), date(2026, 3, 1), False),
        ("quarter", date(2025, 10, 1), date(2026, 1, 1), True),
        ("quarter", date(2026, 2, 1), date(2026, 5, 1), False),
        ("year", date(2025, 1, 1), date(2026, 1, 1), True),
        ("year", date(2025, 4, 1), date(2026, 4, 1), False),
        ("week", date(2026, 1, 5), date(2026, 1, 12), True),
        ("week", date(2026, 1, 5), date(2026, 1, 13), False),
        ("90 days", date(2026, 1, 1), date(2026, 4, 1), True),  # 31 + 28 + 31
        ("90 days", date(2026, 2, 1), date(2026, 5, 1), False),  # 89
        ("31 days", *JANUARY, True),
        ("90 days", None, date(2026, 5, 1), False),
        ("any", None, None, True),
    ],
)
def test_period_lengths_are_the_calendars(length, start, end, fits):
    assert lasts(length, start, end) is fits


@pytest.mark.parametrize("length", ["", "monthly", "0 days", "-3 days", "90", "90 days ", "1e3 days"])
def test_an_unknown_length_is_refused_with_the_list(length):
    with pytest.raises(BadRequest, match="quarter"):
        checked_length(length)


def test_a_target_for_another_length_is_hidden():
    assert in_force([target(kpi="retention", length="90 days")], "retention", *JANUARY) == {}


def test_the_newest_target_before_the_end_holds():
    old, new, next_year = target(), target(value=35, since=date(2026, 1, 10)), target(value=50, since=date(2026, 2, 1))
    assert in_force([next_year, new, old], "nps", *JANUARY) == {"contract": new}
    assert in_force([next_year, new, old], "nps", date(2025, 12, 1), date(2026, 1, 1)) == {"contract": old}
    assert in_force([next_year, new, old], "nps", None, None) == {"contract": next_year}


def test_contract_and_goal_stand_side_by_side_and_other_kpis_apart():
    contract, goal, other = target(), target(kind="goal", value=40), target(kpi="ces")
    assert in_force([contract, goal, other], "nps", *JANUARY) == {"contract": contract, "goal": goal}


def test_a_target_for_exactly_this_length_says_more_than_one_for_any():
    monthly, newer_for_any = target(length="month"), target(since=date(2026, 1, 1))
    for order in ((monthly, newer_for_any), (newer_for_any, monthly)):
        assert in_force(order, "nps", *JANUARY) == {"contract": monthly}


def test_a_period_is_of_one_calendar_length_at_most():
    months = [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 1, 1)]
    for start, end in product(months, months):
        if start < end:
            assert sum(lasts(length, start, end) for length in ("week", "month", "quarter", "year")) <= 1
