import sqlite3
import threading

import pytest
from sqlalchemy import text

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews import sqlite
from care_metrics.reviews.engine import Database
from care_metrics.reviews.locate import SQLITE


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_wal_only_where_its_reset_race_is_fixed(version, mode):
    assert sqlite.journal_mode(version) == mode


def pragma(database, name):
    with database.reading() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_each_connection_is_durable_and_checked(file_url):
    database = Database(file_url)
    wanted = sqlite.journal_mode()
    assert pragma(database, "journal_mode") == wanted.lower()
    assert pragma(database, "synchronous") == (2 if wanted == "WAL" else 3)
    assert pragma(database, "foreign_keys") == 1
    assert pragma(database, "secure_delete") == 1
    assert pragma(database, "busy_timeout") == 10_000


def test_a_database_left_in_wal_is_taken_out_of_it(memory):
    path = memory / "wal.db"
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE t (a)")
    other.close()
    assert pragma(Database(SQLITE + str(path)), "journal_mode") == sqlite.journal_mode().lower()


@pytest.mark.skipif(sqlite.journal_mode() == "WAL", reason="this SQLite is fixed")
def test_a_wal_database_that_another_program_holds_is_refused(memory):
    path = memory / "wal.db"
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("CREATE TABLE t (a)")
    with pytest.raises(DatabaseUnavailable, match=r"journal mode wal|locked"):
        pragma(Database(SQLITE + str(path), busy_s=0.1), "user_version")
    other.close()


def test_a_write_begins_as_a_writer_so_that_no_lock_is_upgraded(file_url):
    database = Database(file_url, busy_s=0.05)
    other_program = sqlite3.connect(database.path, timeout=0, isolation_level=None)
    with database.writing() as first:
        first.execute(text("SELECT 1"))  # not a write yet, but the lock is held already
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other_program.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable, match="locked"), database.writing():
            pass
        with database.reading() as second:  # and readers are not kept waiting
            assert second.scalar(text("SELECT count(*) FROM targets")) == 0


def test_a_reading_transaction_cannot_write(database):
    with pytest.raises(DatabaseUnavailable), database.reading() as connection:
        connection.execute(text("DELETE FROM targets"))


def test_a_missing_file_is_an_error_and_no_empty_database(memory):
    database = Database(SQLITE + str(memory / "gone.db"))
    with pytest.raises(DatabaseUnavailable, match="Not saved"), database.writing():
        pass
    assert not (memory / "gone.db").exists()


def test_a_file_put_in_place_of_another_is_the_one_written_to(file_url, empty_file):
    # A pooled connection would go on writing into the old file, which no name leads to any more.
    database = Database(file_url)
    with database.writing() as connection:
        connection.execute(text("SELECT 1"))
    database.path.unlink()
    database.path.write_bytes(empty_file.read_bytes())
    with database.writing() as connection:
        insert(connection)
    assert sqlite3.connect(database.path).execute("SELECT count(*) FROM tasks").fetchone() == (1,)


def insert(connection, reason="billing"):
    row = {"reason": reason}
    connection.execute(text("INSERT INTO tasks VALUES ('acme', :reason, 'emotional', 'me', '2026-01-01')"), row)


def failing(database):
    with database.writing() as connection:
        insert(connection)
        raise ZeroDivisionError


def test_what_fails_within_a_transaction_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError):
        failing(database)
    with database.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM tasks")) == 0


def test_threads_share_one_database(database):
    def write(number):
        with database.writing() as connection:
            insert(connection, str(number))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM tasks")) == 12


def test_no_password_in_a_message():
    database = Database("postgresql+psycopg://care:hunter2@127.0.0.1:1/reviews", busy_s=2)
    with pytest.raises(DatabaseUnavailable) as caught, database.reading():
        pass
    assert "hunter2" not in str(caught.value)
    assert "127.0.0.1:1/reviews" in str(caught.value)
