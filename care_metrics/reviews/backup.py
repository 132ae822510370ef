"""Backup and restore: a consistent copy of a live database, checked by counts and hashes, never written over another."""

import json
import os
import sqlite3
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from sqlalchemy import inspect, make_url, text

from care_metrics.errors import BadRequest, DatabaseUnavailable
from care_metrics.reviews import sqlite
from care_metrics.reviews.content import content
from care_metrics.reviews.engine import Database
from care_metrics.reviews.locate import SQLITE, sqlite_path
from care_metrics.reviews.migrate import revision


@dataclass(frozen=True)
class Backup:
    """What a backup file holds: rows and digests by table, the file's sha256, the tables' migration, and when."""

    engine: str
    revision: str
    rows: dict[str, int]
    digests: dict[str, str]
    sha256: str
    taken_at: str


def backup(url: str, file: Path) -> Backup:
    """Copy the database into a new file while it is in use, with FILE.json beside it to check it by.

    SQLite by its online backup, PostgreSQL by pg_dump in its custom format. Raises BadRequest where the file exists.
    """
    file = Path(file)
    if file.exists():
        raise BadRequest(f"{file} exists already; a backup is never written over, name another file.")
    database, part = Database(url), file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    try:
        taken = _copy_sqlite(database.path, part) if database.path else _dump(database, part)
        _write(file.with_name(file.name + ".json"), json.dumps(asdict(taken), indent=1).encode())
        os.replace(part, file)
        _sync(file.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        if isinstance(error, DatabaseUnavailable):
            raise
        raise DatabaseUnavailable(
            f"{file}: the backup cannot be written ({error.strerror}); check the folder and its space."
        ) from error
    finally:
        database.engine.dispose()
    return taken


def restore(file: Path, url: str) -> Backup:
    """Put a backup where no database is yet, and compare what came back, row for row, with what was copied."""
    file = Path(file)
    taken = _manifest(file)
    path = sqlite_path(url)
    if (path is None) != (taken.engine == "postgresql"):
        raise BadRequest(f"{file} is a backup of {taken.engine}; restore it to that kind of database.")
    if path:
        _restore_sqlite(file, path)
    else:
        _load(file, url)
    database = Database(url)
    with database.reading() as connection:
        found = content(connection)
    database.engine.dispose()
    if (found.rows, found.digests) != (taken.rows, taken.digests):
        differing = sorted(name for name in found.rows if found.digests[name] != taken.digests.get(name))
        raise DatabaseUnavailable(
            f"{file}: what was restored differs from what was copied in {', '.join(differing)}; use another backup."
        )
    return taken


def _copy_sqlite(path: Path, part: Path) -> Backup:
    try:
        source = sqlite.connect(path)
        target = sqlite3.connect(part)
        with source, target:
            source.backup(target)
        source.close()
        # The copy is a file of its own: no WAL beside it, whatever the source has.
        target.execute("PRAGMA journal_mode=DELETE")
        (sound,) = target.execute("PRAGMA integrity_check").fetchone()
        target.close()
    except sqlite3.Error as error:
        raise DatabaseUnavailable(
            f"{path}: the database cannot be copied ({error}); try again, or restore an older backup."
        ) from error
    if sound != "ok":
        raise DatabaseUnavailable(f"{path}: the database is damaged ({sound}); restore an older backup.")
    os.chmod(part, 0o600)
    _sync(part)
    copy = Database(SQLITE + str(part.absolute()))
    with copy.reading() as connection:
        found = content(connection)
    return _told("sqlite", copy, found, part)


def _dump(database: Database, part: Path) -> Backup:
    # The dump and the counts see the same instant: pg_dump joins this transaction's snapshot.
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with database.engine.connect().execution_options(**options) as connection, connection.begin():
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        _run("pg_dump", database.url, f"--snapshot={snapshot}", "--format=custom", "--no-owner", f"--file={part}")
        found = content(connection)
    os.chmod(part, 0o600)
    _sync(part)
    return _told("postgresql", database, found, part)


def _restore_sqlite(file: Path, path: Path) -> None:
    if path.exists() and path.stat().st_size:
        raise BadRequest(f"{path} exists already; move it away first, a restore never writes over a database.")
    sqlite.prepare(path)
    part = path.with_name(path.name + ".part")
    _write(part, file.read_bytes())
    os.replace(part, path)
    _sync(path.parent)


def _load(file: Path, url: str) -> None:
    database = Database(url)
    with database.reading() as connection:
        standing = inspect(connection).get_table_names()
    database.engine.dispose()
    if standing:
        raise BadRequest(f"{database.where} holds tables already ({standing[0]}); restore into an empty database.")
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", str(file))


def _run(program: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by its environment, where no process list shows it."""
    address = make_url(url)
    told = address.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | ({"PGPASSWORD": address.password} if address.password else {})
    try:
        done = subprocess.run(
            [program, f"--dbname={told}", *arguments], env=environment, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise DatabaseUnavailable(
            f"{program} is not installed here; install PostgreSQL's client programs of the server's version."
        ) from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise DatabaseUnavailable(f"{program} failed ({lines[0]}); check the URL, the rights and the space.")


def _told(engine: str, database: Database, found, part: Path) -> Backup:
    with part.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Backup(engine, revision(database) or "", found.rows, found.digests, digest, at)


def _manifest(file: Path) -> Backup:
    beside = file.with_name(file.name + ".json")
    try:
        with file.open("rb") as opened:
            digest = file_digest(opened, "sha256").hexdigest()
        taken = Backup(**json.loads(beside.read_text()))
    except OSError as error:
        raise BadRequest(
            f"{file} is no backup: {error.filename} cannot be read ({error.strerror}); name a file that `backup` wrote, "
            f"with {beside.name} beside it."
        ) from error
    except (ValueError, TypeError) as error:
        raise BadRequest(
            f"{file} is no backup: {beside.name} does not say what `backup` writes; use another backup."
        ) from error
    if digest != taken.sha256:
        raise BadRequest(f"{file} was changed since it was taken (its sha256 is another); use another backup.")
    return taken


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as opened:
        os.chmod(file, 0o600)
        opened.write(data)
    _sync(file)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
