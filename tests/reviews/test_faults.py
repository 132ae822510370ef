import os
import resource
import shutil
import signal
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews import open_database, sqlite
from care_metrics.reviews.engine import Database
from care_metrics.reviews.locate import SQLITE
from care_metrics.reviews.review import history, review_of, save_review

from .conftest import POSTGRES
from .kills import SCOPE, form, kill_writers, write_at_once


@pytest.fixture
def disk_url(request, empty_file, tmp_path):
    """A database on the disk, where a commit takes its time and can be killed within; or on the server."""
    if request.param == "postgres":
        return request.getfixturevalue("server_url")
    shutil.copy(empty_file, tmp_path / "care_metrics.db")
    return SQLITE + str(tmp_path / "care_metrics.db")


@pytest.mark.parametrize("disk_url", ["sqlite", POSTGRES], indirect=True)
def test_nothing_acknowledged_is_lost_to_a_kill(disk_url):
    # D9 in short; 1,000 kills: tests/faults/reviews_kills.py
    tally = kill_writers(disk_url, kills=20)
    assert tally.kills == 20
    assert tally.acknowledged >= 20
    assert (tally.lost, tally.doubled, tally.damaged) == (0, 0, 0)


@pytest.mark.parametrize("disk_url", ["sqlite", POSTGRES], indirect=True)
def test_many_writers_at_once_see_no_lock(disk_url, tmp_path):
    # D10 in short; 8 x 1,000 writes: tests/faults/reviews_kills.py
    load = write_at_once(disk_url, processes=4, writes=50, folder=tmp_path)
    assert load.errors == []
    assert load.rows == load.writes == 200


def refused_then_saved(database, put_right):
    """What a save that fails says, leaving nothing; the same form succeeds once the fault is put right."""
    mine = form("mine")
    with pytest.raises(DatabaseUnavailable, match="Not saved") as caught:
        save_review(SCOPE, database, mine)
    assert "\n" not in str(caught.value)
    assert "INSERT" not in str(caught.value)
    put_right()
    assert review_of(SCOPE, database, "acme", "mine") is None
    saved = save_review(SCOPE, database, mine)
    assert saved.coaching_note == mine.coaching_note
    assert len(history(SCOPE, database, "acme", "mine")) == 1
    return str(caught.value)


def test_a_full_disk_is_told_and_nothing_is_half_saved(file_url, monkeypatch):
    connect = sqlite.connect

    def on_a_full_disk(*asked, **options):
        connection = connect(*asked, **options)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    monkeypatch.setattr(sqlite, "connect", on_a_full_disk)
    database = Database(file_url)
    told = refused_then_saved(database, lambda: monkeypatch.setattr(sqlite, "connect", connect))
    assert "full" in told


@pytest.mark.parametrize("room", [0, 4096, 16384])
def test_a_write_that_the_system_cuts_short_leaves_the_old_file(file_url, room):
    # Unlike max_page_count this fails within write(2), of the journal or of the file, as a disk that fills up does.
    database = Database(file_url)
    save_review(SCOPE, database, form("before"))
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            size = database.path.stat().st_size if room else 0
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))
            for number in range(40):
                save_review(SCOPE, database, form(f"more {number}"))
        except DatabaseUnavailable:
            code = 7
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert sqlite3.connect(database.path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert review_of(SCOPE, database, "acme", "before").coaching_note == form("before").coaching_note


def test_a_missing_folder_is_told_and_nothing_is_made_in_its_place(file_url):
    database = Database(file_url)
    folder, aside = database.path.parent, database.path.parent.with_suffix(".aside")
    folder.rename(aside)
    told = refused_then_saved(database, lambda: aside.rename(folder))
    assert "No such file or directory" in told


def test_a_locked_database_is_told_once_the_wait_is_over(file_url):
    database = Database(file_url, busy_s=0.1)
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    told = refused_then_saved(database, lambda: other.execute("ROLLBACK"))
    assert "database is locked" in told


def test_a_file_that_is_no_database_is_told(memory):
    (memory / "care.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        open_database(SQLITE + str(memory / "care.db"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without the right")
def test_a_file_one_may_only_read_is_told(empty_file):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "care.db"
        shutil.copy(empty_file, path)
        os.chmod(folder, 0o755)
        os.chmod(path, 0o644)
        database = Database(SQLITE + str(path))
        os.seteuid(65534)
        try:
            told = refused_then_saved(database, lambda: os.seteuid(0))
        finally:
            os.seteuid(0)
    assert "readonly" in told


def test_sending_again_after_a_failure_at_commit_is_safe(database):
    # The worst moment: stored, but the answer is lost. The page sends the same form again.
    mine = form("mine")
    save_review(SCOPE, database, mine)
    assert save_review(SCOPE, database, mine).version == 1
    assert save_review(SCOPE, database, replace(mine)).version == 1


@pytest.mark.postgres
def test_a_backend_that_dies_within_a_transaction_is_told(request):
    if not os.environ.get("CARE_METRICS_TEST_POSTGRES"):
        pytest.skip("no CARE_METRICS_TEST_POSTGRES")
    database = Database(request.getfixturevalue("server_url"))
    with pytest.raises(DatabaseUnavailable, match="Not saved"), database.writing() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert save_review(SCOPE, database, form("after")).version == 1
    database.engine.dispose()
