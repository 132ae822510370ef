"""Cases of ingest that only the whole command shows: refusals keep the snapshot, repeats are no-ops, clients are never guessed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from care_metrics.commands.ingest import IngestReport, ingest
from care_metrics.errors import BadClient, FileRefused
from care_metrics.store import Store
from tests.conftest import leg

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
        ("sep=;\n" + HEADER.replace(",", ";") + "\n" + ROW.replace(",", ";") + "\n", ""),
        (HEADER + "\n" + ROW.replace("2024-05-01T10:00:00Z", "03/04/2026") + "\n", "no row that can be taken"),
    ],
    ids=["i2 header only", "i3 empty", "i4 doubled column", "i5 semicolons", "i11 ambiguous dates"],
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


def test_i6_utf_16_is_refused_and_never_read_as_garbage(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "interactions.csv"
    path.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-16")
    assert refusal(store, path)
    assert store.snapshot().version == 0


def test_i22_the_same_rows_in_another_file_add_nothing_and_a_newer_version_wins(load: Load, store: Store) -> None:
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
    load(interactions=[leg(1)])
    with pytest.raises(BadClient):
        load(near, interactions=[leg(2)])
    assert set(store.clients(store.snapshot())) == {"acme"}


def test_i25_a_client_named_in_a_row_neither_chooses_nor_makes_a_tenant(load: Load, store: Store) -> None:
    report = load(interactions=[leg(1, client="beta")])
    assert report.files[0].unknown_columns == ("client",)
    assert set(store.clients(store.snapshot())) == {"acme"}
    assert store.read(store.snapshot(), "interactions", ["beta"]).is_empty()
