"""The facts view of each grain: which dimensions it carries and which columns name one of its rows."""

from dataclasses import dataclass

from care_metrics.errors import BadRequest
from care_metrics.kpis.kpi import Kpi
from care_metrics.schema import CUSTOMER_DIMENSIONS, DIMENSIONS, TIME_DIMENSIONS


@dataclass(frozen=True)
class First:
    """A column that is true for the first row of each partition, in this order, among the rows selected."""

    name: str
    of: str
    order: str

    def sql(self, period: str) -> str:
        """period: the column that tells several periods apart, with a comma, or nothing."""
        return f"row_number() OVER (PARTITION BY {period}{self.of} ORDER BY {self.order}) = 1"


@dataclass(frozen=True)
class Grain:
    """view: the DuckDB view; row: the columns that identify a row for the list behind a number.

    derived: a column computed over the selected rows, after period and filters.
    """

    name: str
    view: str
    dimensions: tuple[str, ...]
    row: tuple[str, ...]
    derived: First | None = None


_LEG = DIMENSIONS
# The latest valid answer of each customer among the rows selected, so that any split of them adds up again.
_LATEST = First("latest_answer", "client, customer_id, nps IS NOT NULL", "started_at DESC NULLS LAST, survey_id DESC")

GRAINS: dict[str, Grain] = {
    grain.name: grain
    for grain in (
        Grain("leg", "leg", _LEG, ("client", "interaction_id")),
        Grain("contact", "facts_contact", _LEG, ("client", "contact_key", "interaction_id")),
        Grain("survey", "survey", _LEG, ("client", "survey_id", "interaction_id"), _LATEST),
        Grain("touch", "touch", _LEG, ("client", "interaction_id", "survey_id")),
        Grain("case", "facts_case", _LEG, ("client", "case_id", "interaction_id")),
        Grain("evidence", "facts_evidence", _LEG, ("client", "interaction_id")),
        Grain("customer", "facts_customer", (*CUSTOMER_DIMENSIONS, *TIME_DIMENSIONS), ("client", "customer_id")),
        Grain(
            "agent_time",
            "facts_agent_time",
            ("client", "site", "location", "team", "agent_id", *TIME_DIMENSIONS),
            ("client", "agent_id"),
        ),
        Grain(
            "cost",
            "facts_cost",
            ("client", "site", "handler", "channel", *TIME_DIMENSIONS),
            ("client", "interaction_id"),
        ),
    )
}


def unsupported(entry: Kpi, dimensions: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the dimensions this KPI does not carry."""
    return tuple(name for name in dimensions if name not in GRAINS[entry.grain].dimensions)


def require(entry: Kpi, dimensions: tuple[str, ...]) -> None:
    """Refuse a dimension that the KPI's grain does not carry, with the list of those it does."""
    for name in unsupported(entry, dimensions):
        known = ", ".join(GRAINS[entry.grain].dimensions)
        raise BadRequest(f"{entry.name} cannot be split or filtered by {name!r}. It has: {known}.")
