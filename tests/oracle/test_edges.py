"""One hand-made centre of the edges that chance seldom meets, product against recount."""

from datetime import date
from pathlib import Path

import pytest

from .centres import write
from .facts import Centre
from .product import ask, differences, ingest
from .recount import NAMES, Question, answer
from .test_recount import centre, counts, leg, one, turn

PROMISE = {"follow_up_promised": "true", "follow_up_due_at": "2024-06-30T00:00:00Z"}
EVIDENCE = {"interaction_id": "i1", "pillar": "empathy", "behaviour": "b", "possible": 2, "turn_no": 5}
EDGES = {
    "interactions": [
        leg(1, "2024-05-30T10:00:00Z", channel="chat", **PROMISE, follow_up_kept="maybe"),
        leg(2, channel="voice"),
        leg(3, channel="voice"),
        # A contact on the case that had begun before its closing leg is no new contact.
        leg(4, "2024-05-01T09:00:00Z", channel="chat", case_id="y", contact_id="m"),
        leg(5, channel="chat", case_id="y", contact_id="k", case_closed="true"),
        leg(6, "2024-05-01T11:00:00Z", channel="chat", case_id="y", contact_id="m"),
        leg(7, "2024-05-30T10:00:00Z", channel="chat", site="s", handler="ai", outcome="contained"),
        leg(8, "2024-05-30T12:00:00Z", channel="chat", site="s"),
    ],
    "turns": [
        # The exact mean of -0.94 and 0.34 is -0.3, its binary one above it.
        *(turn(k, valence=value) for k, value in enumerate((-0.94, 0.34))),
        turn(5, "agent"),
        turn(1, leg="i2", begin_s=0, end_s=5),
        turn(2, leg="i2", begin_s=-1, end_s=9),
        turn(1, leg="i3", begin_s=10, end_s=5),
    ],
    "evidence": [EVIDENCE | {"earned": 2, "source": "text"}, EVIDENCE | {"earned": 1}],
    "agent_time": [
        {"agent_id": "a", "start_at": f"2024-05-0{day}T00:00:00Z", "handle_s": 30, "available_s": available}
        for day, available in ((1, 10), (2, ""))
    ],
    "costs": [{"month": "2024-05", "site": "n", "cost": -3}, {"month": "2024-05", "site": "s", "cost": 31}],
    "customers": [
        {"customer_id": "a", "start_at": "2024-01-10T00:00:00Z", "end_at": "2024-01-05T00:00:00Z"},
        {"customer_id": "b", "start_at": "2024-01-10T00:00:00Z"},
    ],
}


def agreeing(folder: Path, house: Centre, question: Question) -> list[str]:
    ingest(folder / "store", write(house.raw, folder / "in"), house.client, house.zone)
    found = ask(folder / "store", NAMES, question, [house.client])
    return [line for name in NAMES for line in differences(name, answer(name, [house], question), found[name])]


def test_the_edges_agree(tmp_path: Path):
    question = Question(date(2024, 2, 1), date(2024, 6, 1))
    assert agreeing(tmp_path, centre(**EDGES), question) == []


@pytest.mark.parametrize(
    ("zone", "day", "midnight"),
    [
        ("America/Havana", date(2024, 11, 3), "2024-11-03T04:00"),
        ("Atlantic/Azores", date(2024, 10, 27), "2024-10-27T00:00"),
        ("America/Santiago", date(2024, 9, 8), "2024-09-08T04:00"),
    ],
)
def test_a_period_ends_at_the_first_of_two_midnights(tmp_path: Path, zone: str, day: date, midnight: str):
    # Who ended in that instant is gone, who ended a second later was still there.
    customers = [
        {"customer_id": f"c{second}", "start_at": "2024-01-01T00:00:00Z", "end_at": f"{midnight}:0{second}Z"}
        for second in (0, 1)
    ]
    assert agreeing(tmp_path, centre(zone, customers=customers), Question(date(2024, 2, 1), day)) == []


def test_the_recount_of_the_edges_by_hand():
    house = centre(**EDGES)
    # 30 / (30 + 10); the stretch without available time leaves both sides.
    assert counts(one("occupancy", house)) == (0.75, 1, 0, 1, 0)
    assert counts(one("silence", house)) == (None, 0, 2, 0, 0)
    assert counts(one("low_sentiment", house)) == (1.0, 1, 0, 7, 0)
    assert counts(one("reopen", house)) == (0.0, 1, 0, 0, 0)
    assert counts(one("follow_up_kept", house)) == (None, 0, 1, 0, 0)
    # The second row has the key of the first: 1 of 2.
    assert one("empathy", house).value == 50.0
    # One invalid cost; only i8 is handled at a site with a cost.
    assert counts(one("cost_per_contact", house)) == (31.0, 1, 1, 6, 0)
    spring = Question(date(2024, 2, 1), date(2024, 6, 1))
    assert counts(one("retention", house, spring)) == (1.0, 1, 1, 0, 0)
