"""What one block of a page asks of the catalogue."""

from dataclasses import dataclass, field

from care_metrics.filters import Filters


@dataclass(frozen=True)
class Question:
    """These KPIs, split so, over that part of the data."""

    names: tuple[str, ...]
    filters: Filters = field(default_factory=Filters)
    by: tuple[str, ...] = ()
