"""Each pillar against the impact that care is said to have: how the outcome goes with what agents wrote, at equal mix.

Only the text part of a pillar enters: its operational part counts re-opened cases and kept promises itself, and would
be compared with what it is made of. For the same reason a relation leaves out contacts whose opportunity arose only
because the customer came back.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from care_metrics.filters import Filters
from care_metrics.kpis import kpi
from care_metrics.measure import rows_statement
from care_metrics.mix import codes
from care_metrics.scope import Scope
from care_metrics.statistics.slopes import Slope, slope
from care_metrics.warehouse import Warehouse

KINDS = ("client", "reason", "channel")


@dataclass(frozen=True)
class Impact:
    """A claim to look at: the outcome KPI of contacts of a pillar. within: what the outcome's row shares with the evidence.

    only: the column of `shown_leg` that holds for the legs whose outcome is looked at; empty for all.
    """

    pillar: str
    outcome: str
    within: str = "contact"
    only: str = ""


IMPACTS: tuple[Impact, ...] = (
    Impact("empathy", "recovery", "leg", "was_low"),
    Impact("proactivity", "repeat_contact", only="closing_known"),
    Impact("personalization", "nps"),
    Impact("personalization", "ces"),
    Impact("personalization", "ces_5"),
    Impact("ownership", "reopen", "leg", "left_open"),
    Impact("ownership", "follow_up_kept", "leg"),
)


@dataclass(frozen=True)
class Association:
    """The outcome where the pillar was shown in full, against where it was not shown at all, in the outcome's unit.

    crude: over all contacts; adjusted: among those of one client, reason and channel. spread: the outcome's standard
    deviation, NaN below two contacts.
    """

    impact: Impact
    crude: Slope
    adjusted: Slope
    spread: float

    @property
    def size(self) -> tuple[float, float, float]:
        """Value, low and high in standard deviations of the outcome, turned so that above 0 is better for the customer."""
        sign = -1.0 if kpi(self.impact.outcome).better == "lower" else 1.0
        ends = sorted(sign * limit / self.spread for limit in (self.adjusted.low, self.adjusted.high))
        return sign * self.adjusted.value / self.spread, ends[0], ends[1]


def contacts_of(house: Warehouse, scope: Scope, impact: Impact, filters: Filters) -> pl.DataFrame:
    """value (of the outcome's row, unscaled), shown (0..1: text points earned of possible), KINDS and agent of each."""
    outcome, shown = rows_statement(scope, impact.outcome, filters), f"{impact.pillar}_in_{impact.within}"
    only = f" AND s.{impact.only}" if impact.only else ""
    return house.query(
        f"""SELECT o.client, o.value, s.{shown} AS shown, s.reason, s.channel, s.agent
FROM ({outcome.sql}) o JOIN shown_leg s ON s.client = o.client AND s.interaction_id = o.interaction_id
WHERE s.{shown} IS NOT NULL{only}
ORDER BY o.client, o.interaction_id, o.value""",
        outcome.values,
    )


def association(rows: pl.DataFrame, impact: Impact) -> Association:
    """Of the rows of `contacts_of`: agents are clusters, client x reason x channel are the kinds of contact."""
    y, shown = kpi(impact.outcome).scale * rows["value"].to_numpy(), rows["shown"].to_numpy()
    agents, kinds = codes(rows, ("client", "agent")), codes(rows, KINDS)
    spread = float(np.std(y, ddof=1)) if y.size > 1 else float("nan")
    return Association(impact, slope(y, shown, agents), slope(y, shown, agents, kinds), spread)
