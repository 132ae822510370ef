"""Numbers put right for the model's error: what reviewers found in contacts drawn at random, of those the number counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from care_metrics.contacts import spoken
from care_metrics.filters import Filters
from care_metrics.kpis import kpi
from care_metrics.measure import rows_statement
from care_metrics.reviews.review_rows import EvidenceVerdict, Judged
from care_metrics.schema import PILLARS
from care_metrics.scope import Scope
from care_metrics.statistics.intervals import mean_variance, ratio_variance
from care_metrics.statistics.rectify import Rectified, rectified
from care_metrics.warehouse import Warehouse

# From so many reviewed contacts on, and so many of each client, the correction is told.
ENOUGH, OF_EACH_CLIENT = 200, 30
NAMES = ("sentiment", *PILLARS)
Named = tuple[str, str]
# Model's and reviewers' value of one contact, in the KPI's own parts.
Pair = tuple[float, float]


def corrected(
    house: Warehouse,
    scope: Scope,
    name: str,
    filters: Filters,
    sums: Sequence[float],
    judged: Sequence[Judged],
    chances: Mapping[Named, float],
) -> Rectified | None:
    """The KPI's value and interval with the model's error in them, in its unit; None below ENOUGH reviews.

    sums: of the number as `measure` gives them. judged: finished reviews; chances: of contacts to be in a random sample.
    A contact counts once all that the model said of it in this KPI has a verdict.
    """
    mine = {(one.client, one.interaction_id): one for one in judged if (one.client, one.interaction_id) in chances}
    if len(mine) < ENOUGH:
        return None
    rows = _rows(house, scope, name, filters, list(mine))
    pairs = _of_sentiment(rows, mine) if name == "sentiment" else _of_pillar(house, name, rows, mine, sums)
    if len(pairs) < ENOUGH or not _every_client(house, scope, name, filters, pairs):
        return None
    if name == "sentiment":
        n, total, squares = sums
        value, variance = total / n, float(mean_variance([n], [total], [squares])[1][0])
    else:
        n = sums[0]
        value, variance = (float(one[0]) for one in ratio_variance(*([part] for part in sums)))
    model, truth = zip(*pairs.values(), strict=True)
    # A random sample takes the same number of each agent.
    drawn_of = dict(zip(rows.select("client", "interaction_id").iter_rows(), rows["agent_id"], strict=True))
    agents = [(client, drawn_of[client, leg]) for client, leg in pairs]
    found = rectified(value, variance, int(n), model, truth, [chances[name] for name in pairs], agents)
    scale = kpi(name).scale
    return found and Rectified(*(scale * part for part in found[:4]), found.n)


def _rows(house: Warehouse, scope: Scope, name: str, filters: Filters, named: Sequence[Named]) -> pl.DataFrame:
    """client, interaction_id, value and agent_id of the named contacts that the number counts; `turns`: those scored."""
    legs = rows_statement(scope, name, filters)
    clients, ids = (f"${len(legs.values) + place}" for place in (1, 2))
    return house.query(
        f"""WITH rows AS (
    SELECT client, interaction_id, value FROM ({legs.sql})
    WHERE (client, interaction_id) IN (SELECT (unnest({clients}::VARCHAR[]), unnest({ids}::VARCHAR[])))
),
{spoken("rows")},
said AS (SELECT client, interaction_id, list(turn_no) AS turns FROM spoken GROUP BY ALL)
SELECT rows.*, coalesce(said.turns, []) AS turns, leg.agent_id
FROM rows LEFT JOIN said USING (client, interaction_id) LEFT JOIN leg USING (client, interaction_id)
ORDER BY client, interaction_id""",
        [*legs.values, [one for one, _leg in named], [leg for _one, leg in named]],
    )


def _every_client(house: Warehouse, scope: Scope, name: str, filters: Filters, pairs: Mapping[Named, Pair]) -> bool:
    """Whether each client in the number has reviews enough to speak for its contacts."""
    legs = rows_statement(scope, name, filters)
    there = house.query(f"SELECT DISTINCT client FROM ({legs.sql})", legs.values)["client"].to_list()
    reviewed = Counter(client for client, _leg in pairs)
    return all(reviewed[client] >= OF_EACH_CLIENT for client in there)


def _of_sentiment(rows: pl.DataFrame, judged: Mapping[Named, Judged]) -> dict[Named, Pair]:
    found: dict[Named, Pair] = {}
    for client, leg, value, turns, _agent in rows.iter_rows():
        said = {turn.turn_no: turn.shown if turn.right else turn.valence for turn in judged[client, leg].turns}
        heard = [valence for turn in turns if (valence := said.get(turn)) is not None]
        if turns and len(heard) == len(turns):
            found[client, leg] = value, sum(heard) / len(heard)
    return found


def _of_pillar(
    house: Warehouse, name: str, rows: pl.DataFrame, judged: Mapping[Named, Judged], sums: Sequence[float]
) -> dict[Named, Pair]:
    """Each contact's share in the ratio y / x, linearised: (points - ratio x possible) / mean possible."""
    n, x, y = sums[:3]
    evidence = house.query(
        """SELECT client, interaction_id, about AS pillar, behaviour, source, turn_no, event_id, earned, possible
FROM evidence_row WHERE pillar = $1 AND possible > 0 AND source IN ('text', 'operational')
    AND (client, interaction_id) IN (SELECT (unnest($2::VARCHAR[]), unnest($3::VARCHAR[])))""",
        [name, rows["client"].to_list(), rows["interaction_id"].to_list()],
    )
    found: dict[Named, Pair] = {}
    for (client, leg), mine in evidence.group_by("client", "interaction_id", maintain_order=True):
        points = [_points(row, judged[str(client), str(leg)]) for row in mine.iter_rows(named=True)]
        given = [true for _earned, true in points if true is not None]
        if len(given) == len(points):
            base = y / x * float(mine["possible"].sum())
            found[str(client), str(leg)] = (float(mine["earned"].sum()) - base) * n / x, (sum(given) - base) * n / x
    return found


def _points(row: Mapping[str, Any], judged: Judged) -> tuple[float, float | None]:
    """Points as the score counts them and as the reviewer would, None without a verdict; events are no model's word."""
    earned, key = row["earned"], tuple(row[name] for name in ("pillar", "behaviour", "source", "turn_no", "event_id"))
    given = next((one for one in judged.evidence if _key(one) == key), None)
    if given is None:
        return earned, earned if row["source"] == "operational" else None
    credited = earned > 0 if given.credited is None else given.credited
    if credited != given.right:
        return earned, 0.0
    return earned, earned if earned > 0 else row["possible"]


def _key(one: EvidenceVerdict) -> tuple[Any, ...]:
    return one.pillar, one.behaviour, one.source, one.turn_no, one.event_id
