"""What came of a plan: a score before and after its first day, against agents without a plan over the same days.

Both sides at the channel mix of the agent coached, so that a change of channels is no change of skill.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from care_metrics.coaching.peers import FEWEST_AGENTS
from care_metrics.coaching.points import SUMS, arrays, by_agent
from care_metrics.coaching.profile import FEWEST, SCORE
from care_metrics.filters import Filters
from care_metrics.measured import Floats
from care_metrics.scope import Scope
from care_metrics.statistics.before_after import Compared, against_comparison
from care_metrics.statistics.columns import Z95
from care_metrics.statistics.shrinkage import pooled_ratio_variance, shrink_means
from care_metrics.warehouse import Warehouse

# As long before as after: eight weeks where there are as many, two at least.
MOST_DAYS, FEWEST_DAYS = 56, 14
CHANNEL = "channel"
SIDES = ("before", "after")


@dataclass(frozen=True)
class Effect:
    """Scores of 0 to 100. why: empty, or what cannot be told: early, few (contacts), alone (too few others).

    days: before and after the first day each. before, after with n: of the agent; change with low, high. others: the
    mean change of the k agents compared with; difference from it with d_low, d_high, p. back: what a return to the
    agent's usual level would have changed by itself (regression to the mean).
    """

    subject: str
    days: int
    why: str = ""
    before: float | None = None
    after: float | None = None
    n_before: int = 0
    n_after: int = 0
    change: float | None = None
    low: float | None = None
    high: float | None = None
    others: float | None = None
    k: int = 0
    difference: float | None = None
    d_low: float | None = None
    d_high: float | None = None
    p: float | None = None
    back: float | None = None


def effect(
    house: Warehouse,
    scope: Scope,
    client: str,
    agent_id: str,
    subject: str,
    starts: date,
    end: date,
    coached: tuple[tuple[str, date], ...],
) -> Effect:
    """end: the day after the last of the data; coached: (agent, first day) of every plan of the client."""
    days = min((end - starts).days, MOST_DAYS)
    if days < FEWEST_DAYS:
        return Effect(subject, max(days, 0), "early")
    length = timedelta(days=days)
    filters = Filters(starts - length, starts + length).only(client=client)
    side = f"CASE WHEN day < DATE '{starts.isoformat()}' THEN 'before' ELSE 'after' END"
    rows = by_agent(house, scope, filters, {"side": side, "kind": CHANNEL})
    with_plan = {agent for agent, first in coached if first < starts + length} - {agent_id}
    if rows.filter((pl.col("agent_id") == agent_id) & pl.col("seen")).is_empty():
        return Effect(subject, days, "few")
    found = rows.filter((pl.col("subject") == subject) & ~pl.col("agent_id").is_in(sorted(with_plan)))
    return _effect(Effect(subject, days), found, agent_id)


def _effect(one: Effect, rows: pl.DataFrame, agent_id: str) -> Effect:
    mine = rows.filter(pl.col("agent_id") == agent_id)
    n = {side: int(mine.filter(pl.col("side") == side)["n"].sum()) for side in SIDES}
    counted = replace(one, n_before=n["before"], n_after=n["after"])
    weights = _weights(mine)
    if min(n.values()) < FEWEST or not weights:
        return replace(counted, why="few")
    agents = [agent_id, *(name for name in rows["agent_id"].unique().sort() if name != agent_id)]
    (before, v_before), (after, v_after) = (_at_mix(rows, agents, side, weights) for side in SIDES)
    change, variance = after - before, v_before + v_after
    half = Z95 * np.sqrt(variance[0])
    told = replace(
        counted,
        **{"before": before[0], "after": after[0], "change": change[0]},
        **{"low": change[0] - half, "high": change[0] + half},
    )
    found = against_comparison(change[0], variance[0], change[1:], variance[1:])
    if found.k < FEWEST_AGENTS or not np.isfinite(found.p):
        return replace(told, why="alone", k=found.k)
    usual = shrink_means(before, v_before).estimate[0]
    return _compared(told, found, float(usual - before[0]))


def _compared(told: Effect, found: Compared, back: float) -> Effect:
    limits = {"d_low": found.low, "d_high": found.high, "p": found.p}
    return replace(told, others=found.expected, k=found.k, difference=found.difference, back=back, **limits)


def _weights(mine: pl.DataFrame) -> dict[str | None, float]:
    """Channel -> its share of the agent's contacts, of the channels that the agent had on both sides."""
    kinds = mine.group_by("kind").agg(pl.col("n").sum(), pl.col("side").n_unique().alias("sides"))
    shared = kinds.filter(pl.col("sides") == len(SIDES))
    total = float(shared["n"].sum())
    return {kind: n / total for kind, n in shared.select("kind", "n").sort("kind", nulls_last=True).iter_rows()}


def _at_mix(
    rows: pl.DataFrame, agents: list[str], side: str, weights: dict[str | None, float]
) -> tuple[Floats, Floats]:
    """Score and variance of each agent on one side at these weights; NaN for who had none of a channel."""
    sums = np.zeros((len(SUMS), len(agents), len(weights)))
    places = {name: place for place, name in enumerate(agents)}, {kind: place for place, kind in enumerate(weights)}
    part = rows.filter(pl.col("side") == side)
    for agent, kind, *values in zip(part["agent_id"], part["kind"], *arrays(part), strict=True):
        if kind in places[1]:
            sums[:, places[0][agent], places[1][kind]] = values
    n, x, y, *products = sums
    share = np.array(list(weights.values()))
    with np.errstate(invalid="ignore"):
        score = np.where(x > 0, y / np.where(x > 0, x, 1.0), np.nan)
        variance = pooled_ratio_variance(n, x, y, *products)
    return SCORE * (score * share).sum(axis=1), SCORE**2 * (variance * share**2).sum(axis=1)
