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
_READ = f"n_words BETWEEN {FEWEST_WORDS} AND {MOST_WORDS}"
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
    names = dict.fromkeys(name for name, _select in RULES.values())
    listed = {name for name in names if count_contacts(house, scope, name, filters)}
    for rule, (name, select) in RULES.items():
        if name not in listed:
            continue
        statement = rows_statement(scope, name, filters)
        said = house.query(select(statement), statement.values)
        others = [Voice(rule, **row) for row in said.to_dicts()]
        taken = {(one.client, one.interaction_id) for one in found}
        found += [one for one in others if (one.client, one.interaction_id) not in taken][:1]
    return found


def _spoken(statement: Statement) -> str:
    """Scored customer turns of the contacts behind `sentiment`; rise: above the lowest turn said before it."""
    return f"""WITH said AS (
    SELECT l.client, l.interaction_id, t.turn_no, t.n_words, CAST(l.started_local AS DATE) AS day, l.reason,
        t.valence AS score, l.valence_last,
        score - min(score) OVER (
            PARTITION BY l.client, l.interaction_id ORDER BY t.turn_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS rise
    FROM ({statement.sql}) p
    JOIN leg l USING (client, interaction_id)
    JOIN scored_turn t USING (client, interaction_id)
),
chosen AS (
    SELECT client, interaction_id, turn_no, day, reason"""


def _quoted(order: str) -> str:
    """The texts of the turns chosen, which are few: nobody else's are read."""
    return f"""ORDER BY {order} LIMIT {len(RULES)}
)
SELECT c.client, c.interaction_id, t.text, c.day, c.reason, c.value
FROM chosen c JOIN turns t USING (client, interaction_id, turn_no) WHERE t.speaker = 'customer' ORDER BY {order}"""


def of_length(column: str) -> str:
    """The condition that a text is neither too short nor too long to quote."""
    return f"array_length(string_split_regex(trim({column}), '\\s+')) BETWEEN {FEWEST_WORDS} AND {MOST_WORDS}"


def _lowest(statement: Statement) -> str:
    return f"""{_spoken(statement)}, score AS value
    FROM said WHERE valence_last <= setting_low_sentiment() AND score <= setting_low_sentiment() AND {_READ}
    QUALIFY row_number() OVER (PARTITION BY client, interaction_id ORDER BY score, turn_no) = 1
    {_quoted("value, client, interaction_id")}"""


def _recovered(statement: Statement) -> str:
    return f"""{_spoken(statement)}, rise AS value
    FROM said WHERE rise > 0 AND score > 0 AND {_READ}
    QUALIFY row_number() OVER (PARTITION BY client, interaction_id ORDER BY rise DESC, turn_no) = 1
    {_quoted("value DESC, client, interaction_id")}"""


def _written(lowest: bool) -> Callable[[Statement], str]:
    kind, order = (f"s.nps <= {DETRACTOR}", "s.nps") if lowest else (f"s.nps >= {PROMOTER}", "s.nps DESC")

    def select(statement: Statement) -> str:
        return f"""SELECT s.client, s.interaction_id, s.comment AS text, s.day, s.reason, CAST(s.nps AS DOUBLE) AS value
FROM ({statement.sql}) p JOIN survey s USING (client, survey_id)
WHERE {kind} AND s.interaction_id IS NOT NULL AND {of_length("s.comment")}
ORDER BY {order}, s.day DESC, s.client, s.survey_id LIMIT {len(RULES)}"""

    return select


# rule -> the KPI whose contacts or answers it looks through, and the SQL that orders what they said.
RULES: dict[str, tuple[str, Callable[[Statement], str]]] = {
    "lowest": ("sentiment", _lowest),
    "recovered": ("sentiment", _recovered),
    "detractor": ("nps", _written(lowest=True)),
    "promoter": ("nps", _written(lowest=False)),
}
