"""A file that was taken whole is known again and not read; a changed one, or one whose rows could come to more, is (I22)."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from care_metrics.commands import ingest as ingesting
from care_metrics.commands.erase import erase
from care_metrics.commands.ingest import IngestReport, Reader, ingest
from care_metrics.commands.load import Load
from care_metrics.commands.retain import Expiry, expire
from care_metrics.sources.isolated import Done, Options
from care_metrics.sources.reading import Reading
from care_metrics.store import Store, publishing
from care_metrics.store.publication import Publication
from tests.conftest import read_here

LEGS = "interaction_id,customer_id,started_at,talk_s,outcome"
Taker = Callable[..., IngestReport]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, in order."""
    names: list[str] = []

    def watched(paths: Sequence[Path], options: Options) -> Iterator[Reading | Done]:
        names.extend(path.name for path in paths)
        return read_here(paths, options)

    monkeypatch.setattr(ingesting, "read_files", watched)
    return names


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "interactions.csv").write_text(
        f"{LEGS}\ni1,c1,2024-05-01T10:00:00Z,60,handled\ni2,c2,2024-05-02T10:00:00Z,70,handled\ni3,c3,soon,80,handled\n"
    )
    (folder / "turns.csv").write_text("interaction_id,turn_no,speaker,text\ni1,1,customer,zebulina quorn here\n")
    return folder


@pytest.fixture
def take(store: Store, inbox: Path) -> Taker:
    def _take(*sources: str, **options: object) -> IngestReport:
        return ingest(store, [str(inbox / one) for one in sources] or [str(inbox)], "acme", **options)

    return _take


def balance(report: IngestReport) -> dict[str, tuple[int, int, int, int]]:
    return {one.table: (one.read, one.accepted, one.duplicate, one.quarantined) for one in report.files}


def talk(store: Store) -> dict[str, float]:
    rows = store.read(store.snapshot(), "interactions", ["acme"])
    assert rows is not None
    return dict(rows.select("interaction_id", "talk_s").rows())


def test_the_second_time_no_file_is_opened_and_every_row_is_accounted_for(
    take: Taker, store: Store, opened: list[str]
) -> None:
    assert balance(take()) == {"interactions": (3, 2, 0, 1), "turns": (1, 1, 0, 0)}
    before = store.snapshot()
    opened.clear()
    again = take()
    assert balance(again) == {"interactions": (3, 0, 2, 1), "turns": (1, 0, 1, 0)}
    assert opened == []
    assert store.snapshot() == before
    assert again.version == before.version


def test_a_file_that_came_to_the_inbox_is_read_and_the_others_are_not(
    take: Taker, inbox: Path, opened: list[str]
) -> None:
    take()
    opened.clear()
    (inbox / "interactions-2.csv").write_text(f"{LEGS}\ni9,c9,2024-05-03T10:00:00Z,60,handled\n")
    assert [one.accepted for one in take().files if one.file.endswith("-2.csv")] == [1]
    assert opened == ["interactions-2.csv"]


def test_a_changed_file_of_the_same_size_is_read(take: Taker, inbox: Path, store: Store) -> None:
    take()
    path = inbox / "interactions.csv"
    path.write_text(path.read_text().replace(",60,", ",61,"))
    take()
    assert talk(store)["i1"] == 61


def test_rows_of_an_erased_customer_are_set_aside_and_not_called_duplicates(
    take: Taker, store: Store, opened: list[str]
) -> None:
    take()
    with publishing(store) as publication:
        erase(publication, "acme", "c1")
    assert balance(take()) == {"interactions": (3, 0, 1, 2), "turns": (1, 0, 0, 1)}
    opened.clear()
    assert balance(take("interactions.csv")) == {"interactions": (3, 0, 1, 2)}
    assert opened == [], "once judged anew it is known again"
    assert "i1" not in talk(store)


def test_what_retention_removed_is_no_duplicate(take: Taker, store: Store) -> None:
    from datetime import UTC, datetime

    take()
    with publishing(store) as publication:
        expire(publication, "acme", Expiry(datetime(2024, 5, 2, tzinfo=UTC)))
    assert balance(take())["interactions"] == (3, 1, 1, 1)


def test_another_format_mapping_start_or_client_takes_it_anew(
    take: Taker, inbox: Path, store: Store, opened: list[str]
) -> None:
    take("turns.csv")
    opened.clear()
    mapping = inbox.parent / "turns.yaml"
    mapping.write_text(
        "label: x\nformat: csv\ntables: {turns: {columns: "
        "{interaction_id: interaction_id, turn_no: turn_no, speaker: speaker, text: text}}}\n"
    )
    take("turns.csv", reader=Reader(format="csv"))
    ingest(store, [str(inbox / "turns.csv")], "beta")
    take("turns.csv", reader=Reader(mapping=mapping))
    assert opened == ["turns.csv"] * 3


def test_a_name_learnt_since_is_looked_for_in_the_old_file(
    take: Taker, inbox: Path, store: Store, opened: list[str]
) -> None:
    take("turns.csv")
    (inbox / "agents.csv").write_text("agent_id,name\na1,Zebulina Quorn\n")
    take("agents.csv")
    take("turns.csv")
    rows = store.read(store.snapshot(), "turns", ["acme"])
    assert rows is not None
    assert rows["text"].to_list() == ["<name> here"]
    opened.clear()
    take("turns.csv")
    assert opened == []


def test_a_name_that_comes_with_a_new_file_is_looked_for_in_the_old_ones_of_the_call(
    take: Taker, inbox: Path, store: Store
) -> None:
    take()
    (inbox / "customers.csv").write_text("customer_id,start_at,name\nc1,2024-01-01T00:00:00Z,Zebulina Quorn\n")
    take()
    rows = store.read(store.snapshot(), "turns", ["acme"])
    assert rows is not None
    assert rows["text"].to_list() == ["<name> here"]


def test_new_rules_read_it_once_more_and_then_know_it(
    take: Taker, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    take()
    monkeypatch.setattr("care_metrics.commands.taken_files._rules", lambda: "newer")
    opened.clear()
    assert balance(take())["interactions"] == (3, 0, 2, 1)
    assert opened == ["interactions.csv", "turns.csv"]
    opened.clear()
    take()
    assert opened == []


def test_an_overruled_file_wins_again_when_it_is_read_last(take: Taker, inbox: Path, store: Store) -> None:
    (inbox / "interactions-2.csv").write_text(f"{LEGS}\ni1,c1,2024-05-01T10:00:00Z,99,handled\n")
    take("interactions.csv")
    take("interactions-2.csv")
    assert talk(store)["i1"] == 99
    take("interactions.csv")
    assert talk(store)["i1"] == 60


def test_a_file_outread_in_its_own_call_wins_when_it_is_read_alone(take: Taker, inbox: Path, store: Store) -> None:
    (inbox / "interactions-2.csv").write_text(f"{LEGS}\ni1,c1,2024-05-01T10:00:00Z,99,handled\n")
    # By name interactions-2.csv comes first, so that interactions.csv has the last word.
    take()
    assert talk(store)["i1"] == 60
    take("interactions-2.csv")
    assert talk(store)["i1"] == 99


@pytest.mark.parametrize("step", [(Load, "_record"), (Publication, "commit")], ids=["before its record", "after it"])
def test_a_first_run_that_was_cut_off_is_not_taken_for_done(
    take: Taker, store: Store, opened: list[str], monkeypatch: pytest.MonkeyPatch, step: tuple[type, str]
) -> None:
    with monkeypatch.context() as broken:

        def cut(*_: object) -> None:
            raise KeyboardInterrupt

        broken.setattr(*step, cut)
        with pytest.raises(KeyboardInterrupt):
            take()
    opened.clear()
    assert balance(take()) == {"interactions": (3, 2, 0, 1), "turns": (1, 1, 0, 0)}
    assert opened == ["interactions.csv", "turns.csv"]


def test_a_table_that_could_not_be_searched_is_tried_again(
    take: Taker, store: Store, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from care_metrics.privacy.redactor import Redactor

    def fail(*_: object) -> None:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr(Redactor, "_spans", fail)
        assert take().refused
    opened.clear()
    assert balance(take())["turns"] == (1, 1, 0, 0)
    assert "turns.csv" in opened


def test_a_dry_run_reads_what_was_taken(take: Taker, opened: list[str]) -> None:
    take()
    opened.clear()
    take(dry_run=True)
    assert len(opened) == 2


def test_the_record_names_nobody(take: Taker, store: Store, inbox: Path) -> None:
    (inbox / "interactions.csv").rename(inbox / "interactions-zebulina.csv")
    take()
    rows = store.read(store.snapshot(), "taken_files", ["acme"])
    assert rows is not None
    assert "zebulina" not in str(rows.rows())
