"""Standing among the agents: by hand, equal for every reader who may see the agent, and nothing for the others."""

import numpy as np
import pytest

from care_metrics.coaching.peers import roster
from care_metrics.coaching.profile import standings
from care_metrics.coaching.skills import BEHAVIOURS, SKILLS
from care_metrics.errors import NotAllowed
from care_metrics.filters import Filters
from care_metrics.measure import measure
from care_metrics.pillars import ITEMS
from care_metrics.scope import Scope, operator
from care_metrics.statistics.shrinkage import shrink_means
from tests.coaching.conftest import SHOWN, house_of

ACME = operator(["acme"])
TOM = Scope(frozenset({"acme"}), reader="tom", role="team_lead", bounds=(("team", ("blue",)),))
A1 = Scope(frozenset({"acme"}), reader="a1", role="agent", bounds=(("agent_id", ("a1",)),))


def profile(house, scope, client, agent, filters):
    return standings(house, scope, client, filters).get(agent, {})


def test_every_behaviour_of_a_skill_is_an_item_and_counts_in_one_skill_only():
    assert set(BEHAVIOURS) <= {item.name for item in ITEMS}
    assert len(set(BEHAVIOURS)) == len(BEHAVIOURS)
    assert [skill.name for skill in SKILLS] == ["de_escalation", "active_listening", "relationship_management"]


def test_the_scores_by_hand(house):
    """3 of 12 feelings taken up are 25; with the one dismissed (2 points, none earned) 6 of 26 points of the skill."""
    found = profile(house, ACME, "acme", "a1", Filters())
    behaviour, skill = found["acknowledges_feeling"], found["de_escalation"]
    assert (behaviour.n, behaviour.value) == (12, pytest.approx(25))
    assert (skill.n, skill.value) == (12, pytest.approx(100 * 6 / 26))
    assert found["dismisses"].state == "suppressed", "one contact"
    assert found["dismisses"].value is None
    assert "active_listening" not in found, "no opportunity, no score"


def test_the_shrunken_score_by_hand(house):
    """With points of 2 everywhere a variance is s2 / 12, s2 the within-agent variance of 0 and 1 over 66 degrees."""
    share = np.array([k / 12 for k in SHOWN.values()])
    s2 = sum(12 * p * (1 - p) for p in share) / (6 * 11)
    fit = shrink_means(share, np.full(6, s2 / 12))
    one = profile(house, ACME, "acme", "a1", Filters())["acknowledges_feeling"]
    assert one.estimate == pytest.approx(100 * fit.estimate[0])
    assert one.centre == pytest.approx(100 * fit.centre)
    assert (one.weight, one.agents) == (pytest.approx(fit.reliability[0]), 6)
    assert one.value < one.estimate < one.centre
    assert one.side == int(one.least > one.centre) - int(one.most < one.centre)


def test_twelve_contacts_that_are_alike_do_not_make_a_certain_score(tmp_path, monkeypatch):
    """12 of 12: without a spread of its own the interval would be 100 to 100."""
    monkeypatch.setitem(SHOWN, "a5", 12)
    one = profile(house_of(tmp_path, tuple(SHOWN)), ACME, "acme", "a5", Filters())["acknowledges_feeling"]
    assert (one.value, one.high) == (100, 100)
    assert one.low < 90


def test_a_pillar_is_the_number_of_the_other_pages(house):
    rows = measure(house, ACME, ["empathy"], Filters(), ("agent_id",)).to_dicts()
    found = {agent: profile(house, ACME, "acme", agent, Filters())["empathy"] for agent in SHOWN}
    shown = {row["agent_id"]: (row["n"], row["value"], row["low"], row["high"]) for row in rows}
    for agent, one in found.items():
        assert (one.n, one.value, one.low, one.high) == pytest.approx(shown[agent])


def test_the_agent_and_those_who_lead_them_read_the_same(house):
    """The agent's reader sees no contact of others, and stands among all of them all the same."""
    expected = profile(house, ACME, "acme", "a1", Filters())
    assert profile(house, A1, "acme", "a1", Filters()) == expected
    assert profile(house, TOM, "acme", "a1", Filters()) == expected


@pytest.mark.parametrize(("scope", "agent"), [(A1, "a2"), (TOM, "a4"), (ACME, "nobody"), (TOM.narrowed([]), "a5")])
def test_who_is_not_theirs_to_see_has_no_page(house, scope, agent):
    assert profile(house, scope, "acme", agent, Filters()) == {}


def test_nobody_outside_the_scope_is_told_of(house):
    assert set(standings(house, A1, "acme", Filters())) == {"a1"}
    assert set(standings(house, TOM, "acme", Filters())) == {"a1", "a2", "a3"}


@pytest.mark.parametrize(
    "scope",
    [Scope(frozenset({"acme"}), "client", "c", "client"), Scope(frozenset({"acme"}), "internal", "a1", "agent")],
    ids=["client reader", "agent bound to nobody"],
)
def test_a_reader_without_the_right_is_refused(house, scope):
    for step in (lambda: profile(house, scope, "acme", "a1", Filters()), lambda: roster(house, scope, "acme")):
        with pytest.raises(NotAllowed):
            step()


def test_the_roster_holds_the_agents_of_the_scope(house):
    assert roster(house, ACME, "acme")["agent_id"].to_list() == list(SHOWN)
    assert roster(house, TOM, "acme").rows() == [("a1", "blue", 12), ("a2", "blue", 12), ("a3", "blue", 12)]
    assert roster(house, A1, "acme")["agent_id"].to_list() == ["a1"]


def test_fewer_than_five_agents_have_no_centre(tmp_path):
    """The centre of four would tell one of them much of another one's score."""
    one = profile(house_of(tmp_path, ("a1", "a2", "a3", "a4")), ACME, "acme", "a1", Filters())["empathy"]
    assert (one.agents, one.centre, one.estimate, one.side) == (4, None, None, 0)
    assert one.value == pytest.approx(100 * 6 / 26)
