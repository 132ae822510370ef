"""Emotional load: how hard an agent's customers were to bear, from what customers said and wrote, at equal contact mix."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from care_metrics.coaching.peers import FEWEST_AGENTS, everybody
from care_metrics.coaching.profile import FEWEST
from care_metrics.contacts import spoken
from care_metrics.filters import Filters
from care_metrics.kpis.compiler import selected
from care_metrics.kpis.grains import GRAINS
from care_metrics.kpis.parameters import Parameters
from care_metrics.mix import STRATA, equal_mix, limits
from care_metrics.scope import Scope
from care_metrics.statistics.intervals import mean_t, wilson
from care_metrics.warehouse import Warehouse

# measure -> its value for one contact, null where it has none.
MEASURES: dict[str, str] = {
    "negative_turns": "avg((s.valence <= setting_low_sentiment())::DOUBLE)",
    "ended_low": "(any_value(l.ended) <= setting_low_sentiment())::DOUBLE",
}


KEYS, ORDER = ["measure", "group", *STRATA], [True, False, False, False]


@dataclass(frozen=True)
class Load:
    """One measure of an agent, fractions 0..1; numbers are None where n is below FEWEST.

    expected: what all agents of the client have at this agent's mix of reason and channel; own, own_low, own_high: by
    how much the agent lies above it, None with fewer than FEWEST_AGENTS agents. n: contacts with a scored transcript.
    """

    measure: str
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    own: float | None = None
    own_low: float | None = None
    own_high: float | None = None


@dataclass(frozen=True)
class Strain:
    """Contacts that ended low: in all, on how many days worked, most on one day, longest run within a day."""

    n: int
    days: int
    most: int
    run: int


def load(house: Warehouse, scope: Scope, client: str, agent_id: str, filters: Filters) -> list[Load]:
    """One row a measure that the agent has a contact for; none for an agent outside the Scope."""
    narrowed = filters.only(client=client)
    cells = _cells(house, everybody(scope), narrowed)
    if scope.bounds:
        own = _cells(house, scope, narrowed.only(agent_id=agent_id))
        cells = pl.concat([cells.filter(pl.col("group") != agent_id), own]).sort(KEYS, descending=ORDER)
    rows = [_load(str(name), part, agent_id) for (name,), part in cells.group_by("measure", maintain_order=True)]
    return [one for one in rows if one is not None]


def _cells(house: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """measure, group (agent), reason, channel, n, s, ss over contacts with a scored customer turn."""
    parameters = Parameters()
    legs = selected(GRAINS["leg"], {"ended": "valence_last"}, filters, scope, parameters, ("agent_id", *STRATA))
    named = ", ".join(f"{text} AS {name}" for name, text in MEASURES.items())
    return house.query(
        f"""WITH legs AS ({legs}),
{spoken("legs")},
contact AS (
    SELECT l.client, l.interaction_id, l.agent_id, l.reason, l.channel, {named}
    FROM legs l JOIN spoken s USING (client, interaction_id) WHERE l.agent_id IS NOT NULL GROUP BY ALL
)
SELECT measure, agent_id AS "group", reason, channel,
    count(*)::DOUBLE AS n, sum(value) AS s, sum(value * value) AS ss
FROM (UNPIVOT contact ON {", ".join(MEASURES)} INTO NAME measure VALUE value)
GROUP BY ALL ORDER BY measure DESC, "group", reason, channel""",
        parameters.values,
    )


def _load(name: str, cells: pl.DataFrame, agent_id: str) -> Load | None:
    mine = cells.filter(pl.col("group") == agent_id)
    if mine.is_empty():
        return None
    n, total, squares = (float(mine[column].sum()) for column in ("n", "s", "ss"))
    if n < FEWEST:
        return Load(name, int(n))
    low, high = wilson(total, n) if name == "ended_low" else mean_t(n, total, squares)
    measured = (name, int(n), total / n, max(float(low), 0.0), min(float(high), 1.0))
    enough = cells.group_by("group").agg(pl.col("n").sum()).filter(pl.col("n") >= FEWEST).height
    if enough < FEWEST_AGENTS:
        return Load(*measured)
    row = equal_mix(cells, [agent_id]).rows.filter(pl.col("group") == agent_id).row(0, named=True)
    if row["own"] is None or row["own_error"] is None or not np.isfinite(row["own_error"]):
        return Load(*measured)
    return Load(*measured, row["value"] - row["own"], row["own"], *limits(row["own"], row["own_error"]))


def strain(house: Warehouse, scope: Scope, client: str, agent_id: str, filters: Filters) -> Strain | None:
    """Over the agent's contacts that have an end, in the order they began; None without any."""
    everybody(scope)
    parameters = Parameters()
    columns = {"on_day": "day", "began": "started_at", "ended": "valence_last"}
    legs = selected(GRAINS["leg"], columns, filters.only(client=client, agent_id=agent_id), scope, parameters)
    found = house.query(
        f"""WITH legs AS (
    SELECT on_day, began, interaction_id, ended <= setting_low_sentiment() AS hard FROM ({legs}) WHERE ended IS NOT NULL
),
runs AS (
    SELECT *, row_number() OVER (PARTITION BY on_day ORDER BY began, interaction_id)
        - row_number() OVER (PARTITION BY on_day, hard ORDER BY began, interaction_id) AS run
    FROM legs
),
long AS (SELECT on_day, count(*) AS length FROM runs WHERE hard GROUP BY on_day, run),
daily AS (SELECT on_day, count(*) FILTER (hard) AS hard FROM legs GROUP BY on_day)
SELECT coalesce(sum(hard), 0)::BIGINT AS n, count(*) AS days, coalesce(max(hard), 0) AS most,
    coalesce((SELECT max(length) FROM long), 0) AS run
FROM daily""",
        parameters.values,
    ).row(0, named=True)
    return Strain(**{name: int(value) for name, value in found.items()}) if found["days"] else None
