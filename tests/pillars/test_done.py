"""What the centre did: each operational rule by hand, with the event it cites."""

from datetime import timedelta
from typing import Any

import pytest

from .rows import START, conversation, evidence, leg, points, said


def late(day: float = 60) -> dict[str, Any]:
    """Somebody else's leg, long after: whatever must mature has matured."""
    return leg("late", day, reason="other")


def case(name: str, day: float = 0, **values: Any) -> dict[str, Any]:
    return leg(name, day, case_id="k", customer_id="c", **values)


def answered(*gaps: float | None, channel: str | None = "voice") -> dict[str, Any] | None:
    """The row for negative turns that end at 10, 110, ... and are answered after these gaps."""
    turns = []
    for number, gap in enumerate(gaps):
        end = 100.0 * number + 10
        begin = None if gap is None else end + gap
        turns.append(said("customer", "this is really no good at all", valence=-0.5, begin_s=end - 5, end_s=end))
        turns.append(said("agent", "one moment please", begin_s=begin, end_s=end + 50))
    return evidence([leg(channel=channel)], conversation(*turns)).get(("i1", "answers_promptly"))


def test_a_negative_turn_wants_an_answer_within_five_seconds() -> None:
    row = answered(5.0, 5.1, 2.0, 30.0)
    assert row is not None
    assert (*points(row), row["turn_no"], row["event_id"]) == (0.5, 1, 8, "i1")


def test_gaps_are_judged_in_speech_and_with_times_only() -> None:
    assert answered(9.0, channel="chat") is None
    assert answered(None) is None
    assert answered(9.0, channel=None) is not None


def test_a_calm_turn_may_wait() -> None:
    turns = conversation(
        said("customer", "I would like to know the price of this", valence=0.0, begin_s=0, end_s=5),
        said("agent", "let me have a look at that for you", begin_s=60, end_s=70),
    )
    assert ("i1", "answers_promptly") not in evidence([leg()], turns)


def test_one_owner_counts_the_agents_up_to_the_closing() -> None:
    def owners(*agents: str | None) -> Any:
        *before, last = agents
        legs = [case(f"i{n}", n, agent_id=agent) for n, agent in enumerate(before)]
        legs += [case("end", 8, agent_id=last, case_closed=True), case("after", 20, agent_id="z"), late()]
        return evidence(legs).get(("end", "one_owner"))

    same, two = owners("a", "a"), owners("a", "b", "a")
    assert (*points(same), same["event_id"]) == (1, 1, "k")
    assert points(two) == (0, 1)
    assert owners("a") is None, "a case of one leg had no second hand to go to"
    assert owners(None, "a") is None, "an unknown agent cannot be told from another"


def test_a_promise_counts_once_it_is_due_and_known() -> None:
    due = START + timedelta(days=2)
    promised = {"follow_up_promised": True, "follow_up_due_at": due}
    legs = [
        leg("kept", **promised, follow_up_kept=True),
        leg("broken", **promised, follow_up_kept=False),
        leg("unknown", **promised),
        leg("not due", **promised | {"follow_up_due_at": START + timedelta(days=61)}, follow_up_kept=True),
        late(),
    ]
    rows = {name: row for (name, item), row in evidence(legs).items() if item == "keeps_promise"}
    assert {name: points(row) for name, row in rows.items()} == {"kept": (1, 1), "broken": (0, 1)}
    assert rows["kept"]["event_id"] == "kept"


@pytest.mark.parametrize(
    ("after", "earned", "event"),
    [
        (case("i2", 7), 0, "i2"),
        (case("i2", 7.01), 1, "k"),
        (case("i2", 3, direction="outbound"), 1, "k"),
        (case("i2", 3, contact_id="same"), 1, "k"),
        (leg("i2", 3, customer_id="c"), 1, "k"),
    ],
    ids=["on the seventh day", "later", "we called", "the same contact", "another case"],
)
def test_a_case_stays_closed_unless_the_customer_returns(after: dict[str, Any], earned: float, event: str) -> None:
    rows = evidence([case("end", 0, case_closed=True, contact_id="same"), after, late()])
    row = rows["end", "stays_closed"]
    assert (*points(row), row["event_id"]) == (earned, 1, event)


def test_a_case_closed_yesterday_is_not_judged_yet() -> None:
    assert ("end", "stays_closed") not in evidence([case("end", 54, case_closed=True), late()])


def test_a_transfer_is_avoidable_where_the_team_mostly_keeps_the_reason() -> None:
    def passed(others: int, share: float, **values: Any) -> Any:
        habit = [leg(f"h{n}", transfers=int(n < others * share)) for n in range(others)]
        return points(evidence([*habit, leg(transfers=1, **values)])["i1", "keeps_in_hand"])

    assert passed(30, 0.2) == (0, 1)
    assert passed(30, 0.8) == (1, 1), "a team that seldom keeps this reason has to pass it on"
    assert passed(10, 0.2) == (1, 1), "ten legs show no habit"
    assert passed(30, 0.2, escalated=True) == (1, 1)
    assert passed(30, 0.2, team="south") == (1, 1), "another team's habit proves nothing"


def test_a_matter_kept_in_hand_earns_and_an_unknown_transfer_is_not_judged() -> None:
    assert points(evidence([leg(transfers=0, escalated=True)])["i1", "keeps_in_hand"]) == (1, 1)
    assert ("i1", "keeps_in_hand") not in evidence([leg(transfers=None, escalated=True)])


BEFORE = [
    said("customer", "hello my number is 4471 2290, it does not work"),
    said("agent", "I will put you through now"),
]


@pytest.mark.parametrize(
    ("after", "earned", "turn_no"),
    [
        ([said("agent", "I have the notes, one moment"), said("customer", "thank you")], 1, None),
        ([said("agent", "what is it about"), said("customer", "as I said, it is 44712290")], 0, None),
        ([said("agent", "I need your account number again"), said("customer", "really")], 0, 1),
        ([said("agent", "which card is it"), said("customer", "the one ending in 90817")], 1, None),
    ],
    ids=["known", "said again", "asked again", "something new"],
)
def test_after_a_transfer_the_customer_need_not_repeat(
    after: list[dict[str, Any]], earned: float, turn_no: int | None
) -> None:
    legs = [leg("i1", contact_id="x", transfers=1), leg("i2", 0.01, contact_id="x")]
    filler = said("agent", "let me have a look at what my colleague wrote down here")
    turns = conversation(*BEFORE, filler) + conversation(*after, filler, leg="i2")
    row = evidence(legs, turns)["i2", "keeps_context"]
    assert (*points(row), row["event_id"], row["turn_no"]) == (earned, 1, "i1", turn_no)


def test_redaction_marks_identify_too_and_names_do_not() -> None:
    legs = [leg("i1", contact_id="x"), leg("i2", 0.01, contact_id="x")]

    def told(first: str, second: str) -> Any:
        filler = said("agent", "let me have a look at what my colleague wrote down here")
        turns = conversation(said("customer", f"this is {first}"), filler)
        turns += conversation(filler, said("customer", f"it is {second}"), leg="i2")
        return evidence(legs, turns).get(("i2", "keeps_context"))

    assert points(told("<phone:0a1b2c3d>", "<phone:0a1b2c3d>")) == (0, 1)
    assert points(told("<phone:0a1b2c3d>", "<phone:ffffffff>")) == (1, 1)
    assert told("<name:0a1b2c3d>", "<name:0a1b2c3d>") is None


def reached(*legs: dict[str, Any]) -> dict[str, tuple[float, str]]:
    rows = evidence([*legs, late()])
    return {name: (row["earned"], row["event_id"]) for (name, item), row in rows.items() if item == "reaches_out_first"}


def test_getting_in_touch_first_earns_and_after_the_complaint_does_not() -> None:
    opened = case("open", 0, case_closed=False)
    call = case("call", 2, direction="outbound", reason="delivery")
    complaint = case("complaint", 3, complaint=True)
    assert reached(opened, call, complaint) == {"call": (1, "call")}
    assert reached(opened, complaint, call | {"started_at": START + timedelta(days=4)}) == {
        "call": (0, "call"),
        "open": (0, "complaint"),
    }


def test_a_complaint_counts_against_the_leg_that_left_the_matter_open() -> None:
    complaint = leg("complaint", 3, customer_id="c", complaint=True)
    promise = leg("promise", 0, customer_id="c", follow_up_promised=True)
    assert reached(promise, complaint) == {"promise": (0, "complaint")}
    assert reached(leg("plain", 0, customer_id="c"), complaint) == {}, "nothing lay ahead"
    assert reached(promise | {"reason": "other"}, complaint) == {}, "another matter"
    assert reached(promise, complaint | {"started_at": START + timedelta(days=31)}) == {}, "too long ago"
    assert reached(promise, complaint | {"customer_id": None}, promise | {"customer_id": None}) == {}


def test_a_second_complaint_about_the_matter_counts_once() -> None:
    promise = leg("promise", 0, customer_id="c", follow_up_promised=True)
    again = [leg(f"complaint{n}", n, customer_id="c", complaint=True, follow_up_promised=True) for n in (3, 5)]
    assert reached(promise, *again) == {"promise": (0, "complaint3")}


@pytest.mark.parametrize(
    ("call", "earned", "event"),
    [
        (case("call", 9, direction="outbound"), 1, "call"),
        (leg("call", 9, customer_id="c", proactive=True), 1, "call"),
        (case("call", 9.1, direction="outbound"), 0, "k"),
        (case("call", 1, direction="outbound"), 0, "k"),
        (leg("call", 9, customer_id="c", reason="address", direction="outbound"), 0, "k"),
    ],
    ids=["on the seventh day", "same customer and reason", "too late", "before the closing", "another matter"],
)
def test_a_hard_won_case_deserves_a_check_in(call: dict[str, Any], earned: float, event: str) -> None:
    rows = evidence([case("first"), case("end", 2, case_closed=True), call, late()])
    row = rows["end", "checks_in"]
    assert (*points(row), row["event_id"]) == (earned, 1, event)


def test_an_easy_case_needs_no_check_in_and_a_complaint_makes_it_hard() -> None:
    easy = case("end", 2, case_closed=True)
    assert ("end", "checks_in") not in evidence([easy, late()])
    assert ("end", "checks_in") in evidence([easy | {"complaint": True}, late()])
    assert ("end", "checks_in") not in evidence([easy | {"complaint": True}, leg("soon", 8)])
