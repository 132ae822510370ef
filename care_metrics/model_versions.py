"""Two versions of the scores of the same turns: a waiting revision, or what the source supplied, beside the current one."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from care_metrics.errors import NotAllowed
from care_metrics.schema import PILLARS
from care_metrics.scope import Scope
from care_metrics.statistics.agreement import kappa_of_counts
from care_metrics.statistics.intervals import wilson
from care_metrics.warehouse import Warehouse

# A supplied number has no class of its own: within a quarter of zero it counts as neutral, as Google's guide reads it.
NEUTRAL_WITHIN = 0.25

_TONES = """ours AS (
    SELECT client, interaction_id, turn_no, text_md5, revision, valence,
        CASE WHEN negative > greatest(neutral, positive) THEN -1 WHEN positive > greatest(negative, neutral) THEN 1 ELSE 0 END AS tone
    FROM scores WHERE valence IS NOT NULL AND list_contains($1, client)
    QUALIFY row_number() OVER (PARTITION BY client, interaction_id, turn_no, text_md5, revision ORDER BY scored_at DESC) = 1
),
spoken AS (
    SELECT t.client, t.interaction_id, t.turn_no, t.valence, o.revision, o.valence AS our_valence, o.tone
    FROM turns t JOIN ours o
        ON o.client = t.client AND o.interaction_id = t.interaction_id AND o.turn_no = t.turn_no AND o.text_md5 = md5(t.text)
    WHERE t.speaker = 'customer'
)"""
# valence: the current model's; other: the other version's, of the same turn.
_REVISIONS = f"""WITH {_TONES},
pair AS (
    SELECT a.client, a.interaction_id, a.our_valence AS valence, a.tone, b.our_valence AS other, b.tone AS other_tone
    FROM spoken a JOIN spoken b USING (client, interaction_id, turn_no) WHERE list_contains($2, a.revision) AND b.revision = $3
)"""
_SUPPLIED = f"""WITH {_TONES},
pair AS (
    SELECT client, interaction_id, our_valence AS valence, tone, s.valence AS other,
        CASE WHEN s.valence <= -{NEUTRAL_WITHIN} THEN -1 WHEN s.valence >= {NEUTRAL_WITHIN} THEN 1 ELSE 0 END AS other_tone
    FROM spoken s WHERE list_contains($2, revision) AND s.valence IS NOT NULL
)"""
_COUNTS = """
SELECT tone, other_tone, count(*) AS n, sum(valence) AS total, sum(other) AS other_total FROM pair GROUP BY ALL"""
_CONTACTS = """,
leg AS (SELECT round(avg(valence), 9) AS mean, round(avg(other), 9) AS other FROM pair GROUP BY client, interaction_id)
SELECT count(*) AS n, count(*) FILTER ((mean <= setting_low_sentiment()) <> (other <= setting_low_sentiment())) AS changed,
    count(*) FILTER (mean <= setting_low_sentiment()) AS low, count(*) FILTER (other <= setting_low_sentiment()) AS other_low
FROM leg"""


@dataclass(frozen=True)
class Agreement:
    """Of n items judged by both: share judged alike with interval (0..1), kappa with interval (None: undefined).

    mean, other_mean: mean valence, or share shown, of the current and of the other version, over these items.
    """

    n: int
    agreed: int
    low: float
    high: float
    kappa: tuple[float, float, float] | None
    mean: float
    other_mean: float


@dataclass(frozen=True)
class Contacts:
    """Contacts with a turn scored by both; changed: low in one version only; low, other_low: low in each."""

    n: int
    changed: int
    low: int
    other_low: int


def sentiment(house: Warehouse, scope: Scope, current: Sequence[str], other: str) -> tuple[Agreement | None, Contacts]:
    """The current revisions and another one over the customer turns that both scored; None without one."""
    values = [_of_staff(scope), list(current), other]
    counts = house.query(_REVISIONS + _COUNTS, values)
    contacts = house.query(_REVISIONS + _CONTACTS, values).row(0, named=True)
    return _agreement(counts), Contacts(**contacts)


def supplied(house: Warehouse, scope: Scope, current: Sequence[str]) -> tuple[Agreement | None, Contacts]:
    """The current revisions (first) and what the source supplied (other), over customer turns that have both."""
    values = [_of_staff(scope), list(current)]
    contacts = house.query(_SUPPLIED + _CONTACTS, values).row(0, named=True)
    return _agreement(house.query(_SUPPLIED + _COUNTS, values)), Contacts(**contacts)


def behaviour(
    house: Warehouse, scope: Scope, pillar: str, current: tuple[str, float], other: tuple[str, float]
) -> Agreement | None:
    """One behaviour, shown or not, by two (revision, cut)s over the agent turns that both scored."""
    if pillar not in PILLARS:
        raise KeyError(pillar)
    sql = f"""WITH seen AS (
    SELECT client, interaction_id, turn_no, text_md5, context_md5, revision, {pillar} AS p FROM behaviours
    WHERE {pillar} IS NOT NULL AND list_contains($1, client)
    QUALIFY row_number() OVER (PARTITION BY client, interaction_id, turn_no, text_md5, context_md5, revision ORDER BY scored_at DESC) = 1
),
pair AS (
    SELECT (a.p >= $4)::INTEGER AS tone, (b.p >= $5)::INTEGER AS other_tone, (a.p >= $4)::INTEGER AS valence, (b.p >= $5)::INTEGER AS other
    FROM seen a JOIN seen b USING (client, interaction_id, turn_no, text_md5, context_md5)
    WHERE a.revision = $2 AND b.revision = $3
){_COUNTS}"""
    return _agreement(house.query(sql, [_of_staff(scope), current[0], other[0], current[1], other[1]]))


def _agreement(counts: pl.DataFrame) -> Agreement | None:
    n = int(counts["n"].sum())
    if not n:
        return None
    labels = sorted({*counts["tone"], *counts["other_tone"]})
    table = [[0] * len(labels) for _ in labels]
    for row in counts.to_dicts():
        table[labels.index(row["tone"])][labels.index(row["other_tone"])] += int(row["n"])
    agreed = sum(table[place][place] for place in range(len(labels)))
    low, high = (float(bound[0]) for bound in wilson([agreed], [n]))
    means = (float(counts[name].sum()) / n for name in ("total", "other_total"))
    return Agreement(n, agreed, low, high, kappa_of_counts(table), *means)


def _of_staff(scope: Scope) -> list[str]:
    if scope.audience == "client":
        raise NotAllowed("How the models agree is for the centre's own staff.")
    return sorted(scope.clients)
