"""From issues to legs: each contact is routed, lived through, perhaps passed on, and perhaps repeated."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo import effects as planted
from care_metrics.demo import experience
from care_metrics.demo.arrivals import span
from care_metrics.demo.clients import Client
from care_metrics.demo.contacts import campaign, issues, repeats, routed
from care_metrics.demo.customers import departures, still_there

GENERATIONS, OVERSAMPLE = 3, 1.08


@dataclass(frozen=True)
class World:
    """What every step needs: the client, its customers and agents, and which effects are planted."""

    client: Client
    people: pl.DataFrame
    agents: pl.DataFrame
    effects: frozenset[str]


def journeys(world: World, contacts: int, rng: Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All legs of `contacts` contacts with their latent state, and who left when (customer, leave_at, return_at).

    A leg is known by issue, contact and leg (0, or 1 after a transfer); at is the instant its conversation begins.
    """
    current = issues(world.client, world.people, round(contacts * OVERSAMPLE) + 25, rng)
    legs, known = [], 0
    for _ in range(GENERATIONS):
        current = current.with_columns(contact=known + pl.int_range(pl.len()))
        known += current.height
        first, second = _both_legs(world, current, rng)
        legs += [first, second]
        ended = endings(pl.concat([first, second], how="diagonal_relaxed"))
        called = campaign(ended, world.client, rng, world.effects)
        current = repeats(
            ended,
            world.client,
            rng,
            cold=_cold(world, ended),
            reached=ended["issue"].is_in(called["issue"].implode()).to_numpy(),
        )
        called = called.with_columns(contact=known + pl.int_range(pl.len()))
        known += called.height
        legs += _both_legs(world, called, rng)
    everything = pl.concat(legs, how="diagonal_relaxed")
    return _settled(world, everything, contacts, rng)


def _both_legs(world: World, current: pl.DataFrame, rng: Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    arriving = current.with_columns(leg=pl.lit(0))
    first = _lived(world, routed(arriving, world.client, world.agents, rng, world.effects), rng, may_transfer=True)
    passed = first.filter("transferred")
    talked = pl.col("talk_s") + pl.col("hold_s")
    onward = passed.select(
        *current.columns,
        leg=pl.lit(1),
        agent_before="agent",
    ).with_columns(
        # A transfer begins where the leg before ended; its wait follows, and the mood is what is left of it.
        at=passed.select(pl.col("at") + span(talked)).to_series(),
        mood_before=passed["mood_before"] - 0.12,
    )
    onward = onward.with_columns(proactive=pl.lit(False))
    second = routed(onward, world.client, world.agents, rng, world.effects, bots=False)
    return first, _lived(world, second, rng, may_transfer=False)


def _lived(world: World, frame: pl.DataFrame, rng: Generator, *, may_transfer: bool) -> pl.DataFrame:
    client, agents = world.client, world.agents
    poor = experience.collapsed(frame, client, world.effects) & frame["agent"].is_not_null().to_numpy()
    late = np.full(frame.height, "late_handover" in world.effects and client.slug == planted.LATE_CLIENT)
    frame = experience.waiting(frame, client, rng)
    if not may_transfer:
        # Whoever was passed on has an agent waiting for them: the leg begins after that wait and is never abandoned.
        frame = frame.with_columns(abandoned=pl.lit(False), queue_s=pl.col("queue_s").clip(0, 240))
        frame = frame.with_columns(at=pl.col("at") + span(pl.col("queue_s")))
    frame = experience.care(frame, agents, poor, rng)
    frame = experience.durations(frame, client, agents, rng)
    frame = experience.help_given(frame, client, rng, poor=poor, cold=_cold(world, frame), may_transfer=may_transfer)
    frame = experience.emotions(frame, client, rng, late)
    return experience.promises(frame, agents, poor, rng).with_columns(poor=pl.Series(poor))


def endings(legs: pl.DataFrame) -> pl.DataFrame:
    """One row a contact as it ended: its last leg, with its first leg's instant and whether it was ever passed on."""
    columns = [column for column in legs.columns if column not in ("at", "contact")]
    return (
        legs.sort("contact", "leg")
        .group_by("contact", maintain_order=True)
        .agg(
            pl.col(columns).last(),
            pl.col("at").first(),
            ended_at=(pl.col("at") + span(pl.col("talk_s") + pl.col("hold_s"))).last(),
            passed_on=pl.col("transferred").any(),
            queued_s=pl.col("queue_s").sum(),
        )
    )


def _cold(world: World, ended: pl.DataFrame) -> np.ndarray:
    return (
        world.agents["cold"].to_numpy()[ended["agent"].fill_null(0).to_numpy()]
        & ended["agent"].is_not_null().to_numpy()
    )


def _settled(world: World, legs: pl.DataFrame, contacts: int, rng: Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take out what came after a customer left, then keep whole issues at random until the contacts wanted."""
    ended = endings(legs)
    straws = ended.select("customer", "ended_at", unrecovered=(pl.col("mood_end") < -0.25) & ~pl.col("abandoned"))
    left = departures(world.people, straws, world.client, rng, "churn_after_unrecovered" in world.effects)
    stayed = still_there(legs, left)
    issue = stayed.select(pl.col("issue").unique(maintain_order=True))
    order = issue.with_columns(turn=pl.Series(rng.permutation(issue.height)))
    whole = (
        stayed.select("issue", "contact", "generation")
        .unique()
        .join(order, "issue")
        .sort("turn", "generation", "contact")
        .head(contacts)
    )
    kept = stayed.join(whole.select("contact"), "contact", "semi", maintain_order="left")
    return kept.sort("at", "contact", "leg"), left


def with_transcripts(legs: pl.DataFrame, share: float, rng: Generator) -> pl.DataFrame:
    """Add transcribed: true for all legs of that share of the contacts, drawn from those that were answered."""
    answered = legs.filter(~pl.col("abandoned"))["contact"].unique(maintain_order=True)
    wanted = max(1, round(share * legs["contact"].n_unique()))
    chosen = answered.gather(rng.permutation(len(answered))[:wanted])
    return legs.with_columns(transcribed=pl.col("contact").is_in(chosen.implode()) & ~pl.col("abandoned"))
