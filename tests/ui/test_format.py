"""Numbers as a reader writes them."""

from datetime import date, datetime

import pytest

from care_metrics.kpis import kpi
from care_metrics.ui import format as fmt
from care_metrics.ui.text import speaking


@pytest.mark.parametrize(
    ("value", "unit", "english", "spanish"),
    [
        (39.6, "points", "+40", "+40"),
        (-0.4, "points", "0", "0"),
        (5.614, "scale_7", "5.61", "5,61"),
        (-0.214, "valence", "−0.21", "−0,21"),
        (0.918, "fraction", "91.8%", "91,8\xa0%"),
        (402, "seconds", "6:42", "6:42"),
        (31, "seconds", "0:31", "0:31"),
        (4000, "seconds", "1:06:40", "1:06:40"),
        (31402, "contacts", "31,402", "31.402"),
        (None, "points", "–", "–"),
    ],
)
def test_levels(value: float, unit: str, english: str, spanish: str) -> None:
    for language, expected in (("en", english), ("es", spanish)):
        with speaking(language):
            assert fmt.bare(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (6.23, "points", "+6.2 pts"),
        (-6.23, "points", "−6.2 pts"),
        (0.0112, "fraction", "+1.1 pts"),
        (22, "seconds", "+22 s"),
        (-0.001, "scale_7", "0.00"),
        (0.0001, "valence", "0.00"),
        (None, "points", "–"),
    ],
)
def test_differences_carry_their_sign_and_zero_carries_none(value: float, unit: str, shown: str) -> None:
    with speaking("en"):
        assert fmt.step(value, unit) == shown


def test_a_sentence_tells_the_direction_in_words_not_by_a_sign() -> None:
    with speaking("en"):
        assert fmt.size(-0.0152, "fraction") == "1.5 percentage points"
        assert fmt.size(22, "seconds") == "22 seconds"


def test_an_undefined_interval_is_not_written() -> None:
    with speaking("en"):
        assert fmt.interval(None, None, "points") == ""
        assert fmt.interval(0.9, 0.93, "fraction") == "90.0% to 93.0%"
        assert fmt.step_interval(-12.1, -2, "points") == "−12.1 to −2.0 pts"


def test_dates_follow_the_language() -> None:
    with speaking("es"):
        assert fmt.day(date(2026, 8, 4)) == "4 ago 2026"
    with speaking("en"):
        assert fmt.short_moment(datetime(2026, 8, 4, 16, 40)) == "4 Aug, 16:40"


def test_names_that_would_look_alike_stay_as_they_are() -> None:
    assert fmt.labels("client", ["petrel_air", "acme"]) == {"petrel_air": "Petrel Air", "acme": "Acme"}
    assert fmt.labels("client", ["a_b", "a__b"]) == {"a_b": "a_b", "a__b": "a__b"}
    assert fmt.labels("reason", ["billing_dispute"]) == {"billing_dispute": "Billing dispute"}


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [("nps", -1, "detractor"), ("nps", 0, "passive"), ("fcr", 1, "yes"), ("aht", 402, "6:42"), ("aht", None, "–")],
)
def test_one_row_of_a_kpi(name: str, value: float, shown: str) -> None:
    with speaking("en"):
        assert fmt.row_value(value, kpi(name)) == shown
