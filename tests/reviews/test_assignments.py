from dataclasses import replace
from datetime import date

import pytest

from care_metrics.errors import BadRequest, EditConflict, NotAllowed
from care_metrics.reviews.assignments import assign, assignments, of_contact, reassign
from care_metrics.reviews.review import save_review
from care_metrics.reviews.review_rows import Assignment, Review

RANDOM = Assignment("acme", "c1", "ana", "random: 3 of 40 of agent a1", plan="march", seed=2**40, probability=0.075)


@pytest.fixture
def lead(as_role):
    return as_role("qa_lead", reader="lea")


def test_why_a_contact_was_chosen_stays_with_it(database, lead):
    done = assign(lead, database, [RANDOM])
    assert done.standing == ()
    [found] = assignments(lead, database)
    assert found == done.made[0]
    assert (found.seed, found.probability, found.plan, found.assigned_by) == (2**40, 0.075, "march", "lea")


def test_a_contact_that_has_a_reviewer_keeps_them(database, lead):
    assign(lead, database, [RANDOM])
    done = assign(
        lead, database, [replace(RANDOM, reviewer="ben"), replace(RANDOM, interaction_id="c2", reviewer="ben")]
    )
    assert [one.reviewer for one in done.standing] == ["ana"]
    assert [one.interaction_id for one in done.made] == ["c2"]
    assert {one.interaction_id: one.reviewer for one in assignments(lead, database)} == {"c1": "ana", "c2": "ben"}


def test_a_second_opinion_is_another_assignment(database, lead):
    done = assign(lead, database, [RANDOM, replace(RANDOM, opinion=2, reviewer="ben")])
    assert len(done.made) == 2


def test_a_plan_with_one_wrong_row_assigns_nothing(database, lead):
    with pytest.raises(NotAllowed):
        assign(lead, database, [RANDOM, replace(RANDOM, client="globex")])
    with pytest.raises(BadRequest):
        assign(lead, database, [RANDOM, replace(RANDOM, interaction_id="c2", probability=0.0)])
    assert assignments(lead, database) == []


def test_handing_over_is_refused_once_it_changed_hands(database, lead):
    [standing] = assign(lead, database, [RANDOM]).made
    assert reassign(lead, database, standing, "ben").reviewer == "ben"
    with pytest.raises(EditConflict) as caught:
        reassign(lead, database, standing, "eve")
    assert caught.value.theirs.reviewer == "ben"


def test_another_clients_assignment_cannot_be_handed_over(database, lead, as_role):
    [standing] = assign(lead, database, [RANDOM]).made
    with pytest.raises(NotAllowed):
        reassign(as_role("qa_lead", "globex"), database, standing, "mal")


def test_a_lead_confined_to_a_team_hands_over_none_of_anothers(database, lead, as_role):
    [standing] = assign(lead, database, [replace(RANDOM, team="red")]).made
    with pytest.raises(NotAllowed):
        reassign(as_role("qa_lead", team="blue"), database, standing, "ben")
    assert [one.reviewer for one in assignments(lead, database)] == ["ana"]


def test_those_due_first_come_first_and_those_without_a_day_last(database, lead):
    days = {"c1": None, "c2": date(2026, 4, 2), "c3": date(2026, 4, 1)}
    assign(lead, database, [replace(RANDOM, interaction_id=name, due=day) for name, day in days.items()])
    assert [one.interaction_id for one in assignments(lead, database)] == ["c3", "c2", "c1"]


def test_the_list_can_be_narrowed(database, lead, as_role):
    assign(lead, database, [RANDOM, replace(RANDOM, interaction_id="c2", reviewer="ben", team="blue")])
    assert [one.interaction_id for one in assignments(lead, database, reviewer="ben")] == ["c2"]
    assert assignments(lead, database, state="done") == []
    assert [one.interaction_id for one in assignments(as_role("team_lead", team="blue"), database)] == ["c2"]


def test_a_second_opinion_is_never_asked_of_the_first_ones_author(database, lead, as_role):
    save_review(as_role("qa_lead", reader="ana"), database, Review("acme", "c1", agent_id="a1", key="k"))
    [second] = assign(lead, database, [replace(RANDOM, opinion=2, reviewer="ben")]).made
    with pytest.raises(BadRequest, match="somebody else"):
        reassign(lead, database, second, "ana")
    with pytest.raises(BadRequest, match="somebody else"):
        assign(lead, database, [replace(RANDOM, reviewer="ben")])
    assert [one.reviewer for one in of_contact(lead, database, "acme", "c1")] == ["ben"]


def test_who_has_a_contact_is_told_within_the_scope_only(database, lead, as_role):
    assign(lead, database, [replace(RANDOM, agent_id="a1", team="blue"), replace(RANDOM, opinion=2, reviewer="ben")])
    assert [one.opinion for one in of_contact(lead, database, "acme", "c1")] == [1, 2]
    assert of_contact(lead, database, "acme", "c2") == []
    assert of_contact(as_role("team_lead", team="red"), database, "acme", "c1") == []
