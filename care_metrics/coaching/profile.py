"""Where an agent stands among the agents of the client: each pillar and skill, as measured and shrunken."""

from dataclasses import dataclass, replace

import numpy as np

from care_metrics.coaching.peers import FEWEST_AGENTS
from care_metrics.coaching.points import arrays, by_agent
from care_metrics.filters import Filters
from care_metrics.scope import Scope
from care_metrics.states import LOW_N
from care_metrics.statistics.columns import Interval, floats
from care_metrics.statistics.intervals import around, ratio_variance
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


def standings(house: Warehouse, scope: Scope, client: str, filters: Filters) -> dict[str, dict[str, Standing]]:
    """Agent -> subject -> standing, for what each agent of the Scope had an opportunity for."""
    rows = by_agent(house, scope, filters.only(client=client))
    found: dict[str, dict[str, Standing]] = {}
    for (subject,), part in rows.group_by("subject", maintain_order=True):
        n, x, y, *products = arrays(part)
        pooled = pooled_ratio_variance(n, x, y, *products)
        shrunk = shrink_means(y / x, pooled)
        agents = int((part["n"] >= FEWEST).sum())
        for place, (agent_id, seen) in enumerate(part.select("agent_id", "seen").iter_rows()):
            if seen:
                own = [float(column[place]) for column in arrays(part)]
                found.setdefault(agent_id, {})[str(subject)] = _standing(
                    str(subject), own, pooled[place], shrunk, place, agents
                )
    return found


def _interval(sums: list[float], pooled: float) -> Interval:
    """As everywhere else; where all contacts are alike, the spread is that within all agents, or it would have no width."""
    ratio, variance = ratio_variance(*sums)
    return around(ratio, np.where(variance > 0, variance, pooled), floats(sums[0] - 1))


def _standing(subject: str, sums: list[float], pooled: float, shrunk: Shrunk, place: int, agents: int) -> Standing:
    n = int(sums[0])
    if n < FEWEST:
        return Standing(subject, n, agents=agents)
    low, high = (float(limit) for limit in _interval(sums, pooled))
    value, low, high = (_score(one) for one in (sums[2] / sums[1], max(low, 0.0), min(high, 1.0)))
    measured = Standing(subject, n, value, low, high, agents=agents)
    if agents < FEWEST_AGENTS:
        return measured
    least, most = max(shrunk.low[place], 0.0), min(shrunk.high[place], 1.0)
    estimate, least, most = (_score(one) for one in (shrunk.estimate[place], least, most))
    weight, centre = float(shrunk.reliability[place]), _score(shrunk.centre)
    return replace(measured, estimate=estimate, least=least, most=most, weight=weight, centre=centre)


def _score(value: float) -> float | None:
    return SCORE * float(value) if np.isfinite(value) else None
