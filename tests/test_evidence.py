"""The evidence of one contact is what its scores count, no more; nobody else's is shown; transcripts without a score."""

from collections.abc import Callable

import polars as pl
import pytest

from care_metrics.access import warehouse_of
from care_metrics.commands.roll_up import roll_up
from care_metrics.evidence import of_contact, unscored
from care_metrics.filters import Filters
from care_metrics.scope import Scope, operator
from care_metrics.store import Store, publishing
from care_metrics.warehouse import Warehouse
from tests.conftest import leg

TURNS = (
    {"turn_no": 1, "speaker": "customer", "text": "my line has been dead for two weeks and I am tired of waiting"},
    {"turn_no": 2, "speaker": "agent", "text": "I will call you myself tomorrow at noon with the result"},
)


def item(behaviour: str, earned: float, **values: object) -> dict[str, object]:
    return {
        "interaction_id": "i1",
        "pillar": "ownership",
        "behaviour": behaviour,
        "earned": earned,
        "possible": 2,
    } | values


@pytest.fixture
def house(store: Store, load: Callable[..., object]) -> Callable[..., tuple[Warehouse, Scope]]:
    """house(evidence=[...], turns=[...]) -> the warehouse over one leg of acme and one of other."""

    def _house(**tables: list[dict[str, object]]) -> tuple[Warehouse, Scope]:
        turns = [{"interaction_id": "i1"} | turn for turn in TURNS]
        load("acme", interactions=[leg(1)], **({"turns": turns} | tables))
        load("other", interactions=[leg(1)], evidence=[item("theirs", 2, turn_no=None, source="human")])
        return warehouse_of(store, store.snapshot(), operator(["acme"])), operator(["acme"])

    return _house


def test_the_rows_add_up_to_the_score_and_human_ones_stay_apart(
    house: Callable[..., tuple[Warehouse, Scope]], measured: Callable[..., list[dict[str, object]]]
) -> None:
    """2 of 2 from text, 1 of 2 from operations, 2 of 2 by a reviewer: ownership is 75, the reviewer's score 100."""
    rows = [
        item("takes it on", 2, turn_no=2),
        item("kept", 1, source="operational", event_id="case 7"),
        item("scorecard", 2, source="human"),
    ]
    found = of_contact(*house(evidence=rows), "acme", "i1")
    counted = found.filter(pl.col("source") != "human")
    assert 100 * counted["earned"].sum() / counted["possible"].sum() == 75
    own, human = measured("ownership", "qa_score", clients=["acme"])
    assert (own["value"], human["value"]) == (75, 100)
    assert found.filter(pl.col("source") == "human").select("about", "earned").rows() == [("ownership", 2.0)]


@pytest.mark.parametrize("turn", [1, 9, None], ids=["the customer's turn", "no such turn", "no turn"])
def test_credit_that_cites_no_agent_turn_is_shown_as_earning_nothing(
    house: Callable[..., tuple[Warehouse, Scope]], turn: int | None
) -> None:
    [row] = of_contact(*house(evidence=[item("takes it on", 2, turn_no=turn)]), "acme", "i1").to_dicts()
    assert (row["earned"], row["possible"], row["supported"]) == (0, 2, False)


def test_nobody_else_s_evidence_is_shown(house: Callable[..., tuple[Warehouse, Scope]]) -> None:
    warehouse, scope = house(evidence=[item("takes it on", 2, turn_no=2)])
    assert of_contact(warehouse, scope, "other", "i1").is_empty()
    assert of_contact(warehouse, Scope(frozenset({"acme"}), bounds=(("agent_id", ("a9",)),)), "acme", "i1").is_empty()
    assert of_contact(warehouse, scope, "acme", "' OR 1=1 --").is_empty()
    assert of_contact(warehouse, scope, "acme", "i1").height == 1


def test_transcripts_without_a_score_are_counted_by_reason(store: Store, load: Callable[..., object]) -> None:
    """Five legs: one that the model has not seen yet, one bot only, one letter, one too short, one without a transcript."""
    talks = {
        "i2": [
            ("bot", "Hello, please tell me your number"),
            ("customer", "it is twelve and I would like my bill please"),
        ],
        "i3": [("agent", "Dear customer, your bill is attached to this letter, kind regards")],
        "i4": [("customer", "hi"), ("agent", "hello")],
    }
    turns = [{"interaction_id": "i1"} | turn for turn in TURNS]
    turns += [
        {"interaction_id": name, "turn_no": number, "speaker": speaker, "text": text}
        for name, talk in talks.items()
        for number, (speaker, text) in enumerate(talk, 1)
    ]
    load("acme", interactions=[leg(number) for number in range(1, 6)], turns=turns)
    with publishing(store) as publication:
        roll_up(publication, ["acme"], derive=True)
        publication.commit()
    house = warehouse_of(store, store.snapshot(), operator(["acme"]))
    found = dict(unscored(house, operator(["acme"]), Filters()).rows())
    assert found == {"not scored yet": 1, "bot only": 1, "one side only": 1, "too short": 1}
    assert unscored(house, operator(["acme"]), Filters(where=(("site", ("south",)),))).is_empty()
