"""Who may read what, and as whom: granted and revoked by administrators, each change with its line in the audit log."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.exc import IntegrityError

from care_metrics.errors import BadRequest, NotAllowed
from care_metrics.reviews import audit
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import BOUNDS, MAY, confined, require
from care_metrics.reviews.records import record, values
from care_metrics.reviews.rows import AuditEntry, Reader
from care_metrics.reviews.tables import READERS
from care_metrics.reviews.wording import one_of, worded
from care_metrics.scope import Role, Scope

GRANTABLE = tuple(role for role in get_args(Role) if role not in ("nobody", "operator"))

# What the audit log says of a reader without a list of clients.
EVERY_CLIENT = "every client"


def grant(scope: Scope, database: Database, reader: Reader) -> Reader:
    """Give or change a reader's rights: by id where the row has one, else a new reader; never beyond the giver's own clients."""
    require(scope, "grant rights")
    reader = replace(reader, email=worded(reader.email, "The e-mail", longest=320, required=False).strip().casefold())
    _check(reader)
    row = {**values(reader, READERS), "granted_by": scope.reader, "at": datetime.now(UTC), "revoked_at": None}
    row |= {"email": reader.email or None, "bounds": [[name, list(allowed)] for name, allowed in reader.bounds]}
    if reader.subject is None:
        del row["subject"]  # an invitation that was opened meanwhile stays bound to who opened it
    try:
        with database.writing() as connection:
            if not _within(scope, reader, _sees_every_client(connection, scope)):
                raise NotAllowed("You may grant rights only on clients that you may see yourself.")
            _theirs_to_change(connection, scope, reader.id)
            change = READERS.insert() if reader.id is None else READERS.update().where(READERS.c.id == reader.id)
            stored = connection.execute(change.values(**row).returning(*READERS.c)).mappings().one()
            audit.write(connection, scope, AuditEntry("grant right", filters=_told(reader_of(stored))))
    except IntegrityError as error:
        raise BadRequest(
            f"Another reader already holds the identity or the e-mail {reader.email!r}; change that one instead."
        ) from error
    return reader_of(stored)


def revoke(scope: Scope, database: Database, number: int) -> None:
    """Take all rights of a reader, by id; they end at the reader's next interaction."""
    require(scope, "grant rights")
    with database.writing() as connection:
        _theirs_to_change(connection, scope, number)
        change = READERS.update().where(READERS.c.id == number).values(revoked_at=datetime.now(UTC))
        for row in connection.execute(change.returning(*READERS.c)).mappings():
            audit.write(connection, scope, AuditEntry("revoke right", filters=_told(reader_of(row))))


def readers(scope: Scope, database: Database) -> list[Reader]:
    """The readers whose clients the Scope covers, those revoked too, for administrators."""
    require(scope, "see rights")
    with database.reading() as connection:
        everywhere = _sees_every_client(connection, scope)
        return [one for one in _all(connection) if _within(scope, one, everywhere)]


def reviewers(scope: Scope, database: Database, client: str) -> list[str]:
    """The names of those who may review this client's contacts."""
    require(scope, "assign reviews", client)
    with database.reading() as connection:
        able = [one for one in _all(connection) if one.role in MAY["review"] and not one.revoked_at]
    return sorted(one.name for one in able if one.every_client or client in one.clients)


def _check(reader: Reader) -> None:
    one_of(reader.role, GRANTABLE, "A reader's role")
    worded(reader.issuer, "The issuer of the reader's identity", longest=500)
    if not (reader.subject or reader.email):
        raise BadRequest("A reader needs the provider's subject, or an e-mail to be invited by.")
    if reader.role == "client" and reader.every_client:
        raise BadRequest("A client reader sees the clients named, never all; name them.")
    trial = Scope(frozenset(), role=reader.role, bounds=reader.bounds)
    if not confined(trial):
        raise BadRequest(f"Readers are confined by {' or '.join(BOUNDS)}, and an agent needs their agent_id.")


def _within(scope: Scope, reader: Reader, sees_every_client: bool) -> bool:
    """Whether the Scope covers all that the reader may see."""
    return set(reader.clients) <= scope.clients and (sees_every_client or not reader.every_client)


def _sees_every_client(connection: Connection, scope: Scope) -> bool:
    if scope.role == "operator":
        return True
    chosen = select(READERS).where(READERS.c.every_client, READERS.c.revoked_at.is_(None))
    return any(reader_of(row).name == scope.reader for row in connection.execute(chosen).mappings())


def _theirs_to_change(connection: Connection, scope: Scope, number: int | None) -> None:
    if number is None:
        return
    row = connection.execute(select(READERS).where(READERS.c.id == number)).mappings().first()
    if row is None or not _within(scope, reader_of(row), _sees_every_client(connection, scope)):
        raise NotAllowed(f"No reader number {number} among those whose rights you may change.")


def _all(connection: Connection) -> list[Reader]:
    return [reader_of(row) for row in connection.execute(select(READERS).order_by(READERS.c.id)).mappings()]


def reader_of(row: RowMapping) -> Reader:
    """The reader of a stored row."""
    bounds = tuple((name, tuple(allowed)) for name, allowed in row["bounds"])
    return record(Reader, row, email=row["email"] or "", clients=tuple(row["clients"]), bounds=bounds)


def _told(reader: Reader) -> tuple[tuple[str, str], ...]:
    clients = EVERY_CLIENT if reader.every_client else ", ".join(reader.clients)
    bounds = "; ".join(f"{name}: {', '.join(allowed)}" for name, allowed in reader.bounds)
    return (("reader", reader.name), ("role", reader.role), ("clients", clients), ("bounds", bounds))
