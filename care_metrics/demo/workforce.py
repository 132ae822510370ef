"""What the agents' time was spent on and what it cost: agent_time a day, costs a month."""

import polars as pl
from numpy.random import Generator

from care_metrics.demo.clients import Client

# Dollars an hour of handling, idle time and overheads included, and the fee for a session with the bot.
RATES = {"bogota": 38.0, "tampa": 72.0, "leeds": 66.0, "manila": 28.0}
BOT_FEE, SHIFT_STARTS = 0.35, "8h"


def agent_time_table(interactions: pl.DataFrame, client: Client, rng: Generator) -> pl.DataFrame:
    """The canonical agent_time: one row an agent and local day, handle_s being the sum of that day's legs.

    Agents divide their day among queues; available_s is the waiting time logged in to these ones.
    """
    spent = pl.sum_horizontal("talk_s", "hold_s", pl.col("acw_s").fill_null(0))
    day = pl.col("started_at").dt.convert_time_zone(client.zone).dt.date().cast(pl.Datetime("us"))
    shift = day.dt.offset_by(SHIFT_STARTS).dt.replace_time_zone(client.zone)
    days = (
        interactions.filter(pl.col("agent_id").is_not_null())
        .group_by("agent_id", start_at=shift.dt.convert_time_zone("UTC"))
        .agg(handle_s=spent.sum().round(1))
        .sort("agent_id", "start_at")
    )
    occupancy = (0.79 + rng.normal(0.0, 0.06, days.height)).clip(0.5, 0.97)
    handled = days["handle_s"].to_numpy()
    return days.with_columns(
        available_s=pl.Series((handled * (1 / occupancy - 1)).round(1)),
        break_s=pl.Series((handled * rng.uniform(0.06, 0.16, days.height)).round(1)),
    )


def costs_table(interactions: pl.DataFrame, client: Client, rng: Generator) -> pl.DataFrame:
    """The canonical costs in USD by month, site, handler and channel; a bot alone belongs to no site."""
    hours = pl.sum_horizontal("talk_s", "hold_s", pl.col("acw_s").fill_null(45)) / 3_600
    fee = pl.when(pl.col("handler") == "human").then(0.0).otherwise(BOT_FEE)
    hourly = pl.col("site").replace_strict(RATES, default=0.0, return_dtype=pl.Float64)
    month = pl.col("started_at").dt.convert_time_zone(client.zone).dt.strftime("%Y-%m")
    sums = (
        interactions.filter(pl.col("outcome") != "abandoned")
        .group_by("site", "handler", "channel", month=month)
        .agg(cost=(hours * hourly + fee).sum())
        .sort("month", "site", "handler", "channel", nulls_last=True)
    )
    drift = pl.Series(rng.normal(1.0, 0.03, sums.height).clip(0.9, 1.1))
    return sums.select(
        "month", "site", "handler", "channel", cost=(pl.col("cost") * drift).round(2), currency=pl.lit("USD")
    )
