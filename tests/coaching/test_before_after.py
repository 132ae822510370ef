"""A gain that everybody had is no effect, a change of channels is no change of skill, and too little is said to be so."""

from datetime import UTC, date, datetime, timedelta

import pytest

from care_metrics.access import warehouse_of
from care_metrics.coaching.before_after import effect
from care_metrics.commands.ingest import publish_readings
from care_metrics.scope import operator
from care_metrics.store import open_store, publishing
from tests.coaching.test_profile import A1
from tests.test_attention import typed

ACME = operator(["acme"])
STARTS, END = date(2026, 3, 30), date(2026, 4, 27)
PLAN = ("acme", "a1", "empathy", STARTS, END)
# agent -> channel -> of 20 contacts (before, after), in how many the feeling was taken up. a1 lacks chat before.
SHOWN = {
    "a1": {"voice": (6, 16), "chat": (None, 20)},
    "a2": {"voice": (10, 15), "chat": (10, 10)},
    "a3": {"voice": (9, 14)},
    "a4": {"voice": (11, 16)},
    "a5": {"voice": (10, 14)},
    "a6": {"voice": (10, 16)},
    "a7": {"chat": (1, 20)},
    "a8": {"voice": (2, 20)},
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    legs, turns, evidence = [], [], []
    for agent, channels in SHOWN.items():
        for channel, counts in channels.items():
            for side, shown in enumerate(counts):
                for k in range(0 if shown is None else 20):
                    name, day = f"{agent}_{channel}_{side}_{k}", STARTS + timedelta(days=(28 * side - 28) + k)
                    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).isoformat()
                    legs.append(
                        {"interaction_id": name, "agent_id": agent, "channel": channel, "started_at": at}
                        | {"outcome": "handled"}
                    )
                    turns.append({"interaction_id": name, "turn_no": 1, "speaker": "agent", "text": "I see"})
                    evidence.append(
                        {"interaction_id": name, "pillar": "empathy", "behaviour": "acknowledges_feeling"}
                        | {"turn_no": 1, "earned": float(k < shown), "possible": 1.0}
                    )
    store = open_store(str(tmp_path_factory.mktemp("plans") / "store"))
    with publishing(store) as publication:
        rows = [typed("interactions", legs), typed("turns", turns), typed("evidence", evidence)]
        publish_readings(publication, "acme", "UTC", rows)
    return warehouse_of(store, store.snapshot(), ACME)


def test_the_difference_in_differences_by_hand(house):
    """By voice a1 rose from 30 to 80, a2 to a6 by 25, 25, 25, 20 and 30: 25 points are everybody's, 25 are not.

    a7 has no voice contact; a8 had a plan too. The channel that a1 had after only does not enter.
    """
    one = effect(house, ACME, *PLAN, coached=(("a1", STARTS), ("a8", date(2026, 1, 5))))
    assert (one.why, one.days, one.n_before, one.n_after, one.k) == ("", 28, 20, 40, 5)
    assert (one.before, one.after, one.change) == (pytest.approx(30), pytest.approx(80), pytest.approx(50))
    assert (one.others, one.difference) == (pytest.approx(25), pytest.approx(25))
    assert one.d_low < 25 < one.d_high
    assert one.difference - one.d_low == pytest.approx(one.d_high - one.difference)
    assert one.p < 0.05 or one.d_low <= 0


def test_who_began_low_is_expected_to_come_back_by_itself(house):
    """30 among levels of about 50: a part of the gain is regression to the mean, and never more than the way to them."""
    one = effect(house, ACME, *PLAN, coached=(("a8", STARTS),))
    assert 0 <= one.back <= 20.1


def test_a_plan_that_began_after_the_days_compared_does_not_matter(house):
    with_a8 = effect(house, ACME, *PLAN, coached=(("a8", END + timedelta(days=1)),))
    assert with_a8.k == 6


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"end": STARTS + timedelta(days=13)}, "early"),
        ({"starts": END + timedelta(days=3)}, "early"),
        ({"subject": "ownership"}, "few"),
        ({"agent_id": "a9"}, "few"),
        ({"coached": tuple((name, STARTS) for name in ("a2", "a3"))}, "alone"),
    ],
)
def test_what_cannot_be_told_is_said_to_be_so(house, change, why):
    asked = dict(zip(("client", "agent_id", "subject", "starts", "end"), PLAN, strict=True)) | {"coached": ()} | change
    one = effect(house, ACME, **asked)
    assert one.why == why
    assert one.difference is None
    assert (one.change is not None) == (why == "alone")


def test_the_agent_reads_what_the_lead_reads_and_nobody_elses(house):
    coached = (("a8", STARTS),)
    assert effect(house, A1, *PLAN, coached) == effect(house, ACME, *PLAN, coached)
    assert effect(house, A1, "acme", "a2", "empathy", STARTS, END, coached).why == "few"
