"""A rejected row waits until it is repaired: it can be written out, and leaves the list once its key has come in."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from care_metrics.commands import ingest as room
from care_metrics.commands.ingest import IngestReport, ingest
from care_metrics.commands.line import app
from care_metrics.commands.quarantine import write_out
from care_metrics.commands.spool import Spool
from care_metrics.commands.taken_files import Taken
from care_metrics.errors import BadRequest
from care_metrics.store import Store
from tests.conftest import leg

Load = Callable[..., IngestReport]


def waiting(store: Store) -> list[tuple[str, int]]:
    rows = store.read(store.snapshot(), "quarantine", ["acme"])
    return [] if rows is None else sorted(rows.select("table", "line").rows())


@pytest.fixture
def centre(load: Load, store: Store) -> Store:
    load(
        interactions=[leg(1), leg(2, outcome="unsure"), leg(3, started_at="soon")],
        turns=[
            {"interaction_id": "i1", "turn_no": 1, "speaker": "somebody", "text": "my card is 4111 1111 1111 1111"},
            {"interaction_id": "i1", "turn_no": 2, "speaker": "agent", "text": "fine"},
        ],
    )
    return store


def test_rows_written_out_and_repaired_come_in_and_leave_the_list(centre: Store, tmp_path: Path) -> None:
    assert waiting(centre) == [("interactions", 3), ("interactions", 4), ("turns", 2)]
    written, kept = write_out(centre, "acme", tmp_path / "repair")
    assert (written, kept) == ({"interactions": 2, "turns": 1}, 0)
    for file in (tmp_path / "repair").iterdir():
        text = file.read_text().replace("unsure", "handled").replace("somebody", "customer")
        file.write_text(text)
    report = ingest(centre, [str(tmp_path / "repair")], "acme")
    assert {entry.table: (entry.accepted, entry.quarantined) for entry in report.files} == {
        "interactions": (1, 1),
        "turns": (1, 0),
    }
    assert report.files[0].unknown_columns == ("why_rejected",)
    assert [table for table, _ in waiting(centre)] == ["interactions"] * 2, (
        "the row that is still wrong, from both files"
    )
    turns = centre.read(centre.snapshot(), "turns", ["acme"])
    assert turns is not None
    assert turns.sort("turn_no")["text"].to_list() == ["my card is <card>", "fine"]


def test_a_repaired_export_clears_its_rows_without_the_way_round(centre: Store, load: Load) -> None:
    load(interactions=[leg(1), leg(2), leg(3)])
    assert waiting(centre) == [("turns", 2)]


def test_a_repair_is_published_though_its_row_was_in_already(centre: Store, load: Load) -> None:
    load(interactions=[leg(2)])
    before = centre.snapshot().version
    load(interactions=[leg(2), leg(2, outcome="maybe")])
    assert waiting(centre) == [("interactions", 3), ("interactions", 4), ("turns", 2)]
    report = load(interactions=[leg(2), leg(9)])
    assert report.files[0].duplicate == 1
    assert waiting(centre) == [("interactions", 4), ("turns", 2)]
    assert centre.snapshot().version > before


@pytest.mark.parametrize("most", [250_000, 10])
def test_delivered_again_the_good_row_beside_it_repairs_nothing(
    load: Load, store: Store, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """The rejected row may be the newer one: nobody has looked at it, and the same delivery says nothing new."""
    monkeypatch.setattr(room, "Spool", lambda folder: Spool(folder, most))
    first = load(
        interactions=[*(leg(number) for number in range(30)), leg(1, outcome="maybe")], agents=[{"agent_id": "a1"}]
    )
    assert [(one.table, one.quarantined) for one in first.files] == [("interactions", 1), ("agents", 0)]
    for known in (True, False):
        again = ingest(store, [str(Path(first.files[0].file).parent)], "acme")
        assert (again.version, waiting(store)) == (first.version, [("interactions", 32)])
        for one in again.files:
            assert (one.accepted, one.duplicate + one.quarantined) == (0, one.read)
        if known:
            # As after an update of the rules: every file is read once more.
            monkeypatch.setattr("care_metrics.commands.ingest.taken_before", lambda *_: Taken({}))
    load(interactions=[leg(1, outcome="abandoned")])
    assert waiting(store) == []


def test_a_file_that_is_there_is_not_written_over(centre: Store, tmp_path: Path) -> None:
    write_out(centre, "acme", tmp_path / "repair")
    with pytest.raises(BadRequest, match="is there already"):
        write_out(centre, "acme", tmp_path / "repair")


def test_the_command_says_where_the_rows_are(centre: Store, tmp_path: Path) -> None:
    words = ["quarantine", "--client", "acme", "--output", str(tmp_path / "out"), "--store", centre.url]
    done = CliRunner().invoke(app, words)
    assert "interactions.jsonl: 2 rows" in done.stdout
    rows = [json.loads(line) for line in (tmp_path / "out" / "interactions.jsonl").read_text().splitlines()]
    assert {row["why_rejected"].split()[0] for row in rows} == {"outcome", "started_at"}
