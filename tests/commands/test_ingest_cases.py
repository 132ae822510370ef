"""Cases of ingest that only the whole command shows: refusals keep the snapshot, repeats are no-ops, clients are never guessed."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from care_metrics.commands import ingest as ingesting
from care_metrics.commands.ingest import IngestReport, ingest
from care_metrics.errors import BadClient, FileRefused
from care_metrics.schema import Table
from care_metrics.sources import canonical_csv
from care_metrics.sources.reading import Reading
from care_metrics.store import Store
from tests.conftest import leg, read_here

Load = Callable[..., IngestReport]
HEADER = "interaction_id,started_at,outcome"
ROW = "i1,2024-05-01T10:00:00Z,handled"


def refusal(store: Store, path: Path) -> str:
    report = ingest(store, [str(path)], "acme")
    assert not report.files
    [error] = report.refused
    assert isinstance(error, FileRefused)
    return str(error)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER + "\n", "has no rows"),
        ("", "is empty"),
        (HEADER + ",interaction_id\n" + ROW + ",i2\n", "interaction_id"),
        ("sep=;\n" + HEADER.replace(",", ";") + "\n" + ROW.replace(",", ";") + "\n", "dialect"),
        (HEADER + "\n" + ROW.replace("2024-05-01T10:00:00Z", "03/04/2026") + "\n", "no row that can be taken"),
    ],
    ids=["I2 header only", "I3 empty", "I4 doubled column", "I5 semicolons", "I11 ambiguous dates"],
)
def test_a_file_that_cannot_be_taken_keeps_the_snapshot(
    load: Load, store: Store, tmp_path: Path, text: str, says: str
) -> None:
    load(interactions=[leg(1)])
    before = store.snapshot()
    path = tmp_path / "interactions.csv"
    path.write_text(text)
    assert says in refusal(store, path)
    assert store.snapshot() == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("absent.csv", "cannot be found"),
        ("x" * 300 + ".csv", "File name too long"),
        ("", "is a folder without files"),
    ],
    ids=["I3 absent", "I21 300 characters", "I3 empty folder"],
)
def test_what_is_no_file_keeps_the_snapshot(load: Load, store: Store, tmp_path: Path, name: str, says: str) -> None:
    load(interactions=[leg(1)])
    before = store.snapshot()
    (tmp_path / "inbox").mkdir()
    assert says in refusal(store, tmp_path / "inbox" / name)
    assert store.snapshot() == before


def test_a_panic_in_one_file_lets_the_next_be_taken(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I17: the panic of a native library passes by `except Exception`."""
    whole = canonical_csv.validate

    def panics(raw: pl.DataFrame, table: Table, file: str, unknown: list[str]) -> Reading:
        if "bad" in file:
            raise pl.exceptions.PanicException("range end index 5 out of range")
        return whole(raw, table, file, unknown)

    monkeypatch.setattr(canonical_csv, "validate", panics)
    monkeypatch.setattr(ingesting, "read_files", read_here)
    for name in ("interactions-bad.csv", "interactions-good.csv"):
        (tmp_path / name).write_text(f"{HEADER}\n{ROW}\n")
    report = ingest(store, [str(tmp_path / "interactions-bad.csv"), str(tmp_path / "interactions-good.csv")], "acme")
    assert [Path(one.file).name for one in report.files] == ["interactions-good.csv"]
    assert [Path(error.file).name for error in report.refused] == ["interactions-bad.csv"]


def test_leading_zeros_of_an_agent_reach_the_numbers(load: Load, measured: Callable[..., list[dict]]) -> None:
    """I12."""
    load(interactions=[leg(1, agent_id="00123"), leg(2, agent_id="123")])
    assert {row["agent_id"]: row["value"] for row in measured("handled", by=("agent_id",))} == {"00123": 1, "123": 1}


def test_durations_that_cannot_be_leave_handle_time_and_are_counted(
    load: Load, measured: Callable[..., list[dict]]
) -> None:
    """I13: a leg that ends before it starts keeps its durations."""
    wrong = ("NaN", "inf", "-20", "1e308", "864000")
    load(
        interactions=[leg(0, ended_at="2024-04-01T00:00:00Z"), *(leg(k, talk_s=bad) for k, bad in enumerate(wrong, 1))]
    )
    [row] = measured("aht")
    assert (row["value"], row["n"], row["n_invalid"]) == (360.0, 1, len(wrong))


def test_i6_utf_16_is_refused_and_never_read_as_garbage(store: Store, tmp_path: Path) -> None:
    """I6."""
    path = tmp_path / "interactions.csv"
    path.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-16")
    assert refusal(store, path)
    assert store.snapshot().version == 0


def test_i22_the_same_rows_in_another_file_add_nothing_and_a_newer_version_wins(load: Load, store: Store) -> None:
    """I22; test_taken_files has the same file twice."""
    load(interactions=[leg(1, updated_at="2024-05-02T00:00:00Z")])
    first = store.snapshot()
    again = load(interactions=[leg(1, updated_at="2024-05-02T00:00:00Z")])
    assert (again.files[0].read, again.files[0].duplicate) == (1, 1)
    assert store.snapshot() == first
    load(
        interactions=[
            leg(1, talk_s=99, updated_at="2024-05-03T00:00:00Z"),
            leg(1, talk_s=1, updated_at="2024-05-01T00:00:00Z"),
        ]
    )
    rows = store.read(store.snapshot(), "interactions", ["acme"])
    assert rows is not None
    assert rows["talk_s"].to_list() == [99]


@pytest.mark.parametrize("near", ["Acme", "ACME", "acme ", "аcme", "../acme", "ac me", ""])
def test_i24_a_near_miss_of_a_client_is_refused_and_makes_none(load: Load, store: Store, near: str) -> None:
    """I24."""
    load(interactions=[leg(1)])
    with pytest.raises(BadClient):
        load(near, interactions=[leg(2)])
    assert set(store.clients(store.snapshot())) == {"acme"}


def test_i25_a_client_named_in_a_row_neither_chooses_nor_makes_a_tenant(load: Load, store: Store) -> None:
    """I24, and I25: test_publication has the rows that would reach the store for another client."""
    report = load(interactions=[leg(1, client="beta")])
    assert report.files[0].unknown_columns == ("client",)
    assert set(store.clients(store.snapshot())) == {"acme"}
    assert store.read(store.snapshot(), "interactions", ["beta"]).is_empty()
