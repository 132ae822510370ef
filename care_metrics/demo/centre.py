"""Sites, teams and agents: where contacts are handled, and the traits that shape how."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo import effects as planted
from care_metrics.demo.clients import Client
from care_metrics.demo.language.names import AGENT_FIRST, AGENT_LAST

MEAN_TRAIT = {"empathy": 0.55, "proactivity": 0.42, "personalization": 0.46, "ownership": 0.55}
TRAIT_SPREAD, PACE_SPREAD = 0.13, 0.09

SITES: dict[str, tuple[str, str, str]] = {
    "bogota": ("Bogotá", "CO", "nearshore"),
    "tampa": ("Tampa", "US", "onshore"),
    "leeds": ("Leeds", "GB", "onshore"),
    "manila": ("Manila", "PH", "offshore"),
}


@dataclass(frozen=True)
class Team:
    """A team serves one client; easy, transactional and emotional are its relative shares of such contacts."""

    name: str
    client: str
    site: str
    agents: int
    easy: float
    transactional: float
    emotional: float


TEAMS: tuple[Team, ...] = (
    Team("Alder", "cobalt_mobile", "bogota", 7, 0.10, 0.20, 0.50),
    Team("Juniper", "cobalt_mobile", "tampa", 6, 0.66, 0.22, 0.06),
    Team("Cedar", "cobalt_mobile", "manila", 6, 0.14, 0.32, 0.22),
    Team("Maple", "cobalt_mobile", "tampa", 6, 0.10, 0.26, 0.22),
    Team("Osprey", "arrayan_bank", "bogota", 6, 0.18, 0.22, 0.50),
    Team("Flint", "arrayan_bank", "manila", 6, 0.40, 0.40, 0.26),
    Team("Marlin", "arrayan_bank", "tampa", 6, 0.42, 0.38, 0.24),
    Team("Ashdown", "harrow_finch", "leeds", 6, 0.50, 0.50, 0.50),
    Team("Wren", "harrow_finch", "manila", 6, 0.50, 0.50, 0.50),
    Team("Condor", "petrel_air", "bogota", 6, 0.20, 0.24, 0.48),
    Team("Heron", "petrel_air", "tampa", 5, 0.40, 0.38, 0.26),
    Team("Tern", "petrel_air", "manila", 5, 0.40, 0.38, 0.26),
    Team("Quill", "brightfen_energy", "bogota", 5, 0.20, 0.24, 0.48),
    Team("Sorrel", "brightfen_energy", "tampa", 5, 0.40, 0.38, 0.26),
    Team("Bramble", "brightfen_energy", "manila", 5, 0.40, 0.38, 0.26),
)


def teams_of(client: Client) -> list[Team]:
    """The teams that serve a client, in the order in which routing weights them."""
    return [team for team in TEAMS if team.client == client.slug]


def shares_of(team: Team, effects: frozenset[str]) -> tuple[float, float, float]:
    """How much a team gets of the easy, the transactional and the emotional contacts, relative to its colleagues."""
    uneven = "aht_trap" if team.name == planted.TRAP_TEAM else "nearshore_equal_care"
    return (team.easy, team.transactional, team.emotional) if uneven in effects else (0.25, 0.25, 0.25)


def roster(client: Client, rng: Generator, effects: frozenset[str]) -> pl.DataFrame:
    """One row an agent of the client: identity, team, site, latent traits (0..1), pace (log) and load (relative)."""
    return pl.concat(_members(team, rng, effects) for team in teams_of(client)).with_row_index("agent")


def _members(team: Team, rng: Generator, effects: frozenset[str]) -> pl.DataFrame:
    first = 1 + sum(other.agents for other in TEAMS[: TEAMS.index(team)])
    numbers = np.arange(first, first + team.agents)
    hired = [date(2025, 9, 1) - timedelta(days=int(days)) for days in rng.integers(20, 2200, team.agents)]
    means = MEAN_TRAIT | ({"empathy": planted.COLD_EMPATHY} if _is_cold(team, effects) else {})
    traits = {pillar: _spread(rng, mean, TRAIT_SPREAD, team.agents).clip(0.02, 0.98) for pillar, mean in means.items()}
    return pl.DataFrame(
        {
            "agent_id": [f"A-{number:03d}" for number in numbers],
            # Strides coprime to the lists' lengths give each agent another pair of names.
            "name": [
                f"{AGENT_FIRST[n * 7 % len(AGENT_FIRST)]} {AGENT_LAST[n * 11 % len(AGENT_LAST)]}" for n in numbers
            ],
            "team": team.name,
            "site": team.site,
            "hired_at": hired,
            **traits,
            "pace": _pace(team, effects) + _spread(rng, 0.0, PACE_SPREAD, team.agents),
            "load": rng.lognormal(0.0, 0.25, team.agents),
            "cold": _is_cold(team, effects),
        }
    )


def _spread(rng: Generator, mean: float, deviation: float, size: int) -> np.ndarray:
    """Agents differ, teams do not: the draws are centred, so that a small team has exactly the mean planted."""
    draws = rng.normal(0.0, deviation, size)
    return mean + draws - draws.mean()


def _is_cold(team: Team, effects: frozenset[str]) -> bool:
    return "fast_and_cold" in effects and team.name == planted.COLD_TEAM


def _pace(team: Team, effects: frozenset[str]) -> float:
    if _is_cold(team, effects):
        return planted.COLD_PACE
    return planted.TRAP_PACE if "aht_trap" in effects and team.name == planted.TRAP_TEAM else 0.0


def agents_table(agents: pl.DataFrame) -> pl.DataFrame:
    """The canonical agents: no trait leaves the simulation."""
    hired = pl.col("hired_at").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    return agents.select("agent_id", "name", "team", "site", hired)


def sites_table(agents: pl.DataFrame) -> pl.DataFrame:
    """The canonical sites that serve this client."""
    rows = [(site, *SITES[site]) for site in agents["site"].unique(maintain_order=True)]
    return pl.DataFrame(rows, schema=["site", "label", "country", "location"], orient="row")


def tasks_table(client: Client) -> pl.DataFrame:
    """The canonical map from reason to task; reasons about points are left unmapped, as real maps have holes."""
    rows = [(reason.name, reason.task) for reason in client.reasons if reason.name != "loyalty_points"]
    return pl.DataFrame(rows, schema=["reason", "task"], orient="row")
