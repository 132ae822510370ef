"""The queue of contacts that ask for somebody's attention: why each of them does, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from care_metrics.contacts import DETAILS, LIST_LIMIT, spoken
from care_metrics.errors import UnknownName
from care_metrics.filters import Filters
from care_metrics.kpis.compiler import Statement, selected
from care_metrics.kpis.grains import GRAINS
from care_metrics.kpis.parameters import Parameters
from care_metrics.measure import rows_statement
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse

# The running mean of three customer turns falls by so much within three turns (the fall of a "moment of risk").
DROP, TURNS = 0.6, 3
WEEK_US = 168 * 3_600_000_000
WHY: dict[str, str] = {
    "low": "valence_mean <= setting_low_sentiment()",
    "never_recovered": "valence_lowest <= setting_low_sentiment() AND valence_last <= setting_low_sentiment()",
    "sudden_drop": "deepest >= $drop",
    "repeat_caller": "came_back",
    "escalated": "coalesce(escalated, false)",
}
ORDERS = {
    "worst": "value, client, interaction_id",
    "newest": "started_local DESC, client, interaction_id",
    # Anybody can draw it again: the order hangs on the ids alone, not on when or by whom it was asked for.
    "random": "md5(client || '/' || interaction_id), client, interaction_id",
}
Named = tuple[str, str]


@dataclass(frozen=True)
class Queue:
    """rows: at most LIST_LIMIT of the n contacts for which all reasons asked for hold, out of `scored` in the filters.

    Each row has client, interaction_id, value (mean valence), details of the leg, `arc`, and why: the reasons that hold.
    """

    rows: pl.DataFrame
    n: int
    scored: int


def queue(
    house: Warehouse,
    scope: Scope,
    filters: Filters,
    wanted: Sequence[str] = ("low",),
    order: str = "worst",
    without: Sequence[Named] = (),
    among: Sequence[Named] | None = None,
) -> Queue:
    """wanted: names of WHY; without: (client, interaction_id) of contacts to leave out, such as those reviewed.

    among: the only contacts to look at, such as those of a sample; None for all.
    """
    for name in wanted:
        if name not in WHY:
            raise UnknownName("reason for attention", name, WHY)
    told = _told(scope, filters)
    values = [*told.values, [one for one, _leg in without], [leg for _one, leg in without]]
    if among is not None:
        values += [[one for one, _leg in among], [leg for _one, leg in among]]
    clients, ids, *kept = (f"${len(told.values) + place}" for place in range(1, len(values) - len(told.values) + 1))
    named = "(client, interaction_id) {} (SELECT (unnest({}::VARCHAR[]), unnest({}::VARCHAR[])))"
    only = [named.format("NOT IN", clients, ids), *([named.format("IN", *kept)] if kept else [])]
    found = house.query(
        f"""WITH {told.sql},
asked AS (
    SELECT *, (SELECT count(*) FROM scored) AS scored_n, count(*) OVER () AS asked_n
    FROM told WHERE {" AND ".join([*only, *(f"is_{name}" for name in wanted)])}
    ORDER BY {ORDERS[order]} LIMIT {LIST_LIMIT}
)
SELECT asked.* EXCLUDE (valence_last, contact_key), coalesce(falls.arc, []) AS arc
FROM asked LEFT JOIN falls USING (client, interaction_id)
ORDER BY {ORDERS[order]}""",
        values,
    )
    n, scored = (int(found[name][0]) if found.height else 0 for name in ("asked_n", "scored_n"))
    return Queue(found.with_columns(why=_why()).drop("asked_n", "scored_n", *(f"is_{name}" for name in WHY)), n, scored)


def frame(house: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """Every contact that a queue could hold, by client and id, to draw samples from: client, interaction_id, agent_id,
    team and why, the reasons for attention that hold.
    """
    told = _told(scope, filters)
    flags = ", ".join(f"is_{name}" for name in WHY)
    found = house.query(
        f"""WITH {told.sql}
SELECT client, interaction_id, agent_id, team, {flags} FROM told ORDER BY client, interaction_id""",
        told.values,
    )
    return found.with_columns(why=_why()).drop(f"is_{name}" for name in WHY)


def _why() -> pl.Expr:
    return pl.concat_list(pl.when(pl.col(f"is_{name}")).then(pl.lit(name)) for name in WHY).list.drop_nulls()


def _told(scope: Scope, filters: Filters) -> Statement:
    """The common tables `scored`, `falls` and `told`: the legs with a scored transcript and which reasons hold for each."""
    legs = rows_statement(scope, "sentiment", filters)
    drop = f"${len(legs.values) + 1}"
    flags = ", ".join(f"coalesce({text.replace('$drop', drop)}, false) AS is_{name}" for name, text in WHY.items())
    sql = f"""scored AS (
    SELECT p.client, p.interaction_id, p.value, {", ".join(f"l.{name}" for name in DETAILS)}, l.valence_last, l.contact_key
    FROM ({legs.sql}) p JOIN leg l USING (client, interaction_id)
),
{spoken("scored")},
{_FALLS},
{_RETURNS},
told AS (
    SELECT s.*, {flags}
    FROM scored s LEFT JOIN falls USING (client, interaction_id) LEFT JOIN returns USING (client, contact_key)
)"""
    return Statement(sql, (*legs.values, DROP))


def find(house: Warehouse, scope: Scope, words: str) -> pl.DataFrame:
    """The contacts of the Scope, whatever the period, that have this id or customer, or in whose turns somebody said it.

    Rows as those of a queue, without `why`; value is null where no turn is scored; the newest first, at most LIST_LIMIT.
    """
    parameters = Parameters()
    legs = selected(GRAINS["leg"], {"value": "valence_mean"}, Filters(), scope, parameters)
    asked = parameters.bind(words.strip())
    return house.query(
        f"""WITH said AS (
    SELECT DISTINCT client, interaction_id FROM turns WHERE contains(lower(text), lower({asked}))
),
rows AS (
    SELECT p.client, p.interaction_id, p.value, {", ".join(f"l.{name}" for name in DETAILS)}
    FROM ({legs}) p JOIN leg l USING (client, interaction_id) LEFT JOIN said s USING (client, interaction_id)
    WHERE {asked} IN (l.interaction_id, l.contact_key, l.customer_id) OR s.interaction_id IS NOT NULL
    ORDER BY {ORDERS["newest"]} LIMIT {LIST_LIMIT}
),
{spoken("rows")},
arcs AS (SELECT client, interaction_id, list(valence ORDER BY turn_no) AS arc FROM spoken GROUP BY ALL)
SELECT rows.*, coalesce(arcs.arc, []) AS arc FROM rows LEFT JOIN arcs USING (client, interaction_id)
ORDER BY {ORDERS["newest"]}""",
        parameters.values,
    )


_FALLS = f"""means AS (
    SELECT *, avg(valence) OVER (
        PARTITION BY client, interaction_id ORDER BY turn_no ROWS BETWEEN {TURNS - 1} PRECEDING AND CURRENT ROW
    ) AS mean
    FROM spoken
),
falls AS (
    SELECT client, interaction_id, max(before - mean) AS deepest, list(valence ORDER BY turn_no) AS arc
    FROM (
        SELECT *, max(mean) OVER (
            PARTITION BY client, interaction_id ORDER BY turn_no ROWS BETWEEN {TURNS} PRECEDING AND 1 PRECEDING
        ) AS before
        FROM means
    )
    GROUP BY ALL
)"""
_RETURNS = f"""returns AS (
    SELECT DISTINCT c.client, c.contact_key, true AS came_back
    FROM facts_contact c
    JOIN facts_contact p ON p.client = c.client AND p.customer_id = c.customer_id AND p.reason = c.reason
        AND p.next_same_reason_us = c.started_us AND c.started_us - p.started_us <= {WEEK_US}
    WHERE c.direction = 'inbound' AND p.direction = 'inbound'
)"""
