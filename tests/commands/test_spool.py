"""A load too big for memory comes to the same as a small one: whole conversations, newest versions, every row counted."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from care_metrics.commands import ingest as room
from care_metrics.commands.ingest import IngestReport
from care_metrics.commands.spool import Spool
from care_metrics.sources.read import read
from care_metrics.store import Store
from care_metrics.store.own_tables import FACTS
from tests.conftest import leg

Load = Callable[..., IngestReport]
TURNS = [
    {"interaction_id": f"i{number % 40}", "turn_no": number // 40, "speaker": "customer", "text": text}
    for number, text in enumerate(["it is 4111 1111"] * 40 + ["1111 1111"] * 40 + ["and zebulina said so"] * 40)
]


def filled(load: Load) -> list[tuple[str, int, int, int]]:
    """Two loads with corrections, rejected rows and a refused file; the account of the second."""
    legs = [leg(number, updated_at="2024-06-01T00:00:00Z") for number in range(40)]
    load(interactions=legs[:30], turns=TURNS[:20])
    newer = [
        leg(number, talk_s=7, updated_at="2024-06-02T00:00:00Z", started_at="2024-07-01T10:00:00Z")
        for number in range(5)
    ]
    report = load(
        interactions=[*newer, *legs, leg(50, outcome="unsure"), leg(51, started_at="never")],
        turns=TURNS,
        surveys=[{"survey_id": "s1", "nps": 11}, {"survey_id": "s2", "nps": 9, "comment": "mail a@b.org"}],
        customers=[{"customer_id": "c1", "start_at": "2024-01-01T00:00:00Z", "name": "Zebulina Quorn"}],
        agents=[],
    )
    assert [error.file.rsplit("/", 1)[-1] for error in report.refused] == ["agents.csv"]
    return sorted((entry.table, entry.read, entry.accepted, entry.quarantined) for entry in report.files)


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    snapshot = store.snapshot()
    found = {}
    for table in ("interactions", "turns", "surveys", "customers", "quarantine", "redactions", *FACTS):
        rows = store.read(snapshot, table, ["acme"])
        assert rows is not None, table
        plain = rows.drop("loaded_at", "built_from", "file", strict=False)
        found[table] = sorted(plain.select(sorted(plain.columns)).rows(), key=str)
    return found


@pytest.fixture
def small_memory(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def _set(rows: int) -> None:
        monkeypatch.setattr(room, "Spool", lambda folder: Spool(folder, rows))

    return _set


def test_a_spilled_load_stores_what_one_in_memory_does(
    load: Load, store: Store, small_memory: Callable[[int], None], tmp_path: Path
) -> None:
    told = filled(load)
    whole = content(store)
    store_folder = Path(store.url)
    store_folder.rename(tmp_path / "other")
    for most in (60, 10):
        small_memory(most)
        assert filled(load) == told
        assert content(store) == whole
        store_folder.rename(tmp_path / f"other{most}")


def test_texts_are_redacted_with_their_conversation_though_its_rows_lie_apart(
    load: Load, store: Store, small_memory: Callable[[int], None]
) -> None:
    small_memory(10)
    filled(load)
    turns = store.read(store.snapshot(), "turns", ["acme"])
    assert turns is not None
    assert set(turns["text"]) == {"it is <card>", "<card>", "and <name> said so"}


def test_a_refused_file_leaves_nothing_though_it_was_spilled(tmp_path: Path) -> None:
    path = tmp_path / "turns.csv"
    pl.DataFrame(TURNS).write_csv(path)
    [reading] = read(path, client="acme")
    with Spool(tmp_path, in_memory=10) as spool:
        for kept in (False, True, False):
            spool.take(reading)
            (spool.keep if kept else spool.drop)()
        back = [one for batch in spool.batches() for one in batch]
    assert sum(one.rows.height + one.quarantined.height for one in back) == reading.read
    assert pl.concat([one.rows for one in back]).drop("file").sort("line").equals(reading.rows.sort("line"))


def test_the_file_has_no_name_and_is_gone_with_the_process(tmp_path: Path) -> None:
    path = tmp_path / "turns.csv"
    pl.DataFrame(TURNS).write_csv(path)
    folder = tmp_path / "spool"
    folder.mkdir()
    with Spool(folder, in_memory=10) as spool:
        spool.take(read(path, client="acme")[0])
        assert spool._file.begun
        assert list(folder.iterdir()) == []
