"""The canonical surveys: who is asked, who answers, and what they say about loyalty, effort and satisfaction."""

from datetime import date
from random import Random

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo import effects as planted
from care_metrics.demo.arrivals import UTC, span
from care_metrics.demo.clients import Client
from care_metrics.demo.draws import Floats, chance, logistic
from care_metrics.demo.journeys import World
from care_metrics.demo.scenes import scene

ASKED, COMMENTED, UNLINKED = 0.62, 0.25, 0.02
NPS_SKIPPED, CES_SKIPPED, CSAT_SKIPPED = 0.05, 0.15, 0.08


def surveys_table(last: pl.DataFrame, world: World, rng: Generator) -> pl.DataFrame:
    """The canonical surveys of contacts that were answered.

    last: one row a contact, its last leg with interaction_id, passed_on, ended_at and the latent state.
    """
    client = world.client
    asked = last.filter(~pl.col("abandoned"))
    asked = asked.filter(pl.Series(chance(rng, np.full(asked.height, ASKED))))
    mood, effort = asked["mood_end"].to_numpy(), asked["effort"].to_numpy() + 0.7 * asked["passed_on"].to_numpy()
    slope = planted.ANSWER_SLOPE if "survey_bias" in world.effects else 0.0
    answered = chance(rng, logistic(-0.77 + slope * (mood - 0.14)))
    hours = rng.lognormal(0.5, 1.1, asked.height).clip(0.05, 200)
    scores = _scores(asked, client, mood, effort, rng, world.effects)
    kept = pl.Series(answered)
    people = world.people.select("customer", "customer_id", "name", "phone", "email")
    unlinked = pl.Series(chance(rng, np.full(asked.height, UNLINKED)))
    frame = asked.join(people, "customer", "left", maintain_order="left").with_columns(
        interaction_id=pl.when(~unlinked).then("interaction_id"),
        customer_id=pl.when(~pl.col("no_customer")).then("customer_id"),
        sent_at=pl.col("ended_at") + pl.duration(minutes=10),
        **{name: pl.when(kept).then(values) for name, values in scores.items()},
    )
    frame = frame.with_columns(
        responded_at=pl.when(kept).then(pl.col("sent_at") + span(pl.lit(pl.Series(hours * 3_600))))
    )
    frame = frame.with_columns(comment=_comments(frame, world, rng)).sort("sent_at", "contact").with_row_index("row", 1)
    return frame.select(
        (pl.lit(f"{client.prefix}-Q") + pl.col("row").cast(pl.String).str.zfill(6)).alias("survey_id"),
        "interaction_id",
        "customer_id",
        *(pl.col(name).cast(UTC) for name in ("sent_at", "responded_at")),
        "nps",
        "ces",
        pl.when(pl.col("ces").is_not_null()).then(client.ces_scale).cast(pl.Int64).alias("ces_scale"),
        "csat",
        "comment",
    )


def _scores(
    asked: pl.DataFrame, client: Client, mood: Floats, effort: Floats, rng: Generator, effects: frozenset[str]
) -> dict[str, pl.Series]:
    size = asked.height
    loyalty = 7.5 + 2.6 * mood - 0.55 * effort + client.loyalty + _distrust(asked, client, effects)
    nps = (loyalty + rng.normal(0.0, 1.5, size)).round().clip(0, 10)
    if client.ces_scale == 5:
        ces = (1.6 + 0.6 * effort - 0.5 * mood + rng.normal(0.0, 0.6, size)).round().clip(1, 5)
    else:
        ces = (5.7 - 0.8 * effort + 0.8 * mood + rng.normal(0.0, 0.9, size)).round().clip(1, 7)
    csat = (3.75 + 1.3 * mood - 0.22 * effort + rng.normal(0.0, 0.7, size)).round().clip(1, 5)
    rows = (("nps", nps, NPS_SKIPPED), ("ces", ces, CES_SKIPPED), ("csat", csat, CSAT_SKIPPED))
    return {
        name: pl.Series(name, values.astype(np.int64)).set(pl.Series(chance(rng, np.full(size, skipped))), None)
        for name, values, skipped in rows
    }


def _distrust(asked: pl.DataFrame, client: Client, effects: frozenset[str]) -> Floats:
    """Points off the latent recommendation in the months that follow the collapse of ownership."""
    if "ownership_collapse" not in effects or client.slug != planted.COLLAPSE_CLIENT:
        return np.zeros(asked.height)
    day = asked["at"].dt.convert_time_zone(client.zone).dt.date()
    since: date = planted.COLLAPSE_START
    months = ((day.dt.year() - since.year) * 12 + day.dt.month().cast(pl.Int32) - since.month).to_numpy()
    lost = np.array([*planted.COLLAPSE_LOYALTY, 0.0])
    return np.where(months < 0, 0.0, lost[months.clip(0, len(lost) - 1)])


def _comments(frame: pl.DataFrame, world: World, rng: Generator) -> pl.Series:
    """Some of those who answer write a sentence, in the mood in which the contact ended."""
    wrote = chance(rng, np.where(frame["responded_at"].is_not_null().to_numpy(), COMMENTED, 0.0))
    speech = Random(int(rng.integers(2**62)))
    names = world.agents.select("agent", agent_name="name")
    local = pl.col("at").dt.convert_time_zone(world.client.zone).dt.replace_time_zone(None)
    rows = frame.join(names, "agent", "left", maintain_order="left").with_columns(local=local, channel=pl.lit("email"))
    comments: list[str | None] = []
    for leg, writes in zip(rows.iter_rows(named=True), wrote, strict=True):
        comments.append(None)
        if writes:
            stage = scene(leg, world.client, speech)
            comments[-1] = stage.one(stage.tongue.comments[stage.mood(1.0)]).format_map(stage.slots)
    return pl.Series("comment", comments, dtype=pl.String)
