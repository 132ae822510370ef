"""Best and worst moments of an agent's contacts, as they were said: chosen by rule, never by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from care_metrics.coaching.peers import everybody
from care_metrics.filters import Filters
from care_metrics.kpis.compiler import selected
from care_metrics.kpis.grains import GRAINS
from care_metrics.kpis.parameters import Parameters
from care_metrics.scope import Scope
from care_metrics.voices import of_length
from care_metrics.warehouse import Warehouse

Side = Literal["best", "worst"]


@dataclass(frozen=True)
class Moment:
    """rule: a key of RULES; speaker: agent or customer; value: what the rule orders by; behaviour: of the evidence."""

    rule: str
    client: str
    interaction_id: str
    turn_no: int
    speaker: str
    text: str
    day: date
    reason: str | None
    value: float
    behaviour: str | None = None


@dataclass(frozen=True)
class Rule:
    """most: how many moments it gives; select: the SQL that orders them, over the tables of `_told`."""

    side: Side
    most: int
    select: Callable[[], str]


def moments(house: Warehouse, scope: Scope, client: str, agent_id: str, filters: Filters) -> list[Moment]:
    """Each from another contact, in the order of RULES; none for an agent outside the Scope."""
    everybody(scope)
    parameters = Parameters()
    told = _told(scope, filters.only(client=client, agent_id=agent_id), parameters)
    # As many of each rule as there are moments in all: those of earlier rules may take the first ones.
    most = sum(rule.most for rule in RULES.values())
    selects = [
        f"(SELECT '{name}' AS rule, * FROM ({rule.select()}) ORDER BY place LIMIT {most})"
        for name, rule in RULES.items()
    ]
    rows = house.query(f"WITH {told}\n{' UNION ALL BY NAME '.join(selects)}\nORDER BY rule, place", parameters.values)
    found: list[Moment] = []
    for name, rule in RULES.items():
        taken = {one.interaction_id for one in found}
        others = [Moment(**row) for row in rows.filter(pl.col("rule") == name).drop("place").to_dicts()]
        found += [one for one in others if one.interaction_id not in taken][: rule.most]
    return found


def _told(scope: Scope, filters: Filters, parameters: Parameters) -> str:
    """The tables legs, said (every turn of theirs, with the valence of customer turns) and cited (their evidence)."""
    legs = selected(GRAINS["leg"], {"leg_day": "day", "ended": "valence_last"}, filters, scope, parameters, ("reason",))
    return f"""legs AS ({legs}),
said AS MATERIALIZED (
    SELECT l.client, l.interaction_id, t.turn_no, t.speaker, t.text, CAST(l.leg_day AS DATE) AS day, l.reason, l.ended,
        CASE WHEN t.speaker = 'customer' THEN coalesce(s.valence, t.valence) END AS score,
        score - min(score) OVER (
            PARTITION BY l.client, l.interaction_id ORDER BY t.turn_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS rise
    FROM legs l JOIN turns t USING (client, interaction_id)
    LEFT JOIN current_scores s
        ON s.client = t.client AND s.interaction_id = t.interaction_id AND s.turn_no = t.turn_no AND s.text_md5 = md5(t.text)
),
cited AS MATERIALIZED (
    SELECT e.client, e.interaction_id, e.behaviour, e.earned, e.possible, e.turn_no, e.gate_turn_no, e.confidence
    FROM evidence_row e SEMI JOIN legs l ON l.client = e.client AND l.interaction_id = e.interaction_id
    WHERE e.source = 'text' AND e.possible > 0
)"""


_SAID = "s.client, s.interaction_id, s.turn_no, s.speaker, s.text, s.day, s.reason"


def _place(order: str) -> str:
    """A number that rises with the order; not every one is there, as each contact gives one turn."""
    return f"row_number() OVER (ORDER BY {order}, s.client, s.interaction_id, s.turn_no)"


def _spoken(value: str, where: str, order: str) -> str:
    """One customer turn a contact."""
    return f"""SELECT {_SAID}, ({value})::DOUBLE AS value, NULL::VARCHAR AS behaviour, {_place(order)} AS place
FROM said s WHERE s.speaker = 'customer' AND {where} AND {of_length("s.text")}
QUALIFY row_number() OVER (PARTITION BY s.client, s.interaction_id ORDER BY {order}, s.turn_no) = 1"""


def _evidenced(turn: str, speaker: str, where: str, value: str, order: str) -> str:
    """One turn a contact that the evidence points at; turn: which of its turns, the cited one or the opportunity."""
    return f"""SELECT {_SAID}, ({value})::DOUBLE AS value, e.behaviour, {_place(order)} AS place
FROM cited e JOIN said s ON s.client = e.client AND s.interaction_id = e.interaction_id AND s.turn_no = e.{turn}
WHERE s.speaker = '{speaker}' AND {where} AND {of_length("s.text")}
QUALIFY row_number() OVER (PARTITION BY s.client, s.interaction_id ORDER BY {order}, s.turn_no, e.behaviour) = 1"""


def _shown() -> str:
    """Where the customer had given an occasion first, then by how surely the model read it."""
    opened = "coalesce(e.gate_turn_no, 0) > 0"
    order = f"{opened} DESC, e.possible DESC, e.confidence DESC NULLS LAST"
    # A contact in which something was lost by what the agent said is nobody's best moment.
    lost = """NOT EXISTS (
    FROM cited o WHERE o.client = e.client AND o.interaction_id = e.interaction_id AND o.earned = 0 AND o.turn_no IS NOT NULL
)"""
    return _evidenced("turn_no", "agent", f"e.earned >= e.possible AND {lost}", "coalesce(e.confidence, 1.0)", order)


def _recovered() -> str:
    return _spoken("s.rise", "s.rise > 0 AND s.score > 0", "s.rise DESC")


def _harmed() -> str:
    return _evidenced("turn_no", "agent", "e.earned = 0", "e.possible", "e.possible DESC, s.day DESC")


def _missed() -> str:
    low = "e.behaviour = 'acknowledges_feeling' AND e.earned = 0 AND s.score <= setting_low_sentiment()"
    return _evidenced("gate_turn_no", "customer", low, "s.score", "s.score")


def _lowest() -> str:
    low = "s.ended <= setting_low_sentiment() AND s.score <= setting_low_sentiment()"
    return _spoken("s.score", low, "s.score")


RULES: dict[str, Rule] = {
    "shown": Rule("best", 2, _shown),
    "recovered": Rule("best", 1, _recovered),
    "harmed": Rule("worst", 1, _harmed),
    "missed": Rule("worst", 1, _missed),
    "lowest": Rule("worst", 1, _lowest),
}
