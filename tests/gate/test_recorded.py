"""No transcript and no export without its line in the audit log; what administrators see of it."""

import json
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.errors import DatabaseUnavailable, NotAllowed
from care_metrics.reviews import audit, open_database
from care_metrics.reviews.engine import Database
from care_metrics.reviews.rows import AuditEntry, Reader
from care_metrics.scope import operator
from care_metrics.store import Store
from care_metrics.ui import database
from tests.gate.conftest import words_of
from tests.gate.marked import MARKERS, foreign

Opened = Callable[..., AppTest]
OPERATOR = operator(MARKERS)
CONTACTS = "pages/qa/contacts.py"
MINE, THEIRS = "quorix_air/quorix-q0", "vexalia_bank/vexalia-v0"
CLIENT = {"role": "client", "as_client": "quorix_air"}


def log(rights_file: Path, what: str | None = None) -> list:
    return audit.entries(OPERATOR, open_database(str(rights_file)), what=what)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """After its call the database takes nothing more, as on a full disk; reading goes on."""

    @contextmanager
    def refused(self: Database) -> Generator[None]:
        raise DatabaseUnavailable("Not saved: the disk is full.")
        yield

    return lambda: monkeypatch.setattr(Database, "writing", refused)


def rows_of(app: AppTest, name: str) -> list:
    [table] = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.key == name]
    return table["rows"]


def transcripts(app: AppTest) -> list[str]:
    return [one.key for one in app.get("bidi_component") if one.key.startswith("transcript_")]


def test_a_viewing_is_on_record_once_with_who_and_what(opened: Opened, rights: Path, centre: Store) -> None:
    app = opened(CONTACTS, **CLIENT, contact=MINE)
    assert transcripts(app)
    app.run()
    [entry] = log(rights, "view transcript")
    assert (entry.who, entry.role, entry.client, entry.contact) == ("demo client", "client", "quorix_air", "quorix-q0")
    assert entry.snapshot == centre.snapshot().version


def test_the_record_is_written_before_the_transcript_is_read(opened: Opened, rights: Path, monkeypatch) -> None:
    from care_metrics.ui import cached

    seen = []
    real = cached.transcript
    monkeypatch.setattr(
        cached, "transcript", lambda *given: seen.append(len(log(rights, "view transcript"))) or real(*given)
    )
    opened(CONTACTS, role="qa_lead", contact=MINE)
    assert seen == [1]


def test_whoever_is_quoted_is_on_record_before_the_quote_is_shown(opened: Opened, rights: Path, full_disk) -> None:
    app = opened("pages/account/client_review.py", **CLIENT)
    assert not app.exception
    assert "voices" in {one.key for one in app.get("bidi_component")}
    noted = log(rights, "quote transcript")
    assert noted
    assert {entry.client for entry in noted} == {"quorix_air"}
    assert not foreign(words_of(app), "quorix_air", "vexalia_bank")
    full_disk()
    silent = opened("pages/account/client_review.py", **CLIENT)
    assert "voices_unrecorded" in {one.key for one in silent.get("bidi_component")}
    assert "quorix_text" not in words_of(silent)


def test_while_the_log_is_down_numbers_stand_and_transcripts_do_not(opened: Opened, rights: Path, full_disk) -> None:
    """T17."""
    opened()
    full_disk()
    app = opened(CONTACTS, role="qa_lead", contact=MINE)
    assert not app.exception
    assert transcripts(app) == []
    assert "unrecorded" in {one.key for one in app.get("bidi_component")}
    assert "quorix_text" not in words_of(app)
    card = opened(role="qa_lead")
    assert not card.exception
    assert "care" in {one.key for one in card.get("bidi_component")}


def test_while_the_database_is_gone_the_same_holds(opened: Opened, rights: Path) -> None:
    rights.write_bytes(b"no database")
    rights.chmod(stat.S_IRUSR)
    database._open.clear()
    app = opened(CONTACTS, role="qa_lead", contact=MINE)
    assert not app.exception
    assert transcripts(app) == []


@pytest.mark.parametrize("contact", [THEIRS, "vexalia_bank/none", "quorix_air/none", "x" * 5_000, "\x00/\x00"])
def test_a_guessed_contact_is_not_found_and_on_record(opened: Opened, rights: Path, contact: str) -> None:
    """T5: what exists elsewhere and what exists nowhere get the same answer."""
    app = opened(CONTACTS, **CLIENT, contact=contact)
    assert not app.exception
    assert "not_found" in {one.key for one in app.get("bidi_component")}
    assert transcripts(app) == []
    [entry] = log(rights, "ask for an unknown contact")
    assert entry.client is None
    assert len(entry.contact or "") <= 200


def test_an_administrator_reads_the_log_and_nobody_else(opened: Opened, rights: Path) -> None:
    opened(CONTACTS, role="qa_lead", contact=MINE)
    app = opened("pages/admin/audit.py", role="admin")
    assert not app.exception
    [[_when, who, what, whose]] = rows_of(app, "audit")
    assert (who["text"], who["note"]) == ("demo qa_lead", "QA lead")
    assert what["text"] == "viewed a transcript"
    assert (whose["text"], whose["note"]) == ("Quorix Air", "quorix-q0")
    assert [box.label for box in app.main.selectbox] == ["What was done", "Client"], "no period narrows the log"
    for role in ("executive", "client", "qa_lead"):
        with pytest.raises(NotAllowed):
            audit.entries(OPERATOR.__class__(frozenset(MARKERS), reader="x", role=role), open_database(str(rights)))  # ty: ignore


def test_who_was_let_in_is_told_as_it_was_written(opened: Opened, rights: Path) -> None:
    let_in = (("reader", "ana.f@example.org"), ("role", "executive"), ("clients", "every client"))
    audit.note(OPERATOR, open_database(str(rights)), AuditEntry("grant", filters=let_in))
    [row] = rows_of(opened("pages/admin/audit.py", role="admin"), "audit")
    assert row[2]["note"] == "Reader: ana.f@example.org · Role: Executive · Clients: Every client"


def test_an_export_is_told_in_the_readers_words(opened: Opened, rights: Path) -> None:
    database = open_database(str(rights))
    for what in ("export contacts:nps (csv)", "export numbers (xlsx)", "export verdicts"):
        audit.note(OPERATOR, database, AuditEntry(what, rows=12, digest="277089d91c0bdf4f"))
    app = opened("pages/admin/audit.py", role="admin")
    told = [row[2]["text"] for row in rows_of(app, "audit")]
    assert told == [
        "export verdicts",
        "took away the numbers of a page (XLSX)",
        "took away the contacts behind Net Promoter Score (CSV)",
    ]
    assert rows_of(app, "audit")[2][2]["note"] == "Rows: 12 · SHA-256 begins: 277089d91c0b"
    app.main.selectbox[0].set_value("export").run()
    assert len(rows_of(app, "audit")) == 3
    app.main.selectbox[0].set_value("view transcript").run()
    assert "audit_none" in {one.key for one in app.get("bidi_component")}


def test_rights_are_given_and_taken_on_the_page_and_on_record(opened: Opened, rights: Path) -> None:
    app = opened("pages/admin/access.py")
    assert not app.exception
    email, _agent, _team, issuer = app.text_input
    email.set_value("Ana@Example.org")
    issuer.set_value("https://id.example.org")
    next(box for box in app.selectbox if box.label == "Role").set_value("client")
    app.multiselect[0].set_value(["quorix_air"])
    app.button[0].click().run()
    assert not app.exception
    assert [row[0]["text"] for row in rows_of(app, "access")] == ["ana@example.org"]
    assert [entry.what for entry in log(rights)] == ["grant right"]
    next(box for box in app.selectbox if box.label == "Reader").select_index(0)
    app.button[1].click().run()
    assert [row[3]["text"] for row in rows_of(app, "access")] == ["taken away"]
    assert [entry.what for entry in log(rights)] == ["revoke right", "grant right"]


def test_a_wrong_grant_says_why_and_changes_nothing(opened: Opened, rights: Path) -> None:
    app = opened("pages/admin/access.py")
    app.button[0].click().run()
    assert not app.exception
    assert "failed" in {one.key for one in app.get("bidi_component")}
    assert log(rights) == []


def test_the_command_line_lets_the_first_administrator_in(rights: Path) -> None:
    from care_metrics.commands.grant import run_grant, run_revoke
    from care_metrics.reviews.rows import Identity
    from care_metrics.reviews.sign_in import scope_of
    from care_metrics.scope import NOBODY

    found = open_database(str(rights))
    adam = Identity("https://id", "s1", "Adam@example.org", True)
    assert scope_of(found, adam, MARKERS) == NOBODY
    run_grant(None, "adam@example.org", "admin", "https://id", [], True, ())
    assert scope_of(found, adam, MARKERS).role == "admin"
    run_grant(None, "adam@example.org", "client", "https://id", ["quorix_air"], False, ())
    assert scope_of(found, adam, MARKERS).clients == {"quorix_air"}
    run_revoke(None, "adam@example.org")
    assert scope_of(found, adam, MARKERS) == NOBODY


def test_an_export_is_made_at_the_click_by_who_still_may(opened: Opened, rights: Path, monkeypatch, centre) -> None:
    """E5, E9: its line with rows, snapshot and hash is there before the bytes are."""
    import streamlit as st

    from care_metrics.reviews.rows import Identity
    from care_metrics.scope import Scope
    from care_metrics.ui import reader, recorded
    from care_metrics.ui.cached import Edition
    from care_metrics.ui.entrance import exports
    from care_metrics.ui.entrance.cookie import Login

    found = open_database(str(rights))
    from care_metrics.reviews import rights as room

    granted = room.grant(OPERATOR, found, Reader("https://id", "s1", "ana@example.org", "client", ("quorix_air",)))
    login = Login(Identity("https://id", "s1", "ana@example.org", True), "token")
    scope = Scope(frozenset({"quorix_air"}), "client", "ana@example.org", "client")
    made: list[Callable[[], bytes]] = []
    monkeypatch.setattr(reader, "login", lambda: login)
    monkeypatch.setattr(st, "download_button", lambda label, data, *_given, **_named: made.append(data))
    view = _view(scope, Edition(centre, centre.snapshot()))
    recorded.download(view, "XLSX", "q.xlsx", lambda: (b"bytes", len(log(rights, "export pack")) + 7), "pack")
    assert log(rights, "export pack") == [], "drawn is not taken"
    assert made[0]() == b"bytes"
    [entry] = log(rights, "export pack")
    assert (entry.client, entry.rows, entry.snapshot) == ("quorix_air", 7, centre.snapshot().version)
    assert entry.digest == "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"
    assert (entry.digest, "https://id", "s1") in exports._owners
    room.revoke(OPERATOR, found, granted.id or 0)
    with pytest.raises(NotAllowed):
        made[0]()
    assert len(log(rights, "export pack")) == 1


def _view(scope, edition):
    from datetime import UTC, date, datetime

    from care_metrics.filters import Filters
    from care_metrics.ui.periods import Data
    from care_metrics.ui.view import View

    return View(
        scope, edition, Data(date(2026, 1, 1), date(2026, 7, 1)), datetime.now(UTC), Filters(), None, "all", "none"
    )
