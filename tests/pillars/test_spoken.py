"""What agents wrote: the best turn is cited, strong forms earn more than weak ones, harm earns nothing."""

import pytest

from .rows import conversation, evidence, leg, points, said

ANGRY = said("customer", "I have waited for weeks and I am really frustrated", valence=-0.8)
ASK = said("agent", "Which number is it under?")
OPEN = leg(case_id="k", case_closed=False)


def test_credit_cites_the_turn_that_shows_it_best() -> None:
    turns = conversation(ANGRY, ASK, said("agent", "Sorry.", empathy=0.6), said("agent", "How awful!", empathy=0.95))
    row = evidence([leg()], turns)["i1", "acknowledges_feeling"]
    assert (row["earned"], row["turn_no"], row["gate_turn_no"], row["confidence"]) == (2, 4, 1, 0.95)
    assert (row["revision"], row["reason"]) == ("m1", "takes up what the customer feels")


def test_without_credit_nothing_is_cited_and_the_reason_is_stated() -> None:
    row = evidence([leg()], conversation(ANGRY, ASK | {"empathy": 0.3}))["i1", "acknowledges_feeling"]
    assert (row["earned"], row["possible"], row["turn_no"]) == (0, 2, None)
    assert row["confidence"] == pytest.approx(0.7)
    assert row["reason"] == "no agent turn takes up what the customer feels"


def test_before_solving_looks_at_the_very_next_agent_turn() -> None:
    kind = said("agent", "I can see how hard that is", empathy=0.9)
    at_once, later = conversation(ANGRY, kind, ASK), conversation(ANGRY, ASK, kind)
    assert points(evidence([leg()], at_once)["i1", "before_solving"]) == (1, 1)
    assert points(evidence([leg()], later)["i1", "before_solving"]) == (0, 1)


@pytest.mark.parametrize(("at_all", "strong", "earned"), [(0.9, 0.9, 2), (0.9, 0.1, 1), (0.1, 0.1, 0), (0.1, 0.9, 0)])
def test_the_strong_form_earns_all_and_the_weak_half(at_all: float, strong: float, earned: float) -> None:
    agent = said("agent", "I'll stay on this for you", ownership=at_all, ownership_strong=strong)
    assert points(evidence([OPEN], conversation(ANGRY, agent))["i1", "takes_it_on"]) == (earned, 2)


def test_the_models_own_thresholds_count() -> None:
    turns = conversation(ANGRY, said("agent", "Oh dear, that is hard", empathy=0.45))
    assert evidence([leg()], turns, thresholds={"empathy": 0.4})["i1", "acknowledges_feeling"]["earned"] == 2
    assert evidence([leg()], turns)["i1", "acknowledges_feeling"]["earned"] == 0


def test_a_time_counts_in_the_turn_that_takes_the_matter_on() -> None:
    promise = said("agent", "I will call you back tomorrow by 3 pm", ownership=0.9)
    vague = said("agent", "I will call you back about it", ownership=0.9)
    other = said("agent", "We open tomorrow at 9 am")
    assert points(evidence([OPEN], conversation(ANGRY, promise))["i1", "says_when"]) == (1, 1)
    assert points(evidence([OPEN], conversation(ANGRY, vague, other))["i1", "says_when"]) == (0, 1)


@pytest.mark.parametrize(
    ("behaviour", "text"),
    [
        ("dismisses", "You need to calm down, that is simply our policy"),
        ("pushes_away", "That's not my department, you'd have to call the other line"),
        ("pushes_away", "Someone will get back to you"),
        ("pushes_away", "If it is about the line you have to call the other number"),
        ("asks_again", "I need your account number again, please"),
        ("asks_again", "You'll have to tell me everything from the start"),
    ],
)
def test_harm_makes_points_possible_that_are_not_earned(behaviour: str, text: str) -> None:
    legs = [leg("before", -9, customer_id="c"), OPEN | {"customer_id": "c"}]
    row = evidence(legs, conversation(ANGRY, said("agent", text)))["i1", behaviour]
    assert (*points(row), row["turn_no"]) == (0, 2, 2)


@pytest.mark.parametrize(
    "text",
    [
        "I have the notes here, so you don't have to start over",
        "The account ending in 5528 is open again and the new number works",
        "You will have to take a photo of the meter on the day",
        "I will see what I can do, and somebody will not have to call you",
        "I'm calling you before you have to call us, it's about the notice",
        "If you need to contact us about this, quote the case",
        "Please calm is what I hope to bring you down the line",
    ],
)
def test_innocent_words_are_no_harm(text: str) -> None:
    legs = [leg("before", -9, customer_id="c"), OPEN | {"customer_id": "c"}]
    rows = evidence(legs, conversation(ANGRY, said("agent", text)))
    assert not {"dismisses", "pushes_away", "asks_again"} & {name for _, name in rows}


def test_harmful_words_inside_a_commitment_are_no_harm() -> None:
    text = "It's not my department, but I'll stay on this and call them for you"
    rows = evidence([OPEN], conversation(ANGRY, said("agent", text, ownership=0.9)))
    assert ("i1", "pushes_away") not in rows


def test_the_same_apology_three_times_is_canned() -> None:
    sorry, other = said("agent", "I'm sorry about that. One moment."), said("agent", "I apologize for the wait.")
    assert ("i1", "canned_sorry") not in evidence([leg()], conversation(ANGRY, sorry, other, sorry))
    row = evidence([leg()], conversation(ANGRY, sorry, other, sorry, sorry))["i1", "canned_sorry"]
    assert (*points(row), row["turn_no"]) == (0, 2, 5)
