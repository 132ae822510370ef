"""No opportunity, no row: each gate by hand on few rows."""

from datetime import timedelta

import polars as pl
import pytest

from care_metrics.pillars import GATES, ITEMS

from .rows import START, conversation, evidence, leg, points, records, said

CALM = said("customer", "I would like to change the address on my account, please", valence=0.1)
SORRY = said("agent", "I understand, that must be very hard for you", empathy=0.9)


def opened(gate: str, *args: object, **values: object) -> list[str]:
    return sorted(set(GATES[gate].opens(records(*args, **values))["interaction_id"]))


@pytest.mark.parametrize(
    ("turn", "is_open"),
    [
        (CALM, False),
        (CALM | {"valence": -0.29}, False),
        (CALM | {"valence": -0.3}, True),
        (said("customer", "I'm worried about the address on my account and the letters", valence=0.0), True),
        (said("customer", "I'm not worried about the address on my account", valence=0.0), False),
        (said("customer", "I want to make a complaint about my account", valence=0.0), True),
        (said("customer", "my mother passed away and the account was hers", valence=None), True),
    ],
    ids=["calm", "just above", "at the cut", "feeling", "feeling denied", "complaint", "loss"],
)
def test_empathy_needs_an_emotion(turn: dict[str, object], is_open: bool) -> None:
    rows = evidence([leg()], conversation(turn, SORRY))
    assert (("i1", "acknowledges_feeling") in rows) == is_open


def test_an_agents_word_of_feeling_opens_nothing() -> None:
    turns = conversation(CALM, said("agent", "You must be angry, worried and frustrated, I understand", empathy=0.9))
    assert opened("emotion", [leg()], turns) == []


def test_a_recorded_complaint_opens_at_the_customers_first_turn() -> None:
    rows = evidence([leg(complaint=True)], conversation(said("agent", "Hello"), CALM, SORRY))
    assert rows["i1", "acknowledges_feeling"]["gate_turn_no"] == 2


def test_nobody_can_answer_the_last_word() -> None:
    angry = said("customer", "this is so frustrating, I have had enough of it", valence=-0.9)
    assert ("i1", "acknowledges_feeling") not in evidence([leg()], conversation(SORRY, CALM, SORRY, angry))


def test_an_earlier_acknowledgement_does_not_answer_a_later_feeling() -> None:
    angry = said("customer", "this is so frustrating, I have had enough of it", valence=-0.9)
    rows = evidence([leg()], conversation(SORRY, angry, said("agent", "Your number please")))
    assert points(rows["i1", "acknowledges_feeling"]) == (0, 2)


def test_proactivity_needs_something_ahead() -> None:
    legs = [
        leg("closed", case_id="k1", case_closed=True),
        leg("open", case_id="k2", case_closed=False),
        leg("promise", follow_up_promised=True),
        leg("call", direction="outbound"),
        leg("reached", proactive=True),
        leg("plain"),
        leg("bot", handler="ai", case_id="k3", case_closed=False),
    ]
    assert opened("ahead", legs) == ["call", "open", "promise", "reached"]


def test_a_case_that_says_nothing_is_open_only_if_it_goes_on() -> None:
    legs = [leg("silent", case_id="k1"), leg("first", case_id="k2"), leg("second", 1, case_id="k2")]
    assert opened("open_matter", legs) == ["first"]


def test_a_reason_that_leads_on_opens_and_others_do_not() -> None:
    def visits(reason: str, then: str | None, count: int) -> list[dict[str, object]]:
        first = [leg(f"{reason}{n}", n / 10, customer_id=f"{reason}{n}", reason=reason) for n in range(count)]
        after = [
            leg(f"{reason}{n}+", n / 10 + 3, customer_id=f"{reason}{n}", reason=then) for n in range(count) if then
        ]
        return [*first, *after]

    legs = [*visits("move", "address", 150), *visits("fee", None, 150), *visits("card", None, 150), leg("end", 90)]
    found = opened("ahead", legs)
    assert {name.rstrip("0123456789") for name in found} == {"move"}
    few = [*visits("move", "address", 99), *visits("fee", None, 150), *visits("card", None, 150), leg("end", 90)]
    assert opened("ahead", few) == []


def test_personalization_needs_a_known_customer_with_a_history() -> None:
    legs = [
        leg("first", 0, customer_id="c1"),
        leg("again", 1, customer_id="c1"),
        leg("member", 0, customer_id="c2"),
        leg("joiner", 0, customer_id="c3"),
        leg("unknown", 2),
        leg("new", 0, contact_id="x", customer_id="c4"),
        leg("passed on", 0.01, contact_id="x", customer_id="c4"),
    ]
    members = [
        {"customer_id": "c2", "start_at": START - timedelta(days=400)},
        {"customer_id": "c3", "start_at": START + timedelta(days=1)},
    ]
    assert opened("history", legs, (), members) == ["again", "member"]


def test_ownership_needs_a_matter_that_was_not_closed_on_the_spot() -> None:
    legs = [
        leg("plain"),
        leg("transfer", transfers=1),
        leg("kept", transfers=0),
        leg("escalated", escalated=True),
        leg("promise", follow_up_promised=True),
        leg("open", case_id="k", case_closed=False),
        leg("comes back", 0, customer_id="c1"),
        leg("back", 7, customer_id="c1"),
        leg("too late", 15, customer_id="c1"),
        leg("other reason", 15.5, customer_id="c1", reason="address"),
    ]
    assert opened("open_matter", legs) == ["comes back", "escalated", "open", "promise", "transfer"]


def test_every_item_has_a_gate_and_every_gate_an_item() -> None:
    assert {item.gate for item in ITEMS} == set(GATES)


def test_no_gate_opens_without_data() -> None:
    for gate in GATES.values():
        found = gate.opens(records([]))
        assert found.is_empty(), gate.name
        assert {"interaction_id", "after_turn"} <= set(found.columns)
        assert found.schema["interaction_id"] == pl.String
