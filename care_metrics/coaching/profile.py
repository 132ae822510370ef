"""Where an agent stands among the agents of the client: each pillar and skill, as measured and shrunken."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from care_metrics.coaching.peers import FEWEST_AGENTS
from care_metrics.coaching.points import arrays, by_agent
from care_metrics.filters import Filters
from care_metrics.scope import Scope
from care_metrics.states import LOW_N
from care_metrics.statistics.intervals import ratio_cluster
from care_metrics.statistics.shrinkage import Shrunk, pooled_ratio_variance, shrink_means
from care_metrics.warehouse import Warehouse

# Below it a score is hidden, as everywhere else (kpis.md 2.4).
FEWEST = 10
SCORE = 100.0


@dataclass(frozen=True)
class Standing:
    """One pillar, skill or behaviour of an agent, scores of 0 to 100; numbers are None where n is below FEWEST.

    n: contacts with an opportunity; value with its interval low, high: as measured. estimate with least, most: drawn
    towards the centre of all agents; weight: the share of the agent's own data in it. agents: how many there are with
    n at FEWEST or more; below FEWEST_AGENTS of them there is no centre and no estimate.
    """

    subject: str
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    estimate: float | None = None
    least: float | None = None
    most: float | None = None
    weight: float | None = None
    centre: float | None = None
    agents: int = 0

    @property
    def state(self) -> str:
        """no_data, suppressed, low_n or ok."""
        if not self.n:
            return "no_data"
        return "suppressed" if self.n < FEWEST else "low_n" if self.n < LOW_N else "ok"

    @property
    def side(self) -> int:
        """1 or -1 where the shrunken interval lies above or below the centre, else 0."""
        if self.least is None or self.most is None or self.centre is None:
            return 0
        return int(self.least > self.centre) - int(self.most < self.centre)


def profile(house: Warehouse, scope: Scope, client: str, agent_id: str, filters: Filters) -> dict[str, Standing]:
    """Subject -> standing, for what the agent had an opportunity for; empty for an agent outside the Scope."""
    rows = by_agent(house, scope, filters.only(client=client), agent_id)
    found = {str(subject): _standing(str(subject), part, agent_id) for (subject,), part in rows.group_by("subject")}
    return {subject: one for subject, one in found.items() if one is not None}


def _standing(subject: str, rows: pl.DataFrame, agent_id: str) -> Standing | None:
    mine = rows["agent_id"] == agent_id
    if not mine.any():
        return None
    place, n = int(mine.arg_max() or 0), int(rows.filter(mine)["n"][0])
    agents = int((rows["n"] >= FEWEST).sum())
    if n < FEWEST:
        return Standing(subject, n, agents=agents)
    own = [float(column[place]) for column in arrays(rows)]
    low, high = (float(limit) for limit in ratio_cluster(*own))
    value, low, high = (_score(one) for one in (own[2] / own[1], max(low, 0.0), min(high, 1.0)))
    measured = Standing(subject, n, value, low, high, agents=agents)
    if agents < FEWEST_AGENTS:
        return measured
    return _among(measured, _shrunk(rows), place, agents)


def _shrunk(rows: pl.DataFrame) -> Shrunk:
    n, x, y, *products = arrays(rows)
    return shrink_means(y / x, pooled_ratio_variance(n, x, y, *products))


def _among(one: Standing, found: Shrunk, place: int, agents: int) -> Standing:
    least, most = max(found.low[place], 0.0), min(found.high[place], 1.0)
    scores = (_score(value) for value in (found.estimate[place], least, most))
    weight, centre = float(found.reliability[place]), _score(found.centre)
    return Standing(one.subject, one.n, one.value, one.low, one.high, *scores, weight, centre, agents)


def _score(value: float) -> float | None:
    return SCORE * float(value) if np.isfinite(value) else None
