"""A snapshot names one version of every table, so that a reader never mixes two publications."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl


@dataclass(frozen=True)
class Snapshot:
    """version: 0 for a store nobody has published to; tables: (name, Delta version) pairs, sorted."""

    version: int = 0
    tables: tuple[tuple[str, int], ...] = ()
    published_at: datetime | None = None

    def of(self, table: str) -> int | None:
        """The Delta version of a table in this snapshot, None where it holds no such table."""
        return dict(self.tables).get(table)

    def to_row(self) -> pl.DataFrame:
        """One row, the whole content of the snapshots table."""
        return pl.DataFrame({"tables": [json.dumps(dict(self.tables))], "published_at": [self.published_at]})

    @classmethod
    def from_row(cls, version: int, row: Mapping[str, object]) -> "Snapshot":
        """What to_row wrote, numbered by the Delta version it was committed as (from 1)."""
        published = row["published_at"]
        assert isinstance(published, datetime)
        tables = json.loads(str(row["tables"]))
        return cls(version + 1, tuple(sorted(tables.items())), published.replace(tzinfo=UTC))
