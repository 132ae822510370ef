"""Legs and contacts: times that add up, transfers, bots, promises, and who handled what."""

import polars as pl
import pytest

from care_metrics.demo import CLIENTS
from care_metrics.demo.arrivals import closing
from care_metrics.demo.clients import COMPANIES


@pytest.fixture
def legs(small_tables):
    return small_tables["interactions"]


def lasted() -> pl.Expr:
    return (pl.col("ended_at") - pl.col("started_at")).dt.total_microseconds() / 1e6


def test_a_conversation_lasts_talk_and_hold_and_its_queue_lies_before(legs):
    met = legs.filter(pl.col("outcome") != "abandoned")
    assert met.select((lasted() - pl.col("talk_s") - pl.col("hold_s")).abs().max()).item() < 0.01


def test_an_abandoned_leg_lasts_its_queue_and_nobody_handled_it(legs):
    lost = legs.filter(pl.col("outcome") == "abandoned")
    assert lost.height > 20
    assert lost.select((lasted() - pl.col("queue_s")).abs().max()).item() < 0.01
    assert lost["agent_id"].null_count() == lost.height
    assert lost.select(pl.sum_horizontal("talk_s", "hold_s").sum()).item() == 0


def test_the_legs_of_a_transfer_share_the_contact_and_follow_one_another(legs):
    first = legs.filter(pl.col("transfers") > 0)
    second = legs.join(first.select("client", "contact_id", "ended_at", "agent_id"), ["client", "contact_id"])
    second = second.filter(pl.col("started_at") >= pl.col("ended_at_right"))
    assert first.height == second.height > 20
    assert (second["agent_id"] != second["agent_id_right"]).all()
    assert (second["outcome"] == "handled").all()
    contacts = legs.group_by("client", "contact_id").agg(pl.col("customer_id", "reason", "channel").n_unique())
    assert contacts.select(pl.col("customer_id", "reason", "channel").max()).row(0) == (1, 1, 1)


def test_a_bot_alone_has_no_agent_and_a_handled_leg_has_one(legs):
    contained = legs.filter(pl.col("outcome") == "contained")
    assert (contained["handler"] == "ai").all()
    assert contained["agent_id"].null_count() == contained.height > 100
    assert legs.filter(pl.col("outcome") == "handled")["agent_id"].null_count() == 0
    assert set(legs["handler"]) == {"human", "ai", "ai_then_human"}
    assert set(legs["channel"]) == {"voice", "chat", "email"}


def test_handled_legs_carry_the_team_and_site_of_their_agent(small):
    for tables in small.values():
        joined = tables["interactions"].join(tables["agents"], "agent_id")
        assert (joined["team"] == joined["team_right"]).all()
        assert (joined["site"] == joined["site_right"]).all()


def test_a_promise_has_a_due_time_and_no_outcome_before_it(small):
    zones = {company.slug: closing(company) for company in COMPANIES}
    for slug, tables in small.items():
        legs = tables["interactions"]
        promised = pl.col("follow_up_promised").fill_null(False)
        assert legs.filter(promised != pl.col("follow_up_due_at").is_not_null()).is_empty()
        assert legs.filter(~promised & pl.col("follow_up_kept").is_not_null()).is_empty()
        assert legs.filter(
            (pl.col("follow_up_due_at") > zones[slug]) & pl.col("follow_up_kept").is_not_null()
        ).is_empty()
        assert legs.filter(promised & (pl.col("follow_up_due_at") < pl.col("ended_at"))).is_empty()


def test_proactive_contacts_are_the_outbound_ones(legs):
    assert (legs["proactive"] == (legs["direction"] == "outbound")).all()
    assert 0.01 < legs["proactive"].mean() < 0.05


def test_a_case_keeps_its_customer_and_reason_over_its_contacts(legs):
    known = legs.drop_nulls(["case_id", "customer_id", "reason"])
    cases = known.group_by("client", "case_id").agg(pl.col("customer_id", "reason", "contact_id").n_unique())
    assert cases.select(pl.col("customer_id", "reason").max()).row(0) == (1, 1)
    assert cases.filter(pl.col("contact_id") > 1).height > 20


def test_weekends_and_nights_are_quiet_in_the_clients_own_time(full):
    for slug, tables in full.items():
        local = tables["interactions"]["started_at"].dt.convert_time_zone(CLIENTS[slug][1])
        by_day = local.dt.weekday().value_counts().sort("started_at")["count"]
        assert by_day[6] < 0.5 * by_day[0]
        assert local.dt.hour().is_between(7, 20).mean() > 0.9


def test_five_zones_of_which_some_change_their_clocks():
    assert len({zone for _, zone in CLIENTS.values()}) == 5
    assert "America/Panama" in {zone for _, zone in CLIENTS.values()}
