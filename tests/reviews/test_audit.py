from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from care_metrics.errors import DatabaseUnavailable, NotAllowed
from care_metrics.reviews.audit import after_note, entries, note
from care_metrics.reviews.engine import Database
from care_metrics.reviews.locate import SQLITE
from care_metrics.reviews.rows import AuditEntry
from care_metrics.scope import NOBODY, operator

VIEW = AuditEntry("view transcript", "acme", "c1")
EXPORT = AuditEntry("export", "acme", filters=(("site", "bog"),), rows=120, snapshot=7, digest="ab12")


def test_an_export_is_told_in_full_and_signed_by_the_scope(database, as_role):
    note(as_role("executive", reader="eve"), database, EXPORT)
    [entry] = entries(as_role("admin"), database)
    assert (entry.who, entry.role, entry.what, entry.client) == ("eve", "executive", "export", "acme")
    assert (entry.filters, entry.rows, entry.snapshot, entry.digest) == ((("site", "bog"),), 120, 7, "ab12")
    assert abs(entry.at - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_nothing_in_the_log_is_changed_or_taken_out(database, statement):
    note(operator(["acme"]), database, VIEW)
    refused = pytest.raises((IntegrityError, DatabaseUnavailable), match="insert-only")
    with refused, database.writing() as connection:
        connection.execute(text(statement))
    assert [entry.who for entry in entries(operator(["acme"]), database)] == ["operator"]


def test_no_entry_no_transcript(memory):
    # T17: the log is down, so the content is never made.
    shown = []
    gone = Database(SQLITE + str(memory / "gone.db"))
    with pytest.raises(DatabaseUnavailable):
        after_note(operator(["acme"]), gone, VIEW, lambda: shown.append("transcript"))
    assert shown == []


def test_the_entry_stands_before_the_content_is_made(database, as_role):
    seen = after_note(as_role("qa_lead"), database, VIEW, lambda: entries(as_role("admin"), database))
    assert [entry.contact for entry in seen] == ["c1"]


def test_an_attempt_on_a_foreign_client_is_recorded_and_so_is_a_strangers(database, as_role):
    note(as_role("client", "globex", reader="mal"), database, AuditEntry("refused", "acme", "c1"))
    note(NOBODY, database, AuditEntry("refused"))
    assert [entry.who for entry in entries(as_role("admin"), database)] == ["nobody", "mal"]


def test_an_administrator_reads_of_their_own_clients_only(database, as_role):
    note(operator(["acme"]), database, VIEW)
    assert entries(as_role("admin", "globex"), database) == []
    for role in ("executive", "qa_lead", "client", "agent"):
        with pytest.raises(NotAllowed):
            entries(as_role(role), database)


def test_the_newest_come_first_and_can_be_asked_for(database, as_role):
    for contact in ("c1", "c2", "c3"):
        note(as_role("qa_lead", reader="ana"), database, AuditEntry("view transcript", "acme", contact))
    note(as_role("executive", reader="eve"), database, EXPORT)
    admin = as_role("admin")
    assert [one.contact for one in entries(admin, database, what="view transcript", limit=2)] == ["c3", "c2"]
    assert len(entries(admin, database, who="eve")) == 1
    assert entries(admin, database, since=datetime.now(UTC) + timedelta(hours=1)) == []
    assert len(entries(admin, database, client="acme")) == 4


def test_hostile_text_is_kept_as_text(database):
    note(operator(["acme"]), database, AuditEntry("export", "acme", "'; DROP TABLE audit --\0", (("a", "\ud83d"),)))
    [entry] = entries(operator(["acme"]), database)
    assert (entry.contact, entry.filters) == ("'; DROP TABLE audit --", (("a", ""),))
