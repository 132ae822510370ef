"""Damaged files of every format through the whole ingest: refused or accounted for, redacted, published, never a traceback."""

import random
from pathlib import Path

from care_metrics.commands.ingest import ingest
from care_metrics.store import Store
from tests.sources.damage import damaged
from tests.sources.exports_invented import FILES

TIMES = 3


def test_whatever_is_broken_the_call_ends_with_an_account(store: Store, tmp_path: Path) -> None:
    chance = random.Random(5)
    export = tmp_path / "export"
    for number in range(TIMES):
        for name, content in FILES.items():
            folder = export / str(number)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(damaged(content, chance.getrandbits(32)))
    first = ingest(store, [str(export)], "acme")
    assert {entry.file for entry in first.files} | {error.file for error in first.refused} == {
        str(path) for path in export.rglob("*") if path.is_file()
    }
    for entry in first.files:
        assert entry.duplicate >= 0
        assert entry.read == entry.accepted + entry.duplicate + entry.quarantined
    again = ingest(store, [str(export)], "acme")
    assert sum(entry.accepted for entry in again.files) == 0, "a second delivery of the same files adds nothing"
    assert again.version == first.version, "and takes nothing away, not even off the list of rejected rows"
    for entry in again.files:
        assert entry.read == entry.accepted + entry.duplicate + entry.quarantined
    assert {str(error) for error in again.refused} == {str(error) for error in first.refused}
