"""The whole demo: every client simulated from one seed into canonical tables."""

from collections.abc import Collection

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo import centre, customers
from care_metrics.demo.clients import COMPANIES, Client
from care_metrics.demo.draws import shares
from care_metrics.demo.effects import EVERY
from care_metrics.demo.journeys import World, endings, journeys, with_transcripts
from care_metrics.demo.outcomes import interactions_table, named, recorded
from care_metrics.demo.surveys import surveys_table
from care_metrics.demo.transcripts import turns_table
from care_metrics.demo.workforce import agent_time_table, costs_table
from care_metrics.errors import BadRequest, UnknownName
from care_metrics.schema import TABLES, frame_schema

TRANSCRIBED = 0.2
FEWEST = 50


def simulate(
    interactions: int = 60_000, seed: int = 7, effects: Collection[str] = EVERY
) -> dict[str, dict[str, pl.DataFrame]]:
    """Client slug -> canonical table name -> frame, in the column order and types of the schema.

    interactions: contacts over all clients (legs are slightly more, as a transfer adds one); a fifth has a transcript.
    seed: the same arguments give the same frames. effects: names of the planted effects to keep, all by default.
    Raises UnknownName for an effect nobody planted and BadRequest for fewer than 50 contacts.
    """
    for name in sorted(set(effects) - EVERY):
        raise UnknownName("planted effect", name, EVERY)
    if interactions < FEWEST:
        raise BadRequest(
            f"demo: {interactions} contacts are too few for {len(COMPANIES)} clients; ask for {FEWEST} or more."
        )
    counts = shares(interactions, [client.share for client in COMPANIES])
    streams = np.random.default_rng(seed).spawn(len(COMPANIES))
    chosen = frozenset(effects)
    return {
        client.slug: _client(client, int(count), stream, chosen)
        for client, count, stream in zip(COMPANIES, counts, streams, strict=True)
    }


def _client(client: Client, contacts: int, stream: Generator, effects: frozenset[str]) -> dict[str, pl.DataFrame]:
    staff, people, lives, records, speech, answers, books = stream.spawn(7)
    world = World(
        client=client,
        people=customers.members(client, contacts, people),
        agents=centre.roster(client, staff, effects),
        effects=effects,
    )
    legs, left = journeys(world, contacts, lives)
    legs = recorded(named(with_transcripts(legs, TRANSCRIBED, records), client), world, records)
    interactions = interactions_table(legs, world)
    tables = {
        "interactions": interactions,
        "turns": turns_table(legs, world, speech),
        "surveys": surveys_table(endings(legs), world, answers),
        "customers": customers.customers_table(world.people, left),
        "agents": centre.agents_table(world.agents),
        "sites": centre.sites_table(world.agents),
        "tasks": centre.tasks_table(client),
        "agent_time": agent_time_table(interactions, client, books),
        "costs": costs_table(interactions, client, books),
    }
    return {name: canonical(frame, name) for name, frame in tables.items()}


def canonical(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The frame with exactly the columns of a canonical table, in its order and types."""
    types = frame_schema(table)
    return frame.select(pl.col(name).cast(types[name]) for name in TABLES[table].names)
