"""The canonical turns: conversations written out, and laid over the time that their legs took."""

from random import Random

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo.journeys import World
from care_metrics.demo.plots import conversation

# Between turns of speech: short breaths, now and then a silence; gaps never take more than this share of the talk.
BREATH_S, SILENCE_S, SILENCE_SHARE, GAP_CEILING = (0.2, 1.6), (5.5, 13.0), 0.07, 0.4


def turns_table(legs: pl.DataFrame, world: World, rng: Generator) -> pl.DataFrame:
    """The canonical turns of the legs that are transcribed; valence stays empty, as nothing is scored here.

    Transcripts are condensed: their words are stretched over talk_s. Voice turns have begin_s and end_s, chat messages
    only begin_s, mails neither. Seconds count from started_at; a hold stands as a gap after the turn that announces it.
    """
    written = legs.filter("transcribed")
    agents = world.agents.select("agent", agent_name="name")
    people = world.people.select("customer", "name", "phone", "email")
    local = pl.col("at").dt.convert_time_zone(world.client.zone).dt.replace_time_zone(None)
    full = written.join(agents, "agent", "left", maintain_order="left").join(
        people, "customer", "left", maintain_order="left"
    )
    speech = Random(int(rng.integers(2**62)))
    rows = [
        (leg["interaction_id"], number, turn.speaker, turn.text, turn.held)
        for leg in full.with_columns(local=local).iter_rows(named=True)
        for number, turn in enumerate(conversation(leg, world.client, speech), 1)
    ]
    schema = {
        "interaction_id": pl.String,
        "turn_no": pl.Int64,
        "speaker": pl.String,
        "text": pl.String,
        "held": pl.Boolean,
    }
    turns = pl.DataFrame(rows, schema=schema, orient="row")
    return timed(turns, written.select("interaction_id", "channel", "talk_s", "hold_s"), rng)


def timed(turns: pl.DataFrame, legs: pl.DataFrame, rng: Generator) -> pl.DataFrame:
    """Add begin_s, end_s and an empty valence: words share the talking time, the last turn ends with the leg."""
    breath = rng.uniform(*BREATH_S, turns.height)
    silence = rng.uniform(*SILENCE_S, turns.height)
    pause = np.where(rng.random(turns.height) < SILENCE_SHARE, silence, breath)
    leg, last = "interaction_id", pl.col("turn_no") == pl.col("turn_no").max().over("interaction_id")
    frame = turns.join(legs, leg, "left", maintain_order="left").with_columns(
        words=pl.col("text").str.count_matches(r"\S+") + 2,
        pause=pl.when(last).then(0.0).otherwise(pl.Series(pause)),
    )
    shrink = (GAP_CEILING * pl.col("talk_s") / pl.col("pause").sum().over(leg)).clip(0, 1).fill_nan(0.0)
    frame = frame.with_columns(pause=pl.col("pause") * shrink)
    speaking = pl.col("talk_s") - pl.col("pause").sum().over(leg)
    frame = frame.with_columns(
        spoken=speaking * pl.col("words") / pl.col("words").sum().over(leg),
        gap=pl.col("pause") + pl.when("held").then("hold_s").otherwise(0.0),
    )
    end = (pl.col("spoken") + pl.col("gap")).cum_sum().over(leg) - pl.col("gap")
    mail = pl.col("channel") == "email"
    return frame.with_columns(
        begin_s=pl.when(~mail).then((end - pl.col("spoken")).round(2).clip(0).abs()),
        end_s=pl.when(pl.col("channel") == "voice").then(end.round(2)),
        valence=pl.lit(None, pl.Float64),
    )
