"""Points earned and possible by agent: of each pillar, of each skill, and of each behaviour of a skill."""

from collections.abc import Mapping, Sequence

import polars as pl

from care_metrics.coaching.peers import everybody
from care_metrics.coaching.skills import BEHAVIOURS, SKILLS
from care_metrics.filters import Filters
from care_metrics.kpis.compiler import selected
from care_metrics.kpis.grains import GRAINS
from care_metrics.kpis.parameters import Parameters
from care_metrics.schema import PILLARS
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse

SUMS = ("n", "x", "y", "xx", "yy", "xy")


def by_agent(
    house: Warehouse, scope: Scope, filters: Filters, columns: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """agent_id, subject (pillar, skill or behaviour), `columns` (name -> expression over the leg), SUMS and seen.

    n contacts with something possible; x, y: points possible and earned, with their squares and product, a contact one
    cluster. seen: whether the reader may see the agent; the rows of the others are for a comparison only.
    """
    every = _points(house, everybody(scope), filters, columns or {}).with_columns(seen=pl.lit(True))
    if not scope.bounds:
        return every
    own = _points(house, scope, filters, columns or {}).with_columns(seen=pl.lit(True))
    others = every.filter(~pl.col("agent_id").is_in(own["agent_id"].implode())).with_columns(seen=pl.lit(False))
    # In one order for every reader, so that sums of floats come out the same.
    return pl.concat([others, own]).sort("agent_id", "subject", *(columns or {}))


def _points(house: Warehouse, scope: Scope, filters: Filters, columns: Mapping[str, str]) -> pl.DataFrame:
    parameters = Parameters()
    legs = selected(GRAINS["leg"], dict(columns), filters, scope, parameters, ("agent_id",))
    pillars = parameters.bind(list(PILLARS))
    pairs = [(skill.name, name) for skill in SKILLS for name in skill.behaviours] + [
        (name, name) for name in BEHAVIOURS
    ]
    subjects, behaviours = (parameters.bind(list(side)) for side in zip(*pairs, strict=True))
    by = ", ".join(("agent_id", "subject", *columns))
    return house.query(
        f"""WITH legs AS ({legs}),
told AS MATERIALIZED (
    SELECT l.*, e.pillar, e.behaviour, e.earned, e.possible
    FROM evidence_row e JOIN legs l USING (client, interaction_id)
    WHERE e.possible > 0 AND e.source IN ('text', 'operational') AND l.agent_id IS NOT NULL
),
named AS (SELECT unnest({subjects}::VARCHAR[]) AS subject, unnest({behaviours}::VARCHAR[]) AS behaviour),
about AS (
    SELECT told.*, told.pillar AS subject FROM told WHERE list_contains({pillars}, told.pillar)
    UNION ALL
    SELECT told.*, named.subject FROM told JOIN named USING (behaviour)
),
contact AS (
    SELECT {by}, interaction_id, sum(possible) AS x, sum(earned) AS y
    FROM about GROUP BY ALL
)
SELECT {by}, count(*)::DOUBLE AS n, sum(x) AS x, sum(y) AS y, sum(x * x) AS xx, sum(y * y) AS yy, sum(x * y) AS xy
FROM contact GROUP BY ALL ORDER BY ALL""",
        parameters.values,
    )


def arrays(rows: pl.DataFrame, names: Sequence[str] = SUMS) -> list:
    """The sums as one array each."""
    return [rows[name].cast(pl.Float64).to_numpy() for name in names]
