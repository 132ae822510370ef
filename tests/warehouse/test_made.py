"""Views that take long are made once, in the background, and give the same rows as before."""

import threading
from collections.abc import Callable

import pytest

from care_metrics.access import warehouse_of
from care_metrics.scope import operator
from care_metrics.store import Store
from care_metrics.warehouse import Warehouse, house
from tests.conftest import leg


@pytest.fixture
def acme(store: Store, load: Callable[..., object]) -> Warehouse:
    turns = [
        {"interaction_id": f"i{number}", "turn_no": turn, "speaker": who, "text": text, "valence": valence}
        for number in (1, 2)
        for turn, who, text, valence in (
            (1, "customer", "This is the third time that I call", -0.8),
            (2, "agent", "I am sorry", 0.5),
            (3, "customer", "Thanks", 0.6),
            (4, "customer", "Nobody scored this", None),
        )
    ]
    evidence = [
        {"interaction_id": "i1", "pillar": "empathy", "behaviour": "b", "earned": 1, "possible": 2, "turn_no": 2}
    ]
    load(interactions=[leg(1), leg(2)], turns=turns, evidence=evidence)
    return warehouse_of(store, store.snapshot(), operator(["acme"]))


def test_a_turn_counts_with_its_valence_and_its_length(acme: Warehouse) -> None:
    rows = acme.query("SELECT turn_no, valence, n_words FROM scored_turn WHERE interaction_id = 'i1' ORDER BY turn_no")
    assert rows.rows() == [(1, -0.8, 8), (3, 0.6, 1)]


def test_what_was_shown_in_a_leg_is_known_for_it_alone(acme: Warehouse) -> None:
    rows = acme.query("SELECT interaction_id, empathy_in_leg, ownership_in_leg FROM shown_leg ORDER BY interaction_id")
    assert rows.rows() == [("i1", 0.5, None), ("i2", None, None)]


@pytest.mark.parametrize("view", house.MADE)
def test_made_once_and_the_same(acme: Warehouse, view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "MAKE_AFTER_S", 0.0)
    text = f"SELECT * FROM {view} ORDER BY ALL"
    before = acme.query(text)
    assert before.height
    for _ in range(3):
        acme.keep(view)
    for thread in threading.enumerate():
        if thread.name == f"make {view}":
            thread.join(60)
    assert acme.query("SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = $1", [f"made_{view}"])["n"][0] == 1
    assert acme.query(text).equals(before)


def test_a_large_centre_is_read_from_its_files(acme: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "KEPT_CONTACTS", 1)
    acme.keep("scored_turn")
    assert not [thread for thread in threading.enumerate() if thread.name == "make scored_turn"]
    assert acme.query("SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 'made_scored_turn'")["n"][0] == 0
