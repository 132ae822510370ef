"""The canonical tables: column, type, unit, allowed values, meaning; the only list of columns there is."""

import polars as pl

from care_metrics.schema.columns import Column, Kind, Table
from care_metrics.schema.contact_tables import CONTACT_TABLES
from care_metrics.schema.reference_tables import REFERENCE_TABLES

TABLES: dict[str, Table] = {table.name: table for table in (*CONTACT_TABLES, *REFERENCE_TABLES)}

TIME_DIMENSIONS = ("day", "week", "month")
CUSTOMER_DIMENSIONS = ("client", "segment", "country", "language", "preferred_channel")
DIMENSIONS = (
    "client",
    "site",
    "location",
    "team",
    "agent_id",
    "channel",
    "direction",
    "reason",
    "task",
    "language",
    "handler",
    "outcome",
    "segment",
    "country",
    "preferred_channel",
    *TIME_DIMENSIONS,
)
PILLARS = ("empathy", "proactivity", "personalization", "ownership")
CLIENT_SLUG = r"^[a-z0-9_]{1,40}$"

_TYPES: dict[str, pl.DataType] = {
    "instant": pl.Datetime("us", "UTC"),
    "seconds": pl.Float64(),
    "number": pl.Float64(),
    "integer": pl.Int64(),
    "boolean": pl.Boolean(),
}


def frame_schema(table: str, stored: bool = False) -> dict[str, pl.DataType]:
    """Column -> polars type of a canonical frame, with `invalid`, the names of the row's invalid columns.

    stored: leave out what may be read but is never kept (names, phones, e-mails of customers).
    """
    columns = [column for column in TABLES[table].columns if column.stored or not stored]
    types: dict[str, pl.DataType] = {column.name: _TYPES.get(column.kind, pl.String()) for column in columns}
    return types | {"invalid": pl.List(pl.String())}


__all__ = [
    "CLIENT_SLUG",
    "CUSTOMER_DIMENSIONS",
    "DIMENSIONS",
    "PILLARS",
    "TABLES",
    "TIME_DIMENSIONS",
    "Column",
    "Kind",
    "Table",
    "frame_schema",
]
