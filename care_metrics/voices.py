"""What customers said and wrote, in their own words: a few sentences chosen by rule, never by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from care_metrics.contacts import count_contacts
from care_metrics.filters import Filters
from care_metrics.kpis.compiler import Statement
from care_metrics.measure import rows_statement
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse

# Shorter ones say little, longer ones are not read.
FEWEST_WORDS, MOST_WORDS = 8, 60
DETRACTOR, PROMOTER = 6, 9


@dataclass(frozen=True)
class Voice:
    """rule: a key of RULES; value: the turn's valence, its rise, or the answer 0-10, as the rule says."""

    rule: str
    client: str
    interaction_id: str
    text: str
    day: date
    reason: str | None
    value: float


def voices(house: Warehouse, scope: Scope, filters: Filters) -> list[Voice]:
    """At most one a rule, each from another contact; none for a client reader where the contacts are too few to list."""
    found: list[Voice] = []
    for rule, (name, select) in RULES.items():
        if not count_contacts(house, scope, name, filters):
            continue
        statement = rows_statement(scope, name, filters)
        said = house.query(f"{select(statement)} LIMIT {len(RULES)}", statement.values)
        others = [Voice(rule, **row) for row in said.to_dicts()]
        taken = {(one.client, one.interaction_id) for one in found}
        found += [one for one in others if (one.client, one.interaction_id) not in taken][:1]
    return found


def _spoken(statement: Statement) -> str:
    """Scored customer turns of the contacts behind `sentiment`; rise: above the lowest turn said before it."""
    return f"""WITH said AS (
    SELECT l.client, l.interaction_id, t.turn_no, t.text, CAST(l.started_local AS DATE) AS day, l.reason,
        coalesce(s.valence, t.valence) AS score, l.valence_last,
        score - min(score) OVER (
            PARTITION BY l.client, l.interaction_id ORDER BY t.turn_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS rise
    FROM ({statement.sql}) p
    JOIN leg l USING (client, interaction_id)
    JOIN turns t USING (client, interaction_id)
    LEFT JOIN current_scores s
        ON s.client = t.client AND s.interaction_id = t.interaction_id AND s.turn_no = t.turn_no AND s.text_md5 = md5(t.text)
    WHERE t.speaker = 'customer' AND coalesce(s.valence, t.valence) IS NOT NULL
)
SELECT client, interaction_id, text, day, reason"""


def of_length(column: str) -> str:
    """The condition that a text is neither too short nor too long to quote."""
    return f"array_length(string_split_regex(trim({column}), '\\s+')) BETWEEN {FEWEST_WORDS} AND {MOST_WORDS}"


def _lowest(statement: Statement) -> str:
    return f"""{_spoken(statement)}, score AS value
FROM said WHERE valence_last <= setting_low_sentiment() AND score <= setting_low_sentiment() AND {of_length("text")}
QUALIFY row_number() OVER (PARTITION BY client, interaction_id ORDER BY score, turn_no) = 1
ORDER BY score, client, interaction_id"""


def _recovered(statement: Statement) -> str:
    return f"""{_spoken(statement)}, rise AS value
FROM said WHERE rise > 0 AND score > 0 AND {of_length("text")}
QUALIFY row_number() OVER (PARTITION BY client, interaction_id ORDER BY rise DESC, turn_no) = 1
ORDER BY rise DESC, client, interaction_id"""


def _written(lowest: bool) -> Callable[[Statement], str]:
    kind, order = (f"s.nps <= {DETRACTOR}", "s.nps") if lowest else (f"s.nps >= {PROMOTER}", "s.nps DESC")

    def select(statement: Statement) -> str:
        return f"""SELECT s.client, s.interaction_id, s.comment AS text, s.day, s.reason, CAST(s.nps AS DOUBLE) AS value
FROM ({statement.sql}) p JOIN survey s USING (client, survey_id)
WHERE {kind} AND s.interaction_id IS NOT NULL AND {of_length("s.comment")}
ORDER BY {order}, s.day DESC, s.client, s.survey_id"""

    return select


# rule -> the KPI whose contacts or answers it looks through, and the SQL that orders what they said.
RULES: dict[str, tuple[str, Callable[[Statement], str]]] = {
    "lowest": ("sentiment", _lowest),
    "recovered": ("sentiment", _recovered),
    "detractor": ("nps", _written(lowest=True)),
    "promoter": ("nps", _written(lowest=False)),
}
