import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from care_metrics.errors import BadClient, StoreBusy
from care_metrics.store import Store, publishing


def rows(*names: str, month: str = "2024-05") -> pl.DataFrame:
    return pl.DataFrame(
        {"client": "acme", "month": month, "interaction_id": list(names), "loaded_at": datetime(2024, 6, 1, tzinfo=UTC)}
    )


def publish(store: Store, frame: pl.DataFrame, table: str = "interactions") -> int:
    with publishing(store) as publication:
        store.overwrite("clients", pl.DataFrame({"client": ["acme"], "timezone": ["UTC"], "simulated": [False]}))
        store.replace(table, frame, "acme", ["2024-05"])
        return publication.commit().version


def names(store: Store, table: str = "interactions") -> list[str]:
    found = store.read(store.snapshot(), table, ["acme"])
    return [] if found is None else sorted(found["interaction_id"])


def test_an_empty_store_is_snapshot_0_and_holds_nothing(store: Store) -> None:
    assert store.snapshot().version == 0
    assert store.clients(store.snapshot()) == {}
    assert not Path(store.url).exists(), "opening a store must not create it"


def test_readers_keep_the_old_snapshot_until_the_commit(store: Store) -> None:
    publish(store, rows("a"))
    with publishing(store) as publication:
        store.replace("interactions", rows("b", "c"), "acme", ["2024-05"])
        assert names(store) == ["a"]
        publication.commit()
    assert names(store) == ["b", "c"]


def test_a_snapshot_stays_readable_after_the_next_one(store: Store) -> None:
    publish(store, rows("a"))
    old = store.snapshot()
    publish(store, rows("b"))
    found = store.read(old, "interactions", ["acme"])
    assert found is not None
    assert found["interaction_id"].to_list() == ["a"]


def test_what_a_killed_publication_left_is_rolled_back_by_the_next(store: Store) -> None:
    publish(store, rows("a"))
    with publishing(store):
        store.replace("interactions", rows("torn"), "acme", ["2024-05"])
        store.append("loads", rows("torn").drop("month"))
    assert names(store) == ["a"]
    with publishing(store) as publication:
        assert store.read_now("interactions", ["acme"])["interaction_id"].to_list() == ["a"]
        assert store.read_now("loads", ["acme"]).is_empty()
        store.replace("surveys", rows("s"), "acme", ["2024-05"])
        publication.commit()
    assert names(store) == ["a"]


def test_a_publication_without_changes_makes_no_snapshot(store: Store) -> None:
    first = publish(store, rows("a"))
    with publishing(store) as publication:
        assert publication.commit().version == first


def test_two_writers_exclude_each_other_and_a_dead_one_frees_the_lock(store: Store) -> None:
    script = (
        "import sys, time\nfrom care_metrics.store import open_store, publishing\n"
        "with publishing(open_store(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)"
    )
    writer = subprocess.Popen([sys.executable, "-c", script, store.url], stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "held"
        begun = time.monotonic()
        with pytest.raises(StoreBusy, match="locked by another"), publishing(store):
            pass
        assert time.monotonic() - begun < 5
    finally:
        writer.kill()
        writer.wait()
    with publishing(store) as publication:
        assert publication.base.version == 0


def test_replacing_one_client_leaves_the_other_alone(store: Store) -> None:
    publish(store, rows("a"))
    other = rows("b").with_columns(client=pl.lit("zeta"))
    with publishing(store) as publication:
        store.replace("interactions", other, "zeta", ["2024-05"])
        publication.commit()
    assert names(store) == ["a"]
    assert all("/client=acme/" in file for file in store.files(store.snapshot(), "interactions", ["acme"]))


@pytest.mark.parametrize("known", [False, True], ids=["new table", "old table"])
def test_rows_that_name_another_client_are_refused_and_not_quoted(store: Store, known: bool) -> None:
    """I25: Delta takes them where the table is new, and quotes them where it refuses them."""
    if known:
        publish(store, rows("a"))
    mixed = pl.concat([rows("b"), rows("secret").with_columns(client=pl.lit("zeta"))])
    with pytest.raises(BadClient, match=r"'zeta' were to be stored for 'acme'; nothing was published\.$"):
        publish(store, mixed)
    assert names(store) == (["a"] if known else [])


def test_the_log_keeps_no_statistics_of_personal_columns(store: Store) -> None:
    publish(store, rows("someone@example.test"))
    logs = "".join(path.read_text() for path in Path(store.path("interactions"), "_delta_log").glob("*.json"))
    assert "someone@example.test" not in logs


def test_a_killed_ingest_leaves_the_old_snapshot_or_the_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """I26; tests/faults/ingest_kills.py has the many."""
    from tests.faults import ingest_kills

    monkeypatch.setattr(ingest_kills, "LEGS", 5)
    assert ingest_kills.killed(kills=2, seed=2, seconds=600)


def test_what_a_killed_publication_put_out_of_memory_goes_with_the_next(store: Store) -> None:
    with publishing(store) as publication:
        spill = publication.spill()
        assert spill is not None
        (spill / "care_metrics_facts_x").mkdir()
    with publishing(store):
        assert not spill.exists()
