import os
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews import migrate as migrations
from care_metrics.reviews.content import content
from care_metrics.reviews.engine import Database
from care_metrics.reviews.locate import SQLITE
from care_metrics.reviews.migrate import HEAD, migrate, open_database, revert, revision
from care_metrics.reviews.overrides import map_reason, task_map
from care_metrics.reviews.rows import TaskOfReason
from care_metrics.reviews.sample_tables import METADATA
from care_metrics.scope import operator

from .conftest import POSTGRES

ACME = operator(["acme"])


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request):
    return request.getfixturevalue("file_url" if request.param == "sqlite" else "own_server_url")


def test_the_newest_migration_is_the_one_the_program_asks_for():
    config = Config()
    config.set_main_option("script_location", str(migrations.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_migrations_make_the_tables_the_program_uses(database):
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_undoing_the_last_migration_keeps_what_the_older_tables_hold(database):
    map_reason(ACME, database, TaskOfReason("acme", "billing", "emotional"))
    revert(database.url, "0001")
    assert revision(database) == "0001"
    migrate(database.url)
    assert [one.task for one in task_map(ACME, database)] == ["emotional"]
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_undoing_all_leaves_nothing(database):
    revert(database.url, "base")
    with database.reading() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    migrate(database.url)
    assert revision(database) == HEAD


def test_a_database_of_a_newer_version_is_refused(database):
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable, match="newer version"):
        open_database(database.url)


def test_opening_an_older_one_brings_it_up_to_date(database):
    revert(database.url, "0001")
    open_database(database.url)
    assert revision(database) == HEAD


def test_many_that_open_at_once_make_the_tables_once(memory):
    # Threads share alembic's module state, so this is the harder form of several processes.
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(open_database, [SQLITE + str(memory / "care.db")] * 4))
    assert [revision(one) for one in opened] == [HEAD] * 4


def killed_at(url: str, statement: int) -> bool:
    """Migrate in a child that kills itself before the n-th statement; False where there was none."""
    child = os.fork()
    if child == 0:
        count = iter(range(1_000_000))

        def kill(*_):
            if next(count) == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "before_cursor_execute", kill)
        migrate(url)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_a_killed_migration_leaves_the_old_tables_or_the_new(file_url, memory):
    # From 0001 with a row in it, killed before each statement in turn.
    database = Database(file_url)
    map_reason(ACME, database, TaskOfReason("acme", "billing", "emotional"))
    revert(file_url, "0001")
    old = database.path.read_bytes()
    outcomes = []
    for statement in range(1_000):
        database.path.write_bytes(old)
        killed = killed_at(file_url, statement)
        outcomes.append(revision(database))
        tables = 11 if outcomes[-1] == "0001" else 19
        file = sqlite3.connect(database.path)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone() == (tables,)
        assert len(task_map(ACME, database)) == 1
        if not killed:
            break
    assert len(outcomes) > 10
    assert set(outcomes[:-1]) == {"0001"}
    assert outcomes[-1] == HEAD
    with database.reading() as connection:
        assert content(connection).rows["tasks"] == 1
