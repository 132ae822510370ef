"""Between rows and records: reading one as the other, the signature of who wrote, upserts, and what a Scope covers."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, false

from care_metrics.reviews.permissions import confined
from care_metrics.reviews.wording import worded
from care_metrics.scope import Scope

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


def record(kind: type[Record], row: RowMapping, **converted: object) -> Record:
    """The record of a row: its columns by name, except those given converted."""
    found = {field.name: row[field.name] for field in fields(kind) if field.name in row}
    return kind(**{**found, **converted})


def values(row: "DataclassInstance", table: Table) -> dict[str, Any]:
    """Column -> value of a record, for the columns the table has, without `id`; text cleaned, tuples as lists."""
    return {name: _plain(name, value) for name, value in asdict(row).items() if name in table.c and name != "id"}


def signature(scope: Scope) -> dict[str, Any]:
    """Who typed it and when; always from the Scope and the clock, never from the page."""
    return {"typed_by": scope.reader, "at": datetime.now(UTC)}


def covered(scope: Scope, table: Table) -> ColumnElement[bool]:
    """The rows a Scope may see: its clients, and within them its agents or teams; without a right, none."""
    if not confined(scope):
        return false()
    bounds = [table.c[dimension].in_(allowed) for dimension, allowed in scope.bounds]
    return and_(table.c.client.in_(sorted(scope.clients)), *bounds)


def covered_clients(scope: Scope, table: Table, client: str | None = None) -> ColumnElement[bool]:
    """The rows of one client, which `require` has let pass, or of all in the Scope."""
    return table.c.client.in_(sorted(scope.clients) if client is None else [client])


def upsert(connection: Connection, table: Table, row: Mapping[str, object], key: tuple[str, ...]) -> None:
    """Insert the row, or replace what stands under its key."""
    # The connection has loaded its own dialect; the other one would cost a start 0.05 s.
    insert = import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table).values(**row)
    changed = {name: insert.excluded[name] for name in row if name not in key}
    connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=changed))


def _plain(name: str, value: object) -> object:
    if isinstance(value, str):
        return worded(value, name, required=False)
    return list(value) if isinstance(value, tuple) else value
