"""One agent and the others of the same client: who may be looked at, and how the others enter.

An agent's reader sees their own contacts only, and still stands somewhere among all agents of the client. So sums over
all of them are read here, and leave this room as a centre, a spread and a number of agents, never one by one.
"""

from dataclasses import replace

import polars as pl

from care_metrics.errors import NotAllowed
from care_metrics.filters import Filters
from care_metrics.kpis.compiler import selected
from care_metrics.kpis.grains import GRAINS
from care_metrics.kpis.parameters import Parameters
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse

# The centre of fewer agents would tell one of them what another one's score is.
FEWEST_AGENTS = 5


def everybody(scope: Scope) -> Scope:
    """The reader's clients with all their agents; refused to client readers and to an agent who is bound to none."""
    bound = {dimension for dimension, _values in scope.bounds}
    if scope.audience != "internal" or (scope.role == "agent" and "agent_id" not in bound):
        raise NotAllowed("Coaching is for the agents themselves and for those who lead them.")
    return replace(scope, bounds=())


def roster(house: Warehouse, scope: Scope, client: str) -> pl.DataFrame:
    """The agents of a client whom this reader may see: agent_id, team (of the latest contact) and n contacts, by name."""
    everybody(scope)
    parameters = Parameters()
    legs = selected(
        GRAINS["leg"],
        {"began": "started_at"},
        Filters().only(client=client),
        scope,
        parameters,
        ("agent_id", "team"),
    )
    return house.query(
        f"""SELECT agent_id, arg_max(team, began) AS team, count(*) AS n
FROM ({legs}) WHERE agent_id IS NOT NULL GROUP BY agent_id ORDER BY agent_id""",
        parameters.values,
    )
