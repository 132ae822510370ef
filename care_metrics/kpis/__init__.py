"""The catalogue: what we measure. To add a KPI, add one record to one of these files (and a fact column if it is new)."""

from care_metrics.errors import UnknownName
from care_metrics.kpis.handling import HANDLING
from care_metrics.kpis.kpi import Kpi
from care_metrics.kpis.loyalty import LOYALTY
from care_metrics.kpis.pillars import CARE, SUB_SCORES
from care_metrics.kpis.queue import QUEUE
from care_metrics.kpis.resolution import RESOLUTION
from care_metrics.kpis.resources import RESOURCES
from care_metrics.kpis.sentiment import SENTIMENT

CATALOGUE: dict[str, Kpi] = {
    entry.name: entry for entry in (*LOYALTY, *SENTIMENT, *RESOLUTION, *CARE, *HANDLING, *QUEUE, *RESOURCES)
}
PARTS: dict[str, Kpi] = {entry.name: entry for entry in SUB_SCORES}


def kpi(name: str) -> Kpi:
    """The KPI (or part of a pillar) of that name, or an error with the nearest one."""
    found = CATALOGUE.get(name) or PARTS.get(name)
    if found is None:
        raise UnknownName("KPI", name, CATALOGUE)
    return found


__all__ = ["CATALOGUE", "PARTS", "Kpi", "kpi"]
