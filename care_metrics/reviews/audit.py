"""The audit log: who viewed, exported or changed what; insert-only, and written before the content is shown."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, or_, select

from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require
from care_metrics.reviews.records import record, values
from care_metrics.reviews.rows import AuditEntry
from care_metrics.reviews.tables import AUDIT
from care_metrics.reviews.wording import worded
from care_metrics.scope import Scope

Content = TypeVar("Content")


def note(scope: Scope, database: Database, entry: AuditEntry) -> None:
    """Record what this reader does, or tried to do; DatabaseUnavailable where it cannot be kept.

    Every reader may be recorded, and so may an attempt on a client outside their Scope.
    """
    with database.writing() as connection:
        write(connection, scope, entry)


def after_note(scope: Scope, database: Database, entry: AuditEntry, show: Callable[[], Content]) -> Content:
    """What `show` returns, once the entry is durable: no entry, no transcript and no export."""
    note(scope, database, entry)
    return show()


def write(connection: Connection, scope: Scope, entry: AuditEntry) -> None:
    """Record within a transaction of this room, so that a change and its record stand or fall together."""
    row = values(entry, AUDIT)
    row |= {
        "who": scope.reader,
        "role": scope.role,
        "at": datetime.now(UTC),
        "what": worded(entry.what, "What was done"),
    }
    row |= {name: worded(row[name], name, required=False) for name in ("client", "contact") if row[name] is not None}
    row["filters"] = [[worded(part, "A filter", required=False) for part in pair] for pair in entry.filters]
    connection.execute(AUDIT.insert().values(**row))


def entries(
    scope: Scope,
    database: Database,
    who: str | None = None,
    what: str | None = None,
    client: str | None = None,
    since: datetime | None = None,
    limit: int = 500,
) -> list[AuditEntry]:
    """The newest entries first, for administrators: of the clients in their Scope and of none.

    what: an act, or how several begin ("export").
    """
    require(scope, "read the audit log", client)
    asked = [AUDIT.c[name] == value for name, value in (("who", who), ("client", client)) if value]
    if what:
        asked.append(AUDIT.c.what.startswith(what, autoescape=True))
    if since:
        asked.append(AUDIT.c.at >= since)
    seen = or_(AUDIT.c.client.in_(sorted(scope.clients)), AUDIT.c.client.is_(None))
    chosen = select(AUDIT).where(seen, *asked).order_by(AUDIT.c.id.desc()).limit(limit)
    with database.reading() as connection:
        rows = connection.execute(chosen).mappings().all()
    return [record(AuditEntry, row, filters=tuple((name, value) for name, value in row["filters"])) for row in rows]
