"""The record of a load says what each file was read as, and `ingest` names what was only read from documentation."""

import json
from pathlib import Path

import pytest

from care_metrics.commands import ingest as room
from care_metrics.commands.ingest import ingest
from care_metrics.commands.run_ingest import run_ingest
from care_metrics.commands.spool import Spool
from care_metrics.store import Store
from tests.conftest import read_here
from tests.sources.test_formats import CALL


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(room, "read_files", read_here)
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "agents.csv").write_text("agent_id,name\na1,Ana\na2,Ben\n")
    (folder / "calls.json").write_text(json.dumps({"conversations": [CALL]}))
    return folder


def noted(store: Store) -> dict[str, str | None]:
    rows = store.read(store.snapshot(), "loads", ["acme"])
    assert rows is not None
    return {Path(row["file"]).name: row.get("format") for row in rows.sort("loaded_at").to_dicts()}


BOTH = {"agents.csv": "csv", "calls.json": "genesys_conversations"}


@pytest.mark.parametrize("most", [250_000, 1], ids=["in memory", "spilled"])
def test_each_file_has_its_format(store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(room, "Spool", lambda folder: Spool(folder, most))
    ingest(store, [str(inbox)], "acme")
    assert noted(store) == BOTH


@pytest.fixture
def as_before(store: Store, inbox: Path) -> Store:
    """A store whose agents were loaded before formats were noted: neither table has the column."""
    append = Store.append
    with pytest.MonkeyPatch.context() as then:
        then.setattr(Store, "append", lambda self, table, rows: append(self, table, rows.drop("format", strict=False)))
        ingest(store, [str(inbox / "agents.csv")], "acme")
    for table in ("loads", "taken_files"):
        rows = store.read(store.snapshot(), table, ["acme"])
        assert rows is not None
        assert "format" not in rows.columns
    return store


def test_a_record_without_the_column_takes_new_loads_and_says_nothing_of_the_old(as_before: Store, inbox: Path) -> None:
    report = ingest(as_before, [str(inbox)], "acme")
    assert {Path(one.file).name: (one.accepted, one.format) for one in report.files} == {
        "agents.csv": (0, None),
        "calls.json": (1, "genesys_conversations"),
    }
    assert noted(as_before) == {"agents.csv": None, "calls.json": "genesys_conversations"}


def test_a_file_that_was_taken_before_is_still_what_it_was_read_as(store: Store, inbox: Path) -> None:
    ingest(store, [str(inbox)], "acme")
    again = ingest(store, [str(inbox)], "acme")
    assert {Path(one.file).name: one.format for one in again.files} == BOTH
    assert sum(one.accepted for one in again.files) == 0


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_command_names_what_was_only_read_from_documentation_once(
    store: Store, inbox: Path, capsys: pytest.CaptureFixture[str], dry_run: bool
) -> None:
    (inbox / "more.json").write_text(json.dumps(CALL | {"conversationId": "g-2"}))
    run_ingest(store.url, [str(inbox)], "acme", None, "auto", None, None, dry_run)
    out, told = capsys.readouterr()
    found = [line for line in told.splitlines() if "not yet seen on a real export" in line]
    assert [line.split(":")[0] for line in found] == ["Genesys Cloud conversation details"]
    assert out == ""


def test_the_command_says_nothing_of_a_format_that_was_tried(
    store: Store, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_ingest(store.url, [str(inbox / "agents.csv")], "acme", None, "auto", None, None, False)
    told = capsys.readouterr().err
    assert "accepted 2" in told
    assert "documentation" not in told
