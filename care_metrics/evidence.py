"""The evidence of one contact, row by row as it counts, and the transcripts that gave none, with the reason."""

import polars as pl

from care_metrics.contacts import is_known
from care_metrics.filters import Filters
from care_metrics.kpis.compiler import selected
from care_metrics.kpis.grains import GRAINS
from care_metrics.kpis.parameters import Parameters
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse

COLUMNS = (
    *("about", "behaviour", "source", "earned", "possible", "turn_no", "event_id"),
    *("derived", "withdrawn", "supported", "reason", "revision", "confidence", "gate_turn_no"),
)


def of_contact(house: Warehouse, scope: Scope, client: str, interaction_id: str) -> pl.DataFrame:
    """COLUMNS of every row about one leg that can be read; none for a leg outside the Scope or unknown.

    about: the pillar (or `quality`); earned, possible: points as the scores count them, so that unsupported or withdrawn
    credit is 0, and 0 of 0 what an accepted dispute took out of the score; derived: by the product, else it came with the data. source: text, operational or human.
    """
    known = is_known(house, scope, client, interaction_id)
    rows = house.query(
        f"""SELECT * REPLACE (coalesce(earned, 0) AS earned, coalesce(possible, 0) AS possible)
FROM (SELECT {", ".join(COLUMNS)} FROM evidence_row WHERE client = $1 AND interaction_id = $2)
WHERE possible > 0 OR withdrawn
ORDER BY about, source, behaviour, turn_no, event_id""",
        [client, interaction_id],
    )
    return rows if known else rows.clear()


def unscored(house: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """reason (null: none is on record) and n, over the legs with a transcript; the commonest first."""
    parameters = Parameters()
    legs = selected(GRAINS["leg"], {"told__": "n_turns > 0"}, filters, scope, parameters)
    return house.query(
        f"""SELECT u.reason, count(*) AS n
FROM ({legs}) l LEFT JOIN unscored_legs u USING (client, interaction_id)
WHERE told__
GROUP BY ALL ORDER BY n DESC, u.reason""",
        parameters.values,
    )
