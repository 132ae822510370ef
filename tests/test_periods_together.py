"""Periods of one question share a SELECT: each answer is the one that the question would have got alone."""

from collections.abc import Callable
from datetime import date

import pytest

from care_metrics.access import warehouse_of
from care_metrics.filters import Filters
from care_metrics.kpis import CATALOGUE
from care_metrics.kpis.periods import periods_together
from care_metrics.measure import Question, measure_all
from care_metrics.scope import operator
from care_metrics.store import Store
from tests.conftest import leg

MAY, JUNE = Filters(date(2024, 5, 1), date(2024, 6, 1)), Filters(date(2024, 6, 1), date(2024, 7, 1))
LATE_MAY, YEARS_AGO = Filters(date(2024, 5, 20), date(2024, 6, 1)), Filters(date(2020, 5, 1), date(2020, 6, 1))
NAMES = ("nps", "nps_relationship", "fcr", "aht")


def asked(*filters: Filters) -> list[list[int]]:
    found = periods_together([Question(NAMES, one) for one in filters])
    return [list(together) for together in found]


def test_only_periods_without_a_common_day_go_together() -> None:
    assert asked(MAY, JUNE) == [[0, 1]]
    assert asked(MAY, LATE_MAY, JUNE) == [[0, 2], [1]]
    assert asked(MAY, Filters()) == [[0], [1]], "an open period ends nowhere"
    assert asked(MAY, YEARS_AGO) == [[0], [1]], "what lies between would be read for nothing"
    assert asked(MAY, JUNE.only(site="north")) == [[0], [1]]


@pytest.fixture
def answers(store: Store, load: Callable[..., object]) -> Callable[..., list[list[dict[str, object]]]]:
    """The same customer answers 10 in May and 0 in June; another one once in each; June has a contact more."""
    days = ("2024-05-03", "2024-06-03", "2024-05-09", "2024-06-09", "2024-06-20")
    people = ("c1", "c1", "c2", "c3", "c3")
    legs = [
        leg(k, customer_id=who, started_at=f"{day}T12:00:00Z", ended_at=f"{day}T12:06:00Z", talk_s=100 * (k + 1))
        for k, (day, who) in enumerate(zip(days, people, strict=True))
    ]
    surveys = [
        {
            "survey_id": f"s{k}",
            "interaction_id": f"i{k}",
            "sent_at": f"{days[k]}T13:00:00Z",
            "responded_at": f"{days[k]}T14:00:00Z",
            "nps": score,
        }
        for k, score in enumerate((10, 0, 9, 7))
    ]
    load(interactions=legs, surveys=surveys)
    snapshot = store.snapshot()
    scope = operator(store.clients(snapshot))
    house = warehouse_of(store, snapshot, scope)
    return lambda *questions: [frame.to_dicts() for frame in measure_all(house, scope, questions, 1)]


def test_the_latest_answer_of_a_customer_is_that_of_each_period(answers: Callable[..., list]) -> None:
    """A window over both periods together would leave May without the customer who answered again in June."""
    may, june = answers(*(Question(("nps_relationship",), one) for one in (MAY, JUNE)))
    assert (may[0]["value"], may[0]["n"]) == (100.0, 2)
    assert (june[0]["value"], june[0]["n"]) == (-50.0, 2)


@pytest.mark.parametrize("by", [(), ("site",), ("week",)])
def test_together_equals_alone(answers: Callable[..., list], by: tuple[str, ...]) -> None:
    names = tuple(n for n, entry in CATALOGUE.items() if entry.grain not in ("cost", "customer", "agent_time"))
    questions = [Question(names, one, by) for one in (JUNE, MAY)]
    together = answers(*questions)
    assert together == [answers(one)[0] for one in questions]
    assert any(row["value"] is not None for row in together[1])
