"""A card never shows what is suppressed, and says why there is no number."""

from typing import Any

import pytest

from care_metrics.kpis import kpi
from care_metrics.ui.answers import Answers
from care_metrics.ui.cards import card
from care_metrics.ui.text import speaking


def answer(state: str, n: int, value: float | None = None, immature: int = 0) -> dict[str, Any]:
    low, high = (None, None) if value is None else (value - 1, value + 1)
    return {"value": value, "low": low, "high": high, "n": n, "n_immature": immature, "state": state}


def drawn(name: str, answers: Answers, large: bool = True) -> dict[str, Any]:
    with speaking("en"):
        return card(kpi(name), answers, large)


def test_a_suppressed_cell_shows_neither_value_nor_list() -> None:
    found = drawn("nps", Answers({"nps": answer("suppressed", 7)}))
    assert (found["value"], found["scale"], found["link"]) == ("–", "", None)
    assert found["notes"] == ["hidden: fewer than 10 answers"]


def test_no_data_is_said_and_is_not_zero() -> None:
    found = drawn("ces", Answers({"ces": answer("no_data", 0)}))
    assert (found["value"], found["notes"], found["link"]) == ("–", ["no data in this period"], None)


def test_few_answers_are_marked() -> None:
    found = drawn("nps", Answers({"nps": answer("low_n", 12, 40.0)}))
    assert found["flag"] == "few answers: read the interval"
    assert found["notes"] == ["95% interval +39 to +41"]


def test_a_client_reader_has_no_row_of_an_internal_kpi() -> None:
    assert drawn("cost_per_contact", Answers({}))["value"] == "–"


def test_money_names_its_currency_where_it_is_one() -> None:
    cost = {"cost_per_contact": answer("ok", 900, 5.9)}
    assert drawn("cost_per_contact", Answers(cost, currency="USD"))["scale"] == "USD"
    assert drawn("cost_per_contact", Answers(cost))["scale"] == ""
    assert drawn("nps", Answers({"nps": answer("ok", 900, 40.0)}, currency="USD"))["scale"] == ""


def test_open_windows_are_counted_beside_n() -> None:
    found = drawn("fcr", Answers({"fcr": answer("ok", 900, 0.7, immature=57)}))
    assert found["link"]["text"] == "900 contacts"
    assert found["foot"] == ["57 still open"]


def test_a_rate_over_customers_says_over_how_many_days() -> None:
    found = drawn("retention", Answers({"retention": answer("ok", 900, 0.95)}, days=90))
    assert found["label"] == "Customer retention over 90 days"
    assert found["link"] is None
    assert found["foot"] == ["900 customers"]


@pytest.mark.parametrize(
    ("verdict", "tone", "said"),
    [("clear", "good", "clear change"), ("chance", "plain", "could be chance"), (None, "plain", "")],
)
def test_the_badge_is_coloured_only_by_a_clear_change(verdict: str | None, tone: str, said: str) -> None:
    change = {"difference": 6.0, "d_low": 2.0, "d_high": 10.0, "p": 0.01, "verdict": verdict}
    found = drawn("nps", Answers({"nps": answer("ok", 900, 40.0)}, changes={"nps": change}))
    assert (found["change"], found["tone"], found["verdict"]) == ("+6.0 pts", tone, said)


def test_efficiency_is_grey_even_when_it_clearly_changed() -> None:
    change = {"difference": -9.0, "d_low": -12.0, "d_high": -6.0, "p": 0.001, "verdict": "clear"}
    found = drawn("asa", Answers({"asa": answer("ok", 900, 20.0)}, changes={"asa": change}))
    assert (found["family"], found["tone"], found["verdict"]) == ("efficiency", "plain", "clear change")
