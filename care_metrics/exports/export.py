"""What is taken away: the rows, and the lines that say where they come from."""

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from care_metrics.errors import BadRequest

# A sheet holds 1,048,576 rows with its header.
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Export:
    """frame: one row a record, flat columns; told: (label, value) lines of its origin: filters, n, as-of, data version."""

    frame: pl.DataFrame
    told: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.frame.height > MOST_ROWS:
            raise BadRequest(
                f"An export holds at most {MOST_ROWS:,} rows, this one {self.frame.height:,}; narrow the period or filters."
            )
        nested = [name for name, kind in self.frame.schema.items() if kind.is_nested()]
        if nested:
            raise TypeError(f"The column {nested[0]!r} is no single value a row; leave it out or write it as text.")

    def plain(self) -> pl.DataFrame:
        """The rows as both files hold them: instants as ISO 8601 text in UTC, what is not finite as missing."""
        instants = [
            name for name, kind in self.frame.schema.items() if isinstance(kind, pl.Datetime) and kind.time_zone
        ]
        written = [pl.col(name).map_elements(_instant, return_dtype=pl.String) for name in instants]
        floats = [name for name, kind in self.frame.schema.items() if kind.is_float()]
        finite = [pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in floats]
        return self.frame.with_columns(*written, *finite)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
