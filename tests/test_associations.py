"""Pillar and impact: what is associated is found with its sign, and what would be found by construction is not."""

import random
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from care_metrics.access import warehouse_of
from care_metrics.associations import IMPACTS, Impact, association, contacts_of
from care_metrics.filters import Filters
from care_metrics.kpis import CATALOGUE, kpi
from care_metrics.schema import PILLARS
from care_metrics.scope import operator
from care_metrics.store import Store
from tests.conftest import leg

BY_OUTCOME = {impact.outcome: impact for impact in IMPACTS}


@pytest.fixture
def found(store: Store, load: Callable[..., object]) -> Callable[..., pl.DataFrame]:
    """found('reopen', interactions=[...], ...) -> the contacts that the relation rests on."""

    def _found(outcome: str, **tables: list[dict[str, object]]) -> pl.DataFrame:
        load("acme", **tables)
        scope = operator(["acme"])
        house = warehouse_of(store, store.snapshot(), scope)
        return contacts_of(house, scope, BY_OUTCOME[outcome], Filters())

    return _found


def said(number: int, earned: float, pillar: str = "ownership", **values: object) -> dict[str, object]:
    row = {"interaction_id": f"i{number}", "pillar": pillar, "behaviour": "b", "earned": earned, "possible": 2}
    return row | {"turn_no": 1} | values


def spoke(*numbers: int) -> list[dict[str, object]]:
    return [{"interaction_id": f"i{n}", "turn_no": 1, "speaker": "agent", "text": "I will see to it"} for n in numbers]


def test_every_claim_of_the_care_philosophy_is_looked_at() -> None:
    claimed = {pillar: {impact.outcome for impact in IMPACTS if impact.pillar == pillar} for pillar in PILLARS}
    assert claimed == {
        "empathy": {"recovery"},
        "proactivity": {"repeat_contact"},
        "personalization": {"nps", "ces", "ces_5"},
        "ownership": {"reopen", "follow_up_kept"},
    }
    assert {impact.outcome for impact in IMPACTS} <= set(CATALOGUE)


def test_operational_points_do_not_enter_as_they_count_the_outcome_themselves(
    found: Callable[..., pl.DataFrame],
) -> None:
    """1 of 2 in text; 2 of 2 in operations must not lift what is compared with the kept promise."""
    kept = {"follow_up_promised": "true", "follow_up_due_at": "2024-05-03T12:00:00Z", "follow_up_kept": "true"}
    rows = found(
        "follow_up_kept",
        interactions=[leg(1, **kept), leg(27)],
        turns=spoke(1),
        evidence=[said(1, 1), said(1, 2, source="operational", event_id="e")],
    )
    assert rows.select("value", "shown").rows() == [(1, 0.5)]


def test_who_is_looked_at_only_because_the_customer_came_back_is_left_out(found: Callable[..., pl.DataFrame]) -> None:
    """Both cases were closed; only the first leg had an opportunity whatever came later: it was escalated."""
    closed = {"case_closed": "true"}
    legs = [
        leg(1, case_id="k1", escalated="true", **closed),
        leg(2, case_id="k2", **closed),
        leg(3, case_id="k2"),
        leg(27),
    ]
    rows = found("reopen", interactions=legs, turns=spoke(1, 2), evidence=[said(1, 2), said(2, 0)])
    assert rows.select("value", "shown").rows() == [(0, 1.0)]


def test_a_survey_speaks_of_the_whole_contact(found: Callable[..., pl.DataFrame]) -> None:
    """Two legs of one contact, 2 of 2 and 0 of 2: the answer about the second leg goes with half."""
    legs = [leg(1, contact_id="c"), leg(2, contact_id="c")]
    asked = {"survey_id": "s", "interaction_id": "i2", "responded_at": "2024-05-04T12:00:00Z", "nps": 9}
    evidence = [said(1, 2, "personalization"), said(2, 0, "personalization")]
    rows = found("nps", interactions=legs, turns=spoke(1, 2), evidence=evidence, surveys=[asked])
    assert rows.select("value", "shown").rows() == [(1, 0.5)]


def rows_of(effect: float, mix: float, seed: int = 7) -> pl.DataFrame:
    """600 contacts of 30 agents and two reasons; the second reason lies `mix` lower and is shown more often."""
    rng = random.Random(seed)
    rows = []
    for number in range(600):
        hard = number % 2
        shown = float(rng.random() < (0.8 if hard else 0.2))
        value = effect * shown - mix * hard + rng.gauss(0, 0.3)
        rows.append({"client": "acme", "value": value, "shown": shown, "reason": f"r{hard}", "channel": None})
    agents = [f"a{number % 30}" for number in range(600)]
    return pl.DataFrame(rows, schema_overrides={"channel": pl.String}).with_columns(agent=pl.Series(agents))


def test_contact_mix_that_hides_the_relation_is_taken_off() -> None:
    """Crudely the hard contacts, which show more, look worse; at equal reason the planted +0.5 is found."""
    found = association(rows_of(0.5, 1.5), Impact("empathy", "recovery"))
    assert found.crude.value < 0
    assert found.adjusted.value == pytest.approx(0.5, abs=0.1)
    assert found.adjusted.low > 0
    assert (found.adjusted.n, found.adjusted.clusters) == (600, 30)


def test_the_size_points_to_what_is_better_for_the_customer() -> None:
    """More repeats are worse: +0.5 is a negative size, in standard deviations."""
    rows = rows_of(0.5, 0.0)
    worse, better = (association(rows, Impact("proactivity", name)) for name in ("repeat_contact", "recovery"))
    spread = float(np.std(rows["value"].to_numpy(), ddof=1))
    assert worse.size[0] == pytest.approx(-worse.adjusted.value / spread)
    assert worse.size[1] < worse.size[0] < worse.size[2] < 0 < better.size[1]
    assert kpi("repeat_contact").better == "lower"


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_contacts_have_no_interval_and_raise_nothing(n: int) -> None:
    found = association(rows_of(0.5, 0.0).head(n), Impact("empathy", "recovery"))
    assert np.isnan(found.adjusted.value)
