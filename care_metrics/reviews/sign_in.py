"""From a provider's word to a Scope, and how long a sign-in lasts; asked on every run, so that a right taken away counts at once."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, RowMapping, select

from care_metrics.reviews.engine import Database
from care_metrics.reviews.records import record
from care_metrics.reviews.rights import reader_of
from care_metrics.reviews.rows import LONGEST, Identity, Reader, Session
from care_metrics.reviews.tables import READERS, SESSIONS
from care_metrics.scope import NOBODY, Scope


def scope_of(database: Database, identity: Identity, known: Iterable[str]) -> Scope:
    """The Scope of a signed-in identity over the clients the store knows; NOBODY for a stranger or a revoked one.

    Takes no Scope, for it makes them.
    """
    found = identify(database, identity)
    if found is None:
        return NOBODY
    known = frozenset(known)
    clients = known if found.every_client else known & frozenset(found.clients)
    return Scope(clients, "client" if found.role == "client" else "internal", found.name, found.role, found.bounds)


def identify(database: Database, identity: Identity) -> Reader | None:
    """The reader behind an identity, by issuer and subject only; a verified e-mail opens an invitation once, and binds it."""
    if not identity.issuer or not identity.subject or identity.email_verified is False:
        return None
    with database.reading() as connection:
        row = _by_subject(connection, identity)
        invited = _invitation(connection, identity) if row is None else None
    if invited:
        with database.writing() as connection:
            unclaimed = (READERS.c.id == invited["id"], READERS.c.subject.is_(None))
            connection.execute(READERS.update().where(*unclaimed).values(subject=identity.subject))
            row = _by_subject(connection, identity)
    return None if row is None or row["revoked_at"] else reader_of(row)


def seen(database: Database, cookie: str, reader_id: int, now: datetime | None = None) -> Session:
    """The session of a login cookie, begun now if it is new; only the cookie's hash is kept."""
    name = _name(cookie)
    with database.reading() as connection:
        row = _session(connection, name)
    if row is None:
        begun = {"session_id": name, "reader_id": reader_id, "first_seen": now or datetime.now(UTC)}
        row = database.settle(lambda connection: _begin(connection, begun))
    return record(Session, row)


def alive(session: Session, reader_id: int, now: datetime | None = None) -> bool:
    """Whether the session still counts: the same reader's, not signed out in any tab, at most 8 hours old."""
    age = (now or datetime.now(UTC)) - session.first_seen
    return session.reader_id == reader_id and session.signed_out_at is None and timedelta(0) <= age <= LONGEST


def sign_out(database: Database, cookie: str) -> None:
    """End the session in every tab; write it before the login itself is dropped."""
    ended = SESSIONS.update().where(SESSIONS.c.session_id == _name(cookie), SESSIONS.c.signed_out_at.is_(None))
    with database.writing() as connection:
        connection.execute(ended.values(signed_out_at=datetime.now(UTC)))


def _name(cookie: str) -> str:
    return sha256(cookie.encode()).hexdigest()


def _begin(connection: Connection, begun: Mapping[str, object]) -> RowMapping:
    # Two tabs may open at once: the first one began the session.
    standing = _session(connection, str(begun["session_id"]))
    return standing or connection.execute(SESSIONS.insert().values(**begun).returning(*SESSIONS.c)).mappings().one()


def _session(connection: Connection, name: str) -> RowMapping | None:
    return connection.execute(select(SESSIONS).where(SESSIONS.c.session_id == name)).mappings().first()


def _by_subject(connection: Connection, identity: Identity) -> RowMapping | None:
    named = (READERS.c.issuer == identity.issuer, READERS.c.subject == identity.subject)
    return connection.execute(select(READERS).where(*named)).mappings().first()


def _invitation(connection: Connection, identity: Identity) -> RowMapping | None:
    if not identity.email or not identity.email_verified:
        return None
    email = identity.email.strip().casefold()
    named = (READERS.c.issuer == identity.issuer, READERS.c.subject.is_(None), READERS.c.email == email)
    return connection.execute(select(READERS).where(*named, READERS.c.revoked_at.is_(None))).mappings().first()
