from dataclasses import replace
from datetime import date

import pytest

from care_metrics.errors import BadRequest, EditConflict, NotAllowed
from care_metrics.reviews.coaching import plan_history, plans, save_plan, under_plan
from care_metrics.reviews.review_rows import CoachingPlan

PLAN = CoachingPlan(
    "p1",
    "acme",
    "a1",
    "de-escalation",
    "names the feeling before the fix",
    date(2026, 3, 1),
    date(2026, 4, 1),
    contacts=("c1", "c2"),
    team="blue",
    key="k1",
)


@pytest.fixture
def tom(as_role):
    return as_role("team_lead", reader="tom")


def test_a_plan_and_its_history_come_back(database, tom):
    first = save_plan(tom, database, PLAN)
    assert first == replace(PLAN, version=1, author="tom", at=first.at)
    second = save_plan(tom, database, replace(first, note="better by 6 points", state="done", key="k2"))
    assert plans(tom, database) == [second]
    assert plan_history(tom, database, "acme", "p1") == [first, second]


def test_two_who_change_one_plan_keep_both_texts(database, tom, as_role):
    seen = save_plan(tom, database, PLAN)
    save_plan(tom, database, replace(seen, note="his", key="k2"))
    with pytest.raises(EditConflict) as caught:
        save_plan(as_role("qa_lead", reader="ana"), database, replace(seen, note="hers", key="k3"))
    assert (caught.value.mine.note, caught.value.theirs.note) == ("hers", "his")
    assert [one.note for one in plan_history(tom, database, "acme", "p1")] == ["", "his", "hers"]


def test_an_agent_sees_their_own_plan_and_writes_none(database, tom, as_role):
    save_plan(tom, database, PLAN)
    save_plan(tom, database, replace(PLAN, plan_id="p2", agent_id="a2", key="k2"))
    agent = as_role("agent", agent="a1")
    assert [one.plan_id for one in plans(agent, database)] == ["p1"]
    assert plans(agent, database, agent_id="a2") == []
    assert plan_history(agent, database, "acme", "p2") == []
    with pytest.raises(NotAllowed):
        save_plan(agent, database, PLAN)


def test_a_plan_stays_with_its_agent_and_team(database, tom, as_role):
    save_plan(tom, database, PLAN)
    with pytest.raises(BadRequest, match="stays with its agent"):
        save_plan(tom, database, replace(PLAN, agent_id="a2", version=1, key="k2"))
    with pytest.raises(NotAllowed):
        save_plan(as_role("team_lead", team="red"), database, replace(PLAN, team="red", version=1, key="k2"))


def test_another_clients_plan_of_the_same_id_is_another_plan(database, tom, as_role):
    save_plan(tom, database, PLAN)
    assert save_plan(as_role("team_lead", "globex"), database, replace(PLAN, client="globex", key="k2")).version == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"follow_up": date(2026, 2, 1)},
        {"goal": ""},
        {"skill": " "},
        {"state": "lost"},
        {"outcome": "splendid", "state": "done"},
        {"outcome": "reached"},
    ],
)
def test_a_plan_that_cannot_be_is_refused(database, tom, wrong):
    with pytest.raises(BadRequest):
        save_plan(tom, database, replace(PLAN, **wrong))


def test_who_had_a_plan_is_known_to_a_comparison_and_what_it_says_is_not(database, tom, as_role):
    """An agent's own page must leave the other agents with plans out, of whom the agent sees nothing else."""
    first = save_plan(tom, database, PLAN)
    save_plan(tom, database, replace(first, state="done", outcome="partly", key="k2"))
    other = save_plan(tom, database, replace(PLAN, plan_id="p2", agent_id="a2", starts=date(2026, 3, 9), key="k3"))
    save_plan(tom, database, replace(PLAN, plan_id="p3", agent_id="a3", state="dropped", key="k4"))
    save_plan(as_role("team_lead", "globex"), database, replace(PLAN, client="globex", agent_id="a4", key="k5"))
    assert under_plan(as_role("agent", agent="a1"), database, "acme") == [("a1", PLAN.starts), ("a2", other.starts)]
    assert [one.outcome for one in plans(as_role("agent", agent="a1"), database)] == ["partly"]
