"""Append-only revisions with an optimistic version: nothing is overwritten, no text is lost, a double click is one row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, Table, and_, func, select

from care_metrics.errors import BadRequest
from care_metrics.reviews.engine import Database
from care_metrics.reviews.wording import worded

Step = Callable[[Connection], None]
Guard = Callable[[Connection, RowMapping | None], None]


@dataclass(frozen=True)
class Revision:
    """One text to append. subject: the columns that name what is revised; seen: the version its author saw (0: none);
    key: unique per opened form; content: what they wrote; stamp: who and when."""

    table: Table
    subject: Mapping[str, object]
    seen: int
    key: str
    content: Mapping[str, object]
    stamp: Mapping[str, object]


@dataclass(frozen=True)
class Appended:
    """The row as stored, and, if its author had not seen the newest, that newest; then the row's version is None."""

    mine: RowMapping
    theirs: RowMapping | None


def append(database: Database, revision: Revision, guard: Guard | None = None, then: Step | None = None) -> Appended:
    """Store the revision durably; the same key again answers with the row stored the first time.

    guard: sees the newest row before, in the same transaction, and may refuse; then: runs after a row that became the
    newest. Raises BadRequest where the key was used for something else, DatabaseUnavailable with nothing stored.
    """
    worded(revision.key, "The key of the form", longest=100)
    return database.settle(lambda connection: _append(connection, revision, guard, then))


def _append(connection: Connection, revision: Revision, guard: Guard | None, then: Step | None) -> Appended:
    table = revision.table
    stored = connection.execute(select(table).where(table.c.key == revision.key)).mappings().first()
    if stored is None:
        latest = newest(connection, table, revision.subject)
        if guard:
            guard(connection, latest)
        number = latest["version"] if latest else 0
        version = number + 1 if revision.seen == number else None
        row = {**revision.subject, **revision.content, **revision.stamp, "key": revision.key, "version": version}
        added = connection.execute(table.insert().values(**row).returning(table.c.id)).scalar_one()
        stored = connection.execute(select(table).where(table.c.id == added)).mappings().one()
        if version and then:
            then(connection)
    elif any(stored[name] != value for name, value in {**revision.subject, **revision.content}.items()):
        raise BadRequest("Not saved: this form was saved before with another text; open it again and save from there.")
    return Appended(stored, None if stored["version"] else newest(connection, table, revision.subject))


def newest(connection: Connection, table: Table, subject: Mapping[str, object]) -> RowMapping | None:
    """The subject's row with the highest version."""
    named = and_(*(table.c[name] == value for name, value in subject.items()))
    chosen = select(table).where(named, table.c.version.is_not(None)).order_by(table.c.version.desc()).limit(1)
    return connection.execute(chosen).mappings().first()


def only_newest(table: Table, subject: tuple[str, ...]):
    """The condition that a row is the newest of its subject."""
    other = table.alias()
    same = and_(*(other.c[name] == table.c[name] for name in subject))
    return table.c.version == select(func.max(other.c.version)).where(same).scalar_subquery()
