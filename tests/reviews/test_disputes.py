from dataclasses import replace

import pytest

from care_metrics.errors import BadRequest, EditConflict, NotAllowed
from care_metrics.reviews.disputes import decide, disputes, open_dispute, withdraw
from care_metrics.reviews.review_rows import Dispute

EMPATHY = Dispute(
    "acme",
    "c1",
    "a1",
    "I named it two turns before",
    "evidence",
    "empathy",
    "names_feeling",
    "text",
    8,
    team="blue",
    key="k1",
)


@pytest.fixture
def agent(as_role):
    return as_role("agent", reader="luz", agent="a1")


@pytest.fixture
def lead(as_role):
    return as_role("qa_lead", reader="ana")


def test_an_accepted_dispute_names_the_evidence_whose_credit_is_withdrawn(database, agent, lead):
    opened = open_dispute(agent, database, EMPATHY)
    decided = decide(lead, database, opened.id, "accepted", "she did")
    assert (decided.state, decided.decided_by, decided.decision) == ("accepted", "ana", "she did")
    [found] = disputes(lead, database, state="accepted")
    assert (found.interaction_id, found.pillar, found.behaviour, found.source, found.turn_no, found.event_id) == (
        "c1",
        "empathy",
        "names_feeling",
        "text",
        8,
        None,
    )


def test_a_page_cannot_open_a_dispute_that_is_decided_already(database, agent):
    opened = open_dispute(agent, database, replace(EMPATHY, state="accepted", decided_by="luz", decision="yes"))
    assert (opened.state, opened.opened_by, opened.decided_by, opened.decision) == ("open", "luz", None, "")


def test_a_double_click_is_one_dispute(database, agent):
    assert open_dispute(agent, database, EMPATHY) == open_dispute(agent, database, EMPATHY)
    with pytest.raises(BadRequest, match="Not saved"):
        open_dispute(agent, database, replace(EMPATHY, text="another reason"))
    assert len(disputes(agent, database)) == 1


def test_an_agent_disputes_and_sees_their_own_contacts_only(database, agent, as_role):
    with pytest.raises(NotAllowed):
        open_dispute(agent, database, replace(EMPATHY, agent_id="a2"))
    open_dispute(agent, database, EMPATHY)
    assert disputes(as_role("agent", agent="a2"), database) == []
    assert len(disputes(agent, database)) == 1


def test_nobody_decides_their_own(database, lead, as_role):
    both = as_role("team_lead", reader="ana")
    opened = open_dispute(both, database, EMPATHY)
    with pytest.raises(NotAllowed, match="may not decide"):
        decide(lead, database, opened.id, "accepted", "I say so")
    assert decide(as_role("qa_lead", reader="ben"), database, opened.id, "rejected", "no").state == "rejected"


def test_two_who_decide_do_not_overwrite_each_other(database, agent, lead, as_role):
    opened = open_dispute(agent, database, EMPATHY)
    decide(lead, database, opened.id, "accepted", "she did")
    with pytest.raises(EditConflict) as caught:
        decide(as_role("qa_lead", reader="ben"), database, opened.id, "rejected", "she did not")
    assert caught.value.theirs.decision == "she did"
    assert caught.value.mine["decision"] == "she did not"
    with pytest.raises(EditConflict):
        withdraw(agent, database, opened.id)
    assert [one.state for one in disputes(lead, database)] == ["accepted"]


def test_only_who_opened_it_withdraws_it(database, agent, as_role):
    opened = open_dispute(agent, database, EMPATHY)
    with pytest.raises(NotAllowed, match="Only who opened"):
        withdraw(as_role("team_lead", reader="tom"), database, opened.id)
    assert withdraw(agent, database, opened.id).state == "withdrawn"


def test_a_foreign_number_is_the_same_as_none(database, agent, as_role):
    opened = open_dispute(agent, database, EMPATHY)
    told = []
    for number in (opened.id, opened.id + 1):
        with pytest.raises(NotAllowed) as caught:
            decide(as_role("qa_lead", "globex"), database, number, "accepted", "mine")
        told.append(str(caught.value).replace(str(number), "N"))
    assert told[0] == told[1]


@pytest.mark.parametrize("wrong", [{"text": ""}, {"behaviour": None}, {"about": "weather"}, {"key": ""}])
def test_a_dispute_that_names_nothing_is_refused(database, agent, wrong):
    with pytest.raises(BadRequest):
        open_dispute(agent, database, replace(EMPATHY, **wrong))


def test_a_decision_needs_a_reason(database, agent, lead):
    opened = open_dispute(agent, database, EMPATHY)
    for outcome, words in (("accepted", " "), ("withdrawn", "x"), ("open", "x")):
        with pytest.raises(BadRequest):
            decide(lead, database, opened.id, outcome, words)
