"""Agents, sites, customers, surveys, time and money of the demo."""

import polars as pl
import pytest

from care_metrics.demo import CLIENTS


def test_three_kinds_of_site_and_at_least_sixty_agents_in_teams(small_tables):
    agents, sites = small_tables["agents"], small_tables["sites"]
    assert agents["agent_id"].n_unique() == agents.height >= 60
    assert agents["name"].n_unique() == agents.height
    assert agents.group_by("client", "team").len()["len"].min() >= 4
    assert set(sites["location"]) == {"onshore", "nearshore", "offshore"}
    assert sites.filter(pl.col("site") == "bogota")["location"].unique().to_list() == ["nearshore"]
    assert sites["site"].n_unique() >= 3


def test_who_leaves_has_no_contact_afterwards_until_the_return(full_tables):
    memberships, legs = full_tables["customers"], full_tables["interactions"]
    contacts = legs.select("client", "customer_id", "started_at", "ended_at").drop_nulls()
    inside = contacts.join(memberships, ["client", "customer_id"]).filter(
        (pl.col("started_at") >= pl.col("start_at"))
        & (pl.col("end_at").is_null() | (pl.col("ended_at") < pl.col("end_at")))
    )
    assert inside.height == contacts.height


def test_some_leave_and_some_of_them_return(full_tables):
    memberships = full_tables["customers"]
    people = memberships.select("client", "customer_id").n_unique()
    left = memberships.filter(pl.col("end_at").is_not_null())
    assert 0.08 < left.height / people < 0.25
    twice = memberships.filter(pl.len().over("client", "customer_id") == 2).sort("client", "customer_id", "start_at")
    assert twice.height > 100
    first = twice.filter(pl.int_range(pl.len()) % 2 == 0)
    second = twice.filter(pl.int_range(pl.len()) % 2 == 1)
    assert (first["end_at"] < second["start_at"]).all()


def test_some_customers_never_get_in_touch(full_tables):
    people = full_tables["customers"].select("client", "customer_id").unique()
    silent = people.join(full_tables["interactions"], ["client", "customer_id"], "anti")
    assert silent.height / people.height > 0.1


def test_personal_data_is_made_of_numbers_set_aside_for_fiction(small_tables):
    people = small_tables["customers"]
    assert people["phone"].str.contains(r"^(\(\d{3}\) 555-01\d\d|020 7946 0\d{3})$").all()
    assert people["email"].str.contains(r"^[a-z.\-]+\d\d@example\.(com|net|org)$").all()


def test_about_a_fifth_of_the_contacts_has_an_answer(full_tables):
    surveys, legs = full_tables["surveys"], full_tables["interactions"]
    answered = surveys.filter(pl.col("responded_at").is_not_null())
    assert answered.height / legs["contact_id"].n_unique() == pytest.approx(0.20, abs=0.02)
    assert (
        surveys.filter(pl.col("responded_at").is_null()).select(pl.col("nps", "ces", "csat", "comment").count()).row(0)
        == (0,) * 4
    )
    assert answered.select(pl.col("nps", "ces", "csat", "comment").count() > 1_000).row(0) == (True,) * 4


def test_effort_is_asked_on_scale_five_by_one_client_only(full_tables):
    scales = full_tables["surveys"].drop_nulls("ces").group_by("client").agg(pl.col("ces_scale").unique())
    assert dict(scales.rows()) == {slug: [5 if slug == "brightfen_energy" else 7] for slug in CLIENTS}
    five = full_tables["surveys"].filter(pl.col("ces_scale") == 5)
    assert five["ces"].max() <= 5


def test_agent_time_adds_up_to_the_legs_of_the_day(small):
    for slug, tables in small.items():
        legs = tables["interactions"].filter(pl.col("agent_id").is_not_null())
        spent = legs.select(pl.sum_horizontal("talk_s", "hold_s", pl.col("acw_s").fill_null(0)).sum()).item()
        assert tables["agent_time"]["handle_s"].sum() == pytest.approx(spent, rel=1e-6)
        time = tables["agent_time"].select(pl.col("handle_s", "available_s").sum())
        assert 0.7 < time.select(pl.col("handle_s") / (pl.col("handle_s") + pl.col("available_s"))).item() < 0.9
        assert (tables["agent_time"]["start_at"].dt.convert_time_zone(CLIENTS[slug][1]).dt.hour() == 8).all()


def test_costs_are_in_one_currency_and_onshore_costs_most(full_tables):
    costs, legs = full_tables["costs"], full_tables["interactions"]
    assert costs["currency"].unique().to_list() == ["USD"]
    assert costs["month"].n_unique() == 13
    spent = costs.drop_nulls("site").group_by("site").agg(pl.col("cost").sum())
    each = spent.join(legs.filter(pl.col("outcome") == "handled").group_by("site").len(), "site")
    each = dict(each.select("site", pl.col("cost") / pl.col("len")).rows())
    assert each["tampa"] > each["bogota"] > each["manila"] > 0
