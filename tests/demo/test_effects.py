"""Each planted effect is visible in the simulated behaviour with a simple computation, and gone without it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

import care_metrics.demo as demo
from care_metrics.demo import CLIENTS, PLANTED, simulate
from care_metrics.demo.clients import COMPANIES

WEEK = timedelta(hours=168)
HARMFUL = r"not my department|someone will|somebody will|someone from another|don't deal with|isn't up to me"


@pytest.fixture(scope="module")
def inbound(full_tables):
    """Handled inbound legs with their handle time."""
    handled = (pl.col("outcome") == "handled") & (pl.col("direction") == "inbound")
    legs = full_tables["interactions"].filter(handled)
    return legs.with_columns(aht=pl.sum_horizontal("talk_s", "hold_s", "acw_s", ignore_nulls=False))


@pytest.fixture(scope="module")
def answered(full_tables, inbound):
    """Inbound legs with the answers to their survey."""
    answers = full_tables["surveys"].filter(pl.col("responded_at").is_not_null())
    return inbound.join(answers.select("interaction_id", "nps", "ces", "csat"), "interaction_id")


def repeats(interactions: pl.DataFrame) -> pl.DataFrame:
    """Inbound contacts with `again`: the same customer and reason came back within a week."""
    contacts = interactions.filter(pl.col("direction") == "inbound").drop_nulls(["customer_id", "reason"])
    contacts = contacts.sort("started_at").unique(["client", "contact_id"], keep="first", maintain_order=True)
    following = pl.col("started_at").shift(-1).over("client", "customer_id", "reason")
    return contacts.with_columns(again=(following - pl.col("started_at") <= WEEK).fill_null(False))


def nps() -> pl.Expr:
    return 100 * ((pl.col("nps") >= 9).mean() - (pl.col("nps") <= 6).mean())


def at_equal_mix(frame: pl.DataFrame, value: str, cell: list[str]) -> pl.DataFrame:
    """The frame with `value` as its distance from the mean of the cell."""
    return frame.drop_nulls([value, *cell]).with_columns((pl.col(value) - pl.col(value).mean().over(cell)).alias(value))


def local_month(slug: str) -> pl.Expr:
    return pl.col("started_at").dt.convert_time_zone(CLIENTS[slug][1]).dt.strftime("%Y-%m")


def test_every_effect_is_documented_in_the_package_and_says_how_to_find_it():
    for effect in PLANTED:
        assert f"- {effect.name}: " in (demo.__doc__ or "")
        assert len(effect.recover) > 20
        assert len(effect.size) > 20


def test_the_team_with_the_easy_contacts_is_fast_crudely_and_slow_at_equal_mix(inbound):
    legs = inbound.filter(pl.col("client") == "cobalt_mobile")
    crude = legs.group_by("team").agg(pl.col("aht").mean()).sort("aht")["team"].to_list()
    equal = at_equal_mix(legs, "aht", ["reason", "channel", "handler"]).group_by("team").agg(pl.col("aht").mean())
    assert crude[0] == "Juniper"
    assert equal.sort("aht")["team"].to_list()[-1] == "Juniper"


def test_satisfaction_falls_with_handle_time_crudely_and_rises_at_equal_mix(answered):
    legs = answered.drop_nulls(["aht", "csat", "reason"]).with_columns(pl.col("csat").cast(pl.Float64))
    crude = slope(legs)
    mix = ["client", "reason", "channel", "handler"]
    adjusted = slope(at_equal_mix(at_equal_mix(legs, "aht", mix), "csat", mix))
    assert crude < -0.005
    assert adjusted > 0.015


def slope(legs: pl.DataFrame) -> float:
    """Points of csat per minute of handle time."""
    return float(np.polyfit(legs["aht"].to_numpy() / 60, legs["csat"].to_numpy(), 1)[0])


def test_the_cold_team_is_fast_at_equal_mix_rarely_warm_and_called_again(full_tables, inbound):
    bank = inbound.filter(pl.col("client") == "arrayan_bank")
    pace = at_equal_mix(bank, "aht", ["reason", "channel"]).group_by("team").agg(pl.col("aht").mean()).sort("aht")
    assert pace["team"][0] == "Flint"
    assert pace["aht"][0] < -45
    said = full_tables["turns"].filter(pl.col("speaker") == "agent").join(bank, "interaction_id")
    sorry = pl.col("text").str.to_lowercase().str.contains("i understand|i can imagine|must be|i can hear|sorry")
    warm = said.group_by("team", "interaction_id").agg(sorry.any().alias("warm"))
    warmth = dict(warm.group_by("team").agg(pl.col("warm").mean()).rows())
    assert warmth["Flint"] < 0.75 * min(warmth["Marlin"], warmth["Osprey"])
    again = repeats(full_tables["interactions"]).filter(pl.col("client") == "arrayan_bank").drop_nulls("agent_id")
    rate = dict(again.group_by("team").agg(pl.col("again").mean()).rows())
    assert rate["Flint"] > 1.25 * rate["Marlin"]
    assert rate["Flint"] > rate["Osprey"]


def test_ownership_collapses_in_one_client_and_month_and_loyalty_after_it(full_tables, answered):
    slug, july = "brightfen_energy", pl.col("month") == "2026-07"
    legs = full_tables["interactions"].filter(pl.col("client") == slug).with_columns(month=local_month(slug))
    handled = legs.filter(pl.col("outcome") == "handled").group_by(july.alias("july"))
    moved = handled.agg(pl.col("transfers", "follow_up_kept").cast(pl.Float64).mean()).sort("july")
    assert moved["transfers"][1] > 2.5 * moved["transfers"][0]
    assert moved["follow_up_kept"][1] < 0.6 * moved["follow_up_kept"][0]
    said = full_tables["turns"].filter(pl.col("speaker") == "agent").join(legs, "interaction_id")
    pushed = said.group_by(july.alias("july")).agg(pl.col("text").str.to_lowercase().str.contains(HARMFUL).mean())
    assert pushed.sort("july")["text"][1] > 5 * pushed.sort("july")["text"][0]
    loyal = answered.filter(pl.col("client") == slug).with_columns(month=local_month(slug)).group_by("month").agg(nps())
    by_month = dict(loyal.rows())
    before = np.mean([value for month, value in by_month.items() if month < "2026-07"])
    assert by_month["2026-07"] < before - 25
    assert by_month["2026-08"] < before - 10


def test_more_closed_cases_are_reopened_in_the_month_of_the_collapse(full_tables):
    slug = "brightfen_energy"
    legs = full_tables["interactions"].filter((pl.col("client") == slug) & pl.col("case_id").is_not_null())
    closed = legs.filter(pl.col("case_closed")).with_columns(month=local_month(slug))
    later = closed.join(legs.select("case_id", later="started_at"), "case_id")
    back = (pl.col("later") > pl.col("started_at")) & (pl.col("later") - pl.col("started_at") <= WEEK)
    cases = later.group_by("interaction_id", "month").agg(back.any().alias("reopened"))
    rate = dict(cases.group_by(pl.col("month") == "2026-07").agg(pl.col("reopened").mean()).rows())
    assert rate[True] > 2 * rate[False]


def test_customers_whose_contact_ended_badly_leave_more_often(full_tables):
    """Landmarks in three quarters: those who said in a survey that it ended badly against those who said it went well."""
    legs, quarter = full_tables["interactions"], timedelta(days=90)
    told = legs.join(full_tables["surveys"].select("interaction_id", "csat"), "interaction_id").drop_nulls(
        "customer_id"
    )
    told = told.filter(pl.col("csat") != 3).with_columns(badly=pl.col("csat") < 3)
    left = []
    for landmark in (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 4, 7)):
        seen = told.filter(pl.col("started_at").is_between(landmark - quarter, landmark))
        exposed = seen.group_by("client", "customer_id").agg(pl.col("badly").any())
        there = (pl.col("start_at") <= landmark) & (pl.col("end_at").is_null() | (pl.col("end_at") > landmark))
        active = full_tables["customers"].filter(there).join(exposed, ["client", "customer_id"])
        left.append(active.select("badly", gone=(pl.col("end_at") <= landmark + quarter).fill_null(False)))
    rate = dict(pl.concat(left).group_by("badly").agg(pl.col("gone").mean()).rows())
    assert rate[True] > rate[False] + 0.02


def test_the_angry_answer_surveys_less_than_the_content(full_tables):
    asked = full_tables["surveys"].join(
        full_tables["interactions"].select("interaction_id", "complaint"), "interaction_id"
    )
    rate = dict(asked.group_by("complaint").agg(pl.col("responded_at").is_not_null().mean()).rows())
    assert rate[True] < 0.75 * rate[False]


def test_one_client_hands_over_late_from_its_bot_and_makes_it_hard(full_tables, answered):
    handed = full_tables["interactions"].filter(pl.col("handler") == "ai_then_human").select("interaction_id")
    turns = full_tables["turns"].join(handed, "interaction_id")
    cut = turns.filter(pl.col("speaker") == "system").select("interaction_id", cut="turn_no")
    early = turns.join(cut, "interaction_id").filter(
        (pl.col("turn_no") < pl.col("cut")) & (pl.col("speaker") == "customer")
    )
    rounds = dict(early.group_by("client", "interaction_id").len().group_by("client").agg(pl.col("len").mean()).rows())
    assert rounds.pop("petrel_air") > 1.8 * max(rounds.values())
    effort = answered.filter(pl.col("client") == "petrel_air").group_by("handler").agg(pl.col("ces").mean())
    ease = dict(effort.rows())
    assert ease["ai_then_human"] < ease["human"] - 0.4


def test_bogota_looks_worse_and_is_equal_at_equal_mix(answered):
    shared = answered.filter((pl.col("client") != "harrow_finch") & (pl.col("team") != "Flint"))
    shared = shared.drop_nulls(["csat", "reason"]).with_columns(pl.col("csat").cast(pl.Float64))
    near = (pl.col("site") == "bogota").alias("near")
    crude = dict(shared.group_by(near).agg(pl.col("csat").mean()).rows())
    equal = at_equal_mix(shared, "csat", ["client", "reason", "channel", "handler"])
    care = dict(equal.group_by(near).agg(pl.col("csat").mean()).rows())
    assert crude[True] < crude[False] - 0.03
    assert abs(care[True] - care[False]) < 0.06


def test_the_campaign_reduces_repeats_for_one_reason(full_tables):
    contacts = repeats(full_tables["interactions"]).filter(pl.col("client") == "harrow_finch")
    after = (pl.col("started_at") >= datetime(2026, 4, 1, tzinfo=UTC)).alias("after")
    late = (pl.col("reason") == "late_delivery").alias("late")
    rate = {(a, b): value for a, b, value in contacts.group_by(late, after).agg(pl.col("again").mean()).rows()}
    assert rate[True, True] < 0.7 * rate[True, False]
    assert rate[False, True] > 0.85 * rate[False, False]
    reached = full_tables["interactions"].filter(pl.col("proactive") & late & (pl.col("client") == "harrow_finch"))
    assert reached.select((after & (pl.col("channel").is_not_null())).mean()).item() > 0.9


def test_without_effects_nothing_stands_out():
    plain = simulate(12_000, effects=())
    legs = plain["brightfen_energy"]["interactions"].filter(pl.col("outcome") == "handled")
    july = (local_month("brightfen_energy") == "2026-07").alias("july")
    moved = dict(legs.group_by(july).agg(pl.col("transfers").mean()).rows())
    assert moved[True] < 2 * moved[False]
    bank = plain["arrayan_bank"]["interactions"].filter(pl.col("outcome") == "handled")
    pace = dict(
        at_equal_mix(bank, "talk_s", ["reason", "channel"]).group_by("team").agg(pl.col("talk_s").mean()).rows()
    )
    assert max(pace.values()) - min(pace.values()) < 40
    assert {company.slug for company in COMPANIES} == set(plain)
