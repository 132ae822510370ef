"""Bring the database to this version's tables: one transaction, so that a killed migration leaves the old ones or the new."""

from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, event, inspect, text

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews import sqlite
from care_metrics.reviews.engine import Database
from care_metrics.reviews.locate import sqlite_path

HEAD = "0005"
MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_263_001  # any number, as long as only this migration uses it


def open_database(url: str) -> Database:
    """The database by URL, created or brought up to date first; one made by a newer version is refused."""
    if path := sqlite_path(url):
        sqlite.prepare(path)
    database = Database(url)
    found = revision(database)
    if found is not None and found > HEAD:
        raise DatabaseUnavailable(
            f"{database.where} has the tables of a newer version ({found}, here {HEAD}); update the program."
        )
    if found != HEAD:
        migrate(url)
    return database


def revision(database: Database) -> str | None:
    """The migration the tables stand at, None before the first."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def migrate(url: str, to: str = HEAD) -> None:
    """Run the migrations up to one (default: all), after whoever else is migrating; does nothing where there is nothing to do."""
    _run(url, "upgrade", to)


def revert(url: str, to: str) -> None:
    """Undo the migrations after one ('base': all of them), and what was kept in their tables."""
    _run(url, "downgrade", to)


def _run(url: str, direction: str, to: str) -> None:
    # Alembic costs 0.1 s to import; a start with tables that are up to date does without.
    from alembic import command
    from alembic.config import Config

    database = _without_foreign_keys(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.writing() as connection:
        if database.path is None:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config.attributes["connection"] = connection
        getattr(command, direction)(config, to)
        _check_foreign_keys(connection)
    database.engine.dispose()


def _without_foreign_keys(url: str) -> Database:
    """SQLite alters a table by copying it, and dropping the old one would empty those that refer to it."""
    database = Database(url)
    if path := database.path:
        sqlite.prepare(path)
        database.engine = create_engine(
            "sqlite://", creator=lambda: sqlite.connect(path, foreign_keys=False), poolclass=NullPool
        )
        event.listen(database.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return database


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise DatabaseUnavailable(
            "The migration would leave rows that refer to nothing; nothing was changed, please report it."
        )
