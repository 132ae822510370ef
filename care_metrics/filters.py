"""What part of the data is looked at: a half-open local period and equalities on dimensions; frozen and hashable."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from care_metrics.errors import BadRequest, UnknownName
from care_metrics.schema import DIMENSIONS


@dataclass(frozen=True)
class Filters:
    """start, end: local dates of the client, [start, end), None for open; where: (dimension, allowed values) pairs.

    as_of: 'now' for windows that must mature; None means the end of each client's data.
    """

    start: date | None = None
    end: date | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    as_of: datetime | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start >= self.end:
            raise BadRequest(f"The period {self.start} to {self.end} is empty: its end must come after its start.")
        for dimension, _ in self.where:
            if dimension not in DIMENSIONS:
                raise UnknownName("dimension", dimension, DIMENSIONS)

    def during(self, start: date | None, end: date | None) -> "Filters":
        """The same filters over another period."""
        return replace(self, start=start, end=end)

    def previous(self) -> "Filters | None":
        """The period of equal length just before, or None where the period is open."""
        if self.start is None or self.end is None:
            return None
        length: timedelta = self.end - self.start
        return self.during(self.start - length, self.start)

    def only(self, **values: str) -> "Filters":
        """The same filters, further narrowed to one value of each dimension named."""
        kept = tuple(pair for pair in self.where if pair[0] not in values)
        return replace(self, where=kept + tuple((name, (value,)) for name, value in sorted(values.items())))
