from dataclasses import replace
from datetime import date

import pytest

from care_metrics.errors import BadRequest, NotAllowed
from care_metrics.reviews.sample_rows import Drawn, SamplingPlan
from care_metrics.reviews.samples import chances, keep_sample, plans, sampled

MARCH = SamplingPlan("acme", "random", 2, 2**40, date(2026, 3, 1), date(2026, 4, 1), 40, 12, key="k1")
ROWS = (Drawn("acme", "c1", "a1", "blue", 0.1), Drawn("acme", "c2", "a2", "red", 0.5, ("low", "escalated")))


@pytest.fixture
def lead(as_role):
    return as_role("qa_lead", reader="lea")


def test_how_and_why_each_contact_was_drawn_is_kept(database, lead):
    kept = keep_sample(lead, database, MARCH, ROWS)
    assert plans(lead, database) == [kept]
    assert (kept.seed, kept.frame_n, kept.snapshot, kept.drawn_by) == (2**40, 40, 12, "lea")
    assert sampled(lead, database) == [replace(row, plan=kept.id) for row in ROWS]


def test_a_double_click_draws_once(database, lead):
    assert keep_sample(lead, database, MARCH, ROWS) == keep_sample(lead, database, MARCH, ROWS)
    assert (len(plans(lead, database)), len(sampled(lead, database))) == (1, 2)
    with pytest.raises(BadRequest, match="another text"):
        keep_sample(lead, database, replace(MARCH, seed=1), ROWS)


def test_a_contact_of_two_random_samples_had_both_chances_and_a_risk_sample_gives_none(database, lead):
    keep_sample(lead, database, MARCH, ROWS)
    keep_sample(lead, database, replace(MARCH, key="k2"), [replace(ROWS[1], probability=0.2)])
    keep_sample(lead, database, replace(MARCH, key="k3", kind="risk"), [replace(ROWS[0], probability=0.9)])
    # By hand: 1 - (1 - 0.5) (1 - 0.2).
    assert chances(lead, database) == pytest.approx({("acme", "c1"): 0.1, ("acme", "c2"): 0.6})


def test_a_lead_of_one_team_sees_no_drawn_contact_of_another(database, lead, as_role):
    keep_sample(lead, database, MARCH, ROWS)
    assert [row.interaction_id for row in sampled(as_role("team_lead", team="blue"), database)] == ["c1"]
    with pytest.raises(NotAllowed):
        keep_sample(as_role("qa_lead", team="blue"), database, replace(MARCH, key="k2"), ROWS)


def test_another_clients_sample_does_not_exist(database, lead, as_role):
    keep_sample(lead, database, MARCH, ROWS)
    foreign = as_role("qa_lead", "globex")
    assert (plans(foreign, database), sampled(foreign, database), chances(foreign, database)) == ([], [], {})


@pytest.mark.parametrize("probability", [0.0, 1.2, float("nan")])
def test_a_chance_that_is_none_keeps_nothing(database, lead, probability):
    with pytest.raises(BadRequest):
        keep_sample(lead, database, MARCH, [replace(ROWS[0], probability=probability)])
    with pytest.raises(BadRequest):
        keep_sample(lead, database, MARCH, [])
    assert plans(lead, database) == []
