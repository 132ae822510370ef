"""Many small loads leave few files, the same rows, and nothing of an erased customer."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from care_metrics.commands.erase import erase
from care_metrics.store import Store, publishing
from care_metrics.store.compaction import MOST_FILES
from tests.conftest import leg

TABLES = ("interactions", "turns", "loads")


def files_a_partition(store: Store, client: str) -> int:
    snapshot = store.snapshot()
    uris = [uri for table in TABLES for uri in store.files(snapshot, table, [client])]
    return max(Counter(uri.rpartition("/")[0] for uri in uris).values())


def day(number: int) -> dict[str, list[dict[str, object]]]:
    said = {"interaction_id": f"i{number}", "turn_no": 1, "speaker": "customer", "text": f"qwortle {number}"}
    return {"interactions": [leg(number)], "turns": [said]}


def test_every_day_a_small_load_leaves_few_files_and_every_row(load: Callable, store: Store) -> None:
    load("beta", **day(1))
    beta = [store.files(store.snapshot(), table, ["beta"]) for table in TABLES]
    for number in range(2 * MOST_FILES + 3):
        load(**day(number))
        assert files_a_partition(store, "acme") <= MOST_FILES + 1
    for table in ("interactions", "turns", "facts_leg"):
        rows = store.read(store.snapshot(), table, ["acme"], ["interaction_id"])
        assert rows is not None
        assert sorted(rows["interaction_id"]) == sorted(f"i{number}" for number in range(2 * MOST_FILES + 3))
    assert [store.files(store.snapshot(), table, ["beta"]) for table in TABLES] == beta


def test_erasure_reaches_what_was_put_together_and_what_it_was_before(load: Callable, store: Store) -> None:
    for number in range(MOST_FILES + 2):
        load(**day(number))
    with publishing(store) as publication:
        proof = erase(publication, "acme", "c3")
    assert proof.left == 0
    rows = store.read(store.snapshot(), "turns", ["acme"])
    assert rows is not None
    assert rows.height == MOST_FILES + 1
    for path in Path(store.url).rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"qwortle 3" not in content, path
        assert b"i3" not in content or path.suffix == ".parquet", path
    everything = [
        str(found.rows())
        for table in store.versions()
        if (found := store.read(store.snapshot(), table[0], ["acme"])) is not None
    ]
    assert not any("'i3'" in text or "'c3'" in text for text in everything)
