"""Traps: versions compared over different turns, an old text counted, a foreign client's turns, a kappa without a meaning."""

from collections.abc import Callable

import polars as pl
import pytest

from care_metrics import model_versions
from care_metrics.access import warehouse_of
from care_metrics.errors import NotAllowed
from care_metrics.scope import Scope, operator
from care_metrics.store import Store, open_store, publishing
from care_metrics.warehouse.facts import BEHAVIOURS_SCHEMA
from tests.commands.test_score import CountingScorer, OppositeScorer, run, said
from tests.conftest import copied, leg, loader


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """r1 hears + + - 0 over two contacts of acme; r2 the opposite; the source supplied 0.9, 0.2 and -1 for three turns."""
    folder = tmp_path_factory.mktemp("scored")
    store = open_store(str(folder / "store"))
    load = loader(store, folder)
    turns = [*said(1, "+ a", "+ b"), *said(2, "- c", "d")]
    for row, valence in zip(turns, (0.9, 0.2, -1.0, None), strict=True):
        row["valence"] = valence
    load(interactions=[leg(1), leg(2)], turns=turns)
    load("beta", interactions=[leg(1)], turns=said(1, "+ foreign"))
    run(store, CountingScorer("r1"))
    run(store, OppositeScorer("r2"))
    return store


@pytest.fixture
def compared(scored: Store, store: Store) -> Store:
    return copied(scored, store)


def test_two_revisions_are_compared_turn_by_turn_and_contact_by_contact(compared: Store) -> None:
    """By hand: 1 of 4 alike (the neutral one); r1's mean valence 1/4, r2's -1/4; contact 1 (+1, -1) and 2 (-.5, .5) change."""
    alike, contacts = model_versions.sentiment(house(compared), operator(["acme"]), ["r1"], "r2")
    assert alike is not None
    assert (alike.n, alike.agreed, alike.mean, alike.other_mean) == (4, 1, 0.25, -0.25)
    # Expected by chance: (1 x 2 + 1 x 1 + 2 x 1) / 16 = 5/16; kappa (1/4 - 5/16) / (11/16).
    assert alike.kappa is not None
    assert alike.kappa[0] == pytest.approx(-1 / 11)
    assert contacts == model_versions.Contacts(n=2, changed=2, low=1, other_low=1)


def test_what_the_source_supplied_is_compared_where_both_have_a_score(compared: Store) -> None:
    """+, + and - by us; 0.9 is positive, 0.2 neutral, -1 negative: 2 of 3 alike, means 1/3 and 0.1/3."""
    alike, contacts = model_versions.supplied(house(compared), operator(["acme"]), ["r1"])
    assert alike is not None
    assert (alike.n, alike.agreed) == (3, 2)
    assert (alike.mean, alike.other_mean) == (pytest.approx(1 / 3), pytest.approx(0.1 / 3))
    assert contacts == model_versions.Contacts(n=2, changed=0, low=1, other_low=1)


def test_a_corrected_text_leaves_the_comparison(compared: Store, load: Callable) -> None:
    load(turns=said(1, "- other words"))
    alike, _ = model_versions.sentiment(house(compared), operator(["acme"]), ["r1"], "r2")
    assert alike is not None
    assert alike.n == 3


def test_versions_without_a_common_turn_have_no_agreement(compared: Store) -> None:
    alike, contacts = model_versions.sentiment(house(compared), operator(["acme"]), ["r1"], "r9")
    assert alike is None
    assert contacts.n == 0


def test_how_models_agree_is_no_client_readers_matter(compared: Store) -> None:
    client = Scope(frozenset({"acme"}), "client", "c", "client")
    with pytest.raises(NotAllowed):
        model_versions.sentiment(house(compared), client, ["r1"], "r2")


def house(store: Store):
    return warehouse_of(store, store.snapshot(), operator(["acme", "beta"]))


def test_a_behaviour_is_judged_by_each_revisions_own_cut(load: Callable, store: Store) -> None:
    """Probabilities .6 and .2 under b1 (cut .5: shown, not), .6 and .2 under b2 (cut .1: both): 1 of 2 alike."""
    load(interactions=[leg(1)])
    rows = [
        {
            "client": "acme",
            "interaction_id": "i1",
            "turn_no": k,
            "text_md5": str(k),
            "context_md5": "",
            "revision": name,
        }
        | {"ownership": p, "month": "2024-05"}
        for name in ("b1", "b2")
        for k, p in enumerate((0.6, 0.2))
    ]
    with publishing(store) as publication:
        store.append("behaviours", pl.DataFrame(rows, schema=BEHAVIOURS_SCHEMA))
        publication.commit()
    alike = model_versions.behaviour(house(store), operator(["acme"]), "ownership", ("b1", 0.5), ("b2", 0.1))
    assert alike is not None
    assert (alike.n, alike.agreed, alike.mean, alike.other_mean) == (2, 1, 0.5, 1.0)
