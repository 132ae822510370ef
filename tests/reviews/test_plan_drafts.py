from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from care_metrics.errors import BadRequest, EditConflict, NotAllowed
from care_metrics.reviews.coaching import save_plan
from care_metrics.reviews.plan_drafts import keep_plan_draft, plan_draft_of
from care_metrics.reviews.review_rows import CoachingPlan, PlanDraft

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PLAN = CoachingPlan("p1", "acme", "a1", "empathy", "names it first", date(2026, 3, 2), key="k1")


def typed(words, seconds=0, key="k1", **where):
    return PlanDraft("acme", "a1", key, {"goal": words}, NOON + timedelta(seconds=seconds), **where)


@pytest.fixture
def ana(as_role):
    return as_role("qa_lead", reader="ana")


def test_what_was_typed_is_there_after_a_restart(database, ana):
    assert keep_plan_draft(ana, database, typed("names"))
    assert keep_plan_draft(ana, database, typed("names it", 2))
    database.engine.dispose()
    assert plan_draft_of(ana, database, "acme", "a1") == typed("names it", 2)


def test_a_late_arrival_does_not_overwrite_a_newer_draft(database, ana):
    keep_plan_draft(ana, database, typed("names it", 2))
    assert not keep_plan_draft(ana, database, typed("names"))
    assert plan_draft_of(ana, database, "acme", "a1").body == {"goal": "names it"}


def test_a_plan_that_was_saved_has_no_draft_and_a_late_arrival_raises_none(database, ana):
    keep_plan_draft(ana, database, typed("names it"))
    save_plan(ana, database, PLAN)
    assert plan_draft_of(ana, database, "acme", "a1") is None
    assert not keep_plan_draft(ana, database, typed("names", 2))
    assert keep_plan_draft(ana, database, typed("another plan", 3, key="k2"))


def test_following_up_ends_the_draft_of_that_plan_only(database, ana):
    first = save_plan(ana, database, PLAN)
    keep_plan_draft(ana, database, typed("a new one", key="k3"))
    keep_plan_draft(ana, database, typed("more often", key="k2", plan_id="p1", version=1))
    save_plan(ana, database, replace(first, goal="more often", key="k2"))
    assert plan_draft_of(ana, database, "acme", "a1", "p1") is None
    assert plan_draft_of(ana, database, "acme", "a1").body == {"goal": "a new one"}


def test_a_draft_outlives_a_conflict(database, ana, as_role):
    first = save_plan(ana, database, PLAN)
    save_plan(as_role("qa_lead", reader="ben"), database, replace(first, goal="Ben was quicker", key="k2"))
    keep_plan_draft(ana, database, typed("mine", key="k3", plan_id="p1", version=1))
    with pytest.raises(EditConflict):
        save_plan(ana, database, replace(first, goal="mine", key="k3"))
    assert plan_draft_of(ana, database, "acme", "a1", "p1").body == {"goal": "mine"}


def test_drafts_are_ones_own(database, ana, as_role):
    keep_plan_draft(ana, database, typed("names it"))
    assert plan_draft_of(as_role("qa_lead", reader="ben"), database, "acme", "a1") is None


def test_a_team_lead_keeps_drafts_of_their_own_team_only(database, as_role):
    blue = as_role("team_lead", reader="tom", team="blue")
    assert keep_plan_draft(blue, database, typed("names it", team="blue"))
    with pytest.raises(NotAllowed):
        keep_plan_draft(blue, database, typed("names it", team="red"))
    red = as_role("team_lead", reader="tom", team="red")
    assert plan_draft_of(red, database, "acme", "a1") is None, "Tom has another team now"


def test_a_draft_without_end_is_refused(database, ana):
    with pytest.raises(BadRequest):
        keep_plan_draft(ana, database, typed("x" * 20_001))
