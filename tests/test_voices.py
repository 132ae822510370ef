"""Quotes are chosen by rule: the lowest turn of a contact that ended badly, the greatest rise, what was written beside an answer."""

from collections.abc import Callable

import pytest

from care_metrics.access import warehouse_of
from care_metrics.commands.ingest import IngestReport
from care_metrics.filters import Filters
from care_metrics.scope import Scope, operator
from care_metrics.store import Store
from care_metrics.voices import Voice, voices
from tests.conftest import leg
from tests.test_attention import talk

LONG = "that is the third time I ask for the same refund"


@pytest.fixture
def said(store: Store) -> Callable[..., dict[str, Voice]]:
    def _said(scope: Scope | None = None) -> dict[str, Voice]:
        reader = scope or operator(["acme"])
        house = warehouse_of(store, store.snapshot(), reader)
        return {one.rule: one for one in voices(house, reader, Filters())}

    return _said


def test_each_rule_finds_its_sentence(load: Callable[..., IngestReport], said: Callable[..., dict[str, Voice]]) -> None:
    """i1 ended badly and said -0.9 first; i2 rose from -0.8 to 0.7 by 1.5, i3 by less; answers 0 and 10 with words."""
    turns = [
        *talk(1, -0.9, -0.5, -0.5, -0.5, words=LONG),
        *talk(2, -0.8, 0.2, 0.7, words=LONG),
        *talk(3, 0.1, 0.6, words=LONG),
    ]
    surveys = [
        {
            "survey_id": f"s{k}",
            "interaction_id": f"i{k}",
            "responded_at": leg(k)["started_at"],
            "nps": nps,
            "comment": text,
        }
        for k, nps, text in ((3, 0, f"{LONG} now"), (1, 4, f"{LONG} again"), (2, 10, f"{LONG} never"))
    ]
    load(interactions=[leg(k) for k in (1, 2, 3)], turns=turns, surveys=surveys)
    found = said()
    assert {rule: (one.interaction_id, one.value) for rule, one in found.items()} == {
        "lowest": ("i1", -0.9),
        "recovered": ("i2", pytest.approx(1.5)),
        "detractor": ("i3", 0.0),
    }
    assert found["lowest"].text == f"{LONG} 1"
    assert found["recovered"].text == f"{LONG} 3"
    assert found["detractor"].text == f"{LONG} now"


def test_what_is_too_short_to_say_anything_is_not_quoted(
    load: Callable[..., IngestReport], said: Callable[..., dict[str, Voice]]
) -> None:
    load(interactions=[leg(1)], turns=talk(1, -0.9, -0.9, words="no no"))
    assert said() == {}


def test_a_fall_is_no_recovery(load: Callable[..., IngestReport], said: Callable[..., dict[str, Voice]]) -> None:
    load(interactions=[leg(1)], turns=talk(1, 0.9, 0.1, words=LONG))
    assert said() == {}


def test_another_client_is_never_quoted(
    load: Callable[..., IngestReport], said: Callable[..., dict[str, Voice]]
) -> None:
    load("acme", interactions=[leg(1)], turns=talk(1, -0.5, -0.5, -0.5, -0.5, words=LONG))
    load("other", interactions=[leg(1)], turns=talk(1, -0.9, -0.9, -0.9, -0.9, words=LONG))
    assert said()["lowest"].client == "acme"


def test_too_few_contacts_are_not_quoted_to_the_client(
    load: Callable[..., IngestReport], said: Callable[..., dict[str, Voice]]
) -> None:
    load(interactions=[leg(1)], turns=talk(1, -0.9, -0.9, -0.9, -0.9, words=LONG))
    assert said(Scope("reader", "client", frozenset({"acme"}))) == {}
    assert said()["lowest"].value == -0.9
