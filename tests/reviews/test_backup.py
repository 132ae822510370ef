import threading

import pytest

from care_metrics.errors import BadRequest, DatabaseUnavailable
from care_metrics.reviews import audit
from care_metrics.reviews.backup import backup, restore
from care_metrics.reviews.content import content
from care_metrics.reviews.engine import Database
from care_metrics.reviews.locate import SQLITE
from care_metrics.reviews.migrate import HEAD, open_database, revert, revision
from care_metrics.reviews.review import reviews, save_review
from care_metrics.reviews.rows import AuditEntry

from .conftest import named, on_server
from .kills import SCOPE, form


@pytest.fixture
def elsewhere(database, memory):
    """A URL of the same kind where no database is yet."""
    if database.path:
        yield SQLITE + str(memory / "restored" / "care_metrics.db")
    else:
        on_server("CREATE DATABASE restored")
        yield named("restored")
        on_server("DROP DATABASE restored WITH (FORCE)")


def held(url):
    database = Database(url)
    with database.reading() as connection:
        found = content(connection)
    database.engine.dispose()
    return found


def test_the_drill(database, memory, elsewhere):
    # D17: what comes back is what was there, row for row, and works.
    for number in range(5):
        save_review(SCOPE, database, form(f"k{number}"))
    audit.note(SCOPE, database, AuditEntry("view transcript", "acme", "k1"))
    taken = backup(database.url, memory / "monday")
    assert (taken.rows["reviews"], taken.rows["audit"], taken.revision) == (5, 1, HEAD)
    assert restore(memory / "monday", elsewhere) == taken
    assert held(elsewhere) == held(database.url)
    restored = Database(elsewhere)
    assert revision(restored) == HEAD
    save_review(SCOPE, restored, form("later"))
    assert [one.key for one in reviews(SCOPE, restored)] == ["k0", "k1", "k2", "k3", "k4", "later"]
    restored.engine.dispose()


def test_a_backup_taken_while_others_write_holds_one_instant(database, memory, elsewhere):
    done = threading.Event()

    def write():
        number = 0
        while not done.is_set():
            save_review(SCOPE, database, form(f"k{number}"))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        taken = [backup(database.url, memory / f"{number}") for number in range(3)]
    finally:
        done.set()
        writer.join()
    restore(memory / "2", elsewhere)
    kept = [one.key for one in reviews(SCOPE, Database(elsewhere))]
    assert kept == [f"k{number}" for number in range(taken[2].rows["reviews"])]


def test_a_backup_taken_before_an_update_comes_back_and_is_updated_then(database, memory, elsewhere):
    if not database.path:
        pytest.skip("the server's one database is everybody's")
    audit.note(SCOPE, database, AuditEntry("view transcript", "acme", "k1"))
    revert(database.url, "0001")
    assert backup(database.url, memory / "monday").revision == "0001"
    assert restore(memory / "monday", elsewhere).rows["audit"] == 1
    assert revision(open_database(elsewhere)) == HEAD


def test_nothing_is_ever_written_over(database, memory, elsewhere):
    taken = backup(database.url, memory / "monday")
    with pytest.raises(BadRequest, match="exists already"):
        backup(database.url, memory / "monday")
    save_review(SCOPE, database, form("newer"))
    with pytest.raises(BadRequest, match="already"):
        restore(memory / "monday", database.url)
    assert held(database.url).rows["reviews"] == 1
    assert taken.rows["reviews"] == 0


def test_a_backup_that_was_changed_is_refused(file_url, memory):
    backup(file_url, memory / "monday")
    data = bytearray((memory / "monday").read_bytes())
    data[len(data) // 2] ^= 1
    (memory / "monday").write_bytes(data)
    with pytest.raises(BadRequest, match="changed since"):
        restore(memory / "monday", SQLITE + str(memory / "new.db"))
    assert not (memory / "new.db").exists()


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [(None, r"monday\.json cannot be read \(No such file"), ("{}", "does not say"), ("no json", "does not say")],
    ids=["missing", "empty", "garbage"],
)
def test_a_file_without_its_manifest_is_no_backup(file_url, memory, manifest, reason):
    backup(file_url, memory / "monday")
    (memory / "monday.json").unlink()
    if manifest is not None:
        (memory / "monday.json").write_text(manifest)
    with pytest.raises(BadRequest, match=f"is no backup: .*{reason}"):
        restore(memory / "monday", SQLITE + str(memory / "new.db"))


def test_a_damaged_database_is_not_copied_as_if_it_were_sound(file_url, memory):
    database = Database(file_url)
    for number in range(30):
        save_review(SCOPE, database, form(f"k{number}"))
    with database.path.open("r+b") as file:
        file.seek(database.path.stat().st_size // 2)
        file.write(b"\xff" * 8192)
    with pytest.raises(DatabaseUnavailable):
        backup(file_url, memory / "monday")
    assert not list(memory.glob("monday*"))


def test_a_damaged_index_is_noticed_though_every_row_can_be_read(file_url, memory):
    database = Database(file_url)
    for number in range(3):
        save_review(SCOPE, database, form(f"k{number}"))
    with database.reading() as connection:
        size = connection.exec_driver_sql("PRAGMA page_size").scalar()
        root = "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'reviews' AND sql IS NULL AND name LIKE '%_1'"
        start = (connection.exec_driver_sql(root).scalar() - 1) * size
    data = bytearray(database.path.read_bytes())
    place = data.index(b"k1", start, start + size)
    data[place : place + 2] = b"zz"
    database.path.write_bytes(data)
    with pytest.raises(DatabaseUnavailable, match="damaged"):
        backup(file_url, memory / "monday")


def test_a_backup_to_a_place_that_is_not_there_is_told(file_url, memory):
    with pytest.raises(DatabaseUnavailable):
        backup(file_url, memory / "missing" / "monday")


def test_a_backup_of_one_kind_is_not_restored_to_the_other(file_url, memory):
    backup(file_url, memory / "monday")
    with pytest.raises(BadRequest, match="backup of sqlite"):
        restore(memory / "monday", "postgresql+psycopg://nowhere/x")


def test_the_copy_is_its_owners_only(file_url, memory):
    backup(file_url, memory / "monday")
    assert (memory / "monday").stat().st_mode & 0o777 == 0o600
