"""The contacts behind a number, and one contact turn by turn."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from care_metrics.filters import Filters
from care_metrics.kpis import kpi
from care_metrics.kpis.compiler import selected
from care_metrics.kpis.grains import GRAINS
from care_metrics.kpis.parameters import Parameters
from care_metrics.measure import rows_statement
from care_metrics.schema import DIMENSIONS, TIME_DIMENSIONS
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse

LIST_LIMIT = 500
# A place with fewer contacts than this does not exist for a client reader.
FEWEST = 10
DETAILS = (
    *("started_local", "agent_id", "team", "site", "channel", "direction", "reason", "outcome", "duration_s"),
    *("transfers", "escalated", "valence_mean", "valence_lowest"),
)
_ORDER = {"lowest": "p.value", "highest": "p.value DESC", "newest": "l.started_local DESC"}


def contacts(
    house: Warehouse,
    scope: Scope,
    name: str,
    filters: Filters,
    limit: int = LIST_LIMIT,
    order: str = "lowest",
    value: float | None = None,
) -> pl.DataFrame:
    """The rows that the KPI's n counts: what names them, the KPI's row value, details of their leg, and `arc`.

    value: only rows of exactly this value (1 for the contacts that a rate counts). arc: list of the valences of the
    leg's scored customer turns, in order; empty where it has none. order: lowest, highest or newest first.
    """
    statement = rows_statement(scope, name, filters)
    values = list(statement.values)
    if _too_few(house, scope, name, filters):
        limit = 0
    only = ""
    if value is not None:
        values.append(value)
        only = f"WHERE p.value = ${len(values)}"
    linked = "interaction_id" in statement.sql.split("\nFROM", 1)[0]
    if not linked:
        return house.query(
            f"SELECT p.* FROM ({statement.sql}) p {only} ORDER BY {_ORDER['lowest']} LIMIT {int(limit)}", values
        )
    details = ", ".join(f"l.{column}" for column in DETAILS)
    sql = f"""WITH rows AS (
    SELECT p.*, {details}
    FROM ({statement.sql}) p LEFT JOIN leg l USING (client, interaction_id) {only}
    ORDER BY {_ORDER[order]} NULLS LAST, p.interaction_id LIMIT {int(limit)}
),
{spoken("rows")},
arcs AS (SELECT client, interaction_id, list(valence ORDER BY turn_no) AS arc FROM spoken GROUP BY ALL)
SELECT rows.*, coalesce(arcs.arc, []) AS arc FROM rows LEFT JOIN arcs USING (client, interaction_id)
ORDER BY {_ORDER[order].replace("p.", "rows.").replace("l.", "rows.")} NULLS LAST, rows.interaction_id"""
    return house.query(sql, values)


def spoken(legs: str) -> str:
    """The common table `spoken`: turn_no and valence of the scored customer turns of the legs in another one."""
    return f"""spoken AS (
    SELECT t.client, t.interaction_id, t.turn_no, t.valence
    FROM scored_turn t SEMI JOIN {legs} r ON r.client = t.client AND r.interaction_id = t.interaction_id
)"""


def count_contacts(house: Warehouse, scope: Scope, name: str, filters: Filters, value: float | None = None) -> int:
    """How many rows the list behind a KPI has (of exactly this value); equals the tile's n."""
    if _too_few(house, scope, name, filters):
        return 0
    return _count(house, scope, name, filters, value)


def _too_few(house: Warehouse, scope: Scope, name: str, filters: Filters) -> bool:
    """A client reader sees no list where the number above it is hidden."""
    return scope.audience == "client" and _count(house, scope, name, filters) < kpi(name).min_n


def _count(house: Warehouse, scope: Scope, name: str, filters: Filters, value: float | None = None) -> int:
    statement = rows_statement(scope, name, filters)
    values = [*statement.values, *([] if value is None else [value])]
    only = "" if value is None else f" WHERE value = ${len(values)}"
    return int(house.query(f"SELECT count(*) AS n FROM ({statement.sql}){only}", values)["n"][0])


def transcript(house: Warehouse, scope: Scope, client: str, interaction_id: str) -> pl.DataFrame:
    """The turns of one leg in order: turn_no, speaker, begin_s, end_s, text, valence (customer turns), source.

    source: 'model' or 'supplied', null where the turn has no score. Empty for a leg outside the Scope or unknown.
    """
    known = is_known(house, scope, client, interaction_id)
    rows = house.query(
        """SELECT t.turn_no, t.speaker, t.begin_s, t.end_s, t.text,
    CASE WHEN t.speaker = 'customer' THEN coalesce(s.valence, t.valence) END AS valence,
    CASE WHEN t.speaker <> 'customer' THEN NULL WHEN s.valence IS NOT NULL THEN 'model'
        WHEN t.valence IS NOT NULL THEN 'supplied' END AS source
FROM turns t
LEFT JOIN current_scores s
    ON s.client = t.client AND s.interaction_id = t.interaction_id AND s.turn_no = t.turn_no AND s.text_md5 = md5(t.text)
WHERE t.client = $1 AND t.interaction_id = $2
ORDER BY t.turn_no""",
        [client, interaction_id],
    )
    return rows if known else rows.clear()


def is_known(house: Warehouse, scope: Scope, client: str, interaction_id: str) -> bool:
    """Whether there is such a leg and it is the reader's to see: both take the same query."""
    named = "".join(f", {name}" for name, _values in scope.bounds)
    sql = f"SELECT client{named} FROM facts_leg WHERE client = $1 AND interaction_id = $2"
    found = house.query(sql, [client, interaction_id])
    row = found.row(0, named=True) if found.height and scope.allows(client) else None
    return row is not None and all(row[name] in values for name, values in scope.bounds)


def one_contact(house: Warehouse, scope: Scope, client: str, interaction_id: str) -> dict[str, object] | None:
    """The dimensions and measures of one leg, None where it is unknown or outside the Scope: both take the same query."""
    found = house.query("SELECT * FROM leg WHERE client = $1 AND interaction_id = $2", [client, interaction_id])
    row = found.row(0, named=True) if found.height and scope.allows(client) else None
    return row if row and all(row[name] in values for name, values in scope.bounds) else None


def options(house: Warehouse, scope: Scope, dimension: str) -> list[str]:
    """The values of a dimension that the reader may filter by, most contacts first; a client reader's not of too few."""
    if dimension not in DIMENSIONS or dimension in TIME_DIMENSIONS:
        return []
    parameters = Parameters()
    legs = selected(GRAINS["leg"], {}, Filters(), scope, parameters, (dimension,))
    least = parameters.bind(FEWEST if scope.audience == "client" and dimension != "client" else 1)
    found = house.query(
        f"""SELECT {dimension} AS value FROM ({legs}) WHERE {dimension} IS NOT NULL
GROUP BY 1 HAVING count(*) >= {least} ORDER BY count(*) DESC, 1 LIMIT 1000""",
        parameters.values,
    )
    return found["value"].to_list()


@dataclass(frozen=True)
class Bounds:
    """first, last: local dates of the first and the last contact; scored_share: of customer turns, None without any.

    waiting: transcripts that the behaviours model has still to read while it has read others, 0 once it is done.
    """

    first: date
    last: date
    data_end: datetime
    scored_share: float | None
    waiting: int = 0


def bounds(house: Warehouse, scope: Scope) -> Bounds | None:
    """Where the data of the Scope begins and ends, None while there is none."""
    found = house.query(
        """SELECT min(timezone(timezone, first_at)::DATE) AS first, max(timezone(timezone, data_end)::DATE) AS last,
    max(data_end) AS data_end, sum(n_scored_turns) / nullif(sum(n_customer_turns), 0) AS scored
FROM facts_client WHERE data_end IS NOT NULL AND list_contains($1, client)""",
        [sorted(scope.clients)],
    ).row(0, named=True)
    if found["first"] is None:
        return None
    return Bounds(found["first"], found["last"], found["data_end"], found["scored"], _waiting(house, scope))


def currencies(house: Warehouse, scope: Scope) -> dict[str, set[str]]:
    """The ISO codes in which the costs of each of the Scope's clients are told."""
    found = house.query(
        "SELECT DISTINCT client, currency FROM facts_cost WHERE currency IS NOT NULL AND list_contains($1, client)",
        [sorted(scope.clients)],
    )
    told: dict[str, set[str]] = {}
    for client, code in found.iter_rows():
        told.setdefault(client, set()).add(code)
    return told


def _waiting(house: Warehouse, scope: Scope) -> int:
    """Transcripts not read yet; as long as none was read, none is half read and the periods can be compared."""
    found = house.query(
        """SELECT count(*) FILTER (u.reason IS NULL) AS read, count(*) FILTER (u.reason = 'not scored yet') AS waiting
FROM facts_leg l LEFT JOIN unscored_legs u USING (client, interaction_id)
WHERE l.n_turns > 0 AND list_contains($1, l.client)""",
        [sorted(scope.clients)],
    ).row(0, named=True)
    return found["waiting"] if found["read"] else 0
