"""What no snapshot needs any more leaves the disk: older versions, and what killed writers left behind."""

from collections.abc import Iterator
from pathlib import Path

from care_metrics.store.delta import Store


def vacuum(store: Store, older_than_h: int = 0) -> int:
    """Delete data files that the newest versions do not name, and old entries of the logs; the number of files.

    older_than_h: files written or replaced within so many hours stay, for readers of an older snapshot; with 0 those
    lose it, and their next run resolves the newest. For whoever holds the store's lock.
    """
    deleted = 0
    for name, _ in store.versions():
        table = store.table(name)
        if table is None:
            continue
        gone = table.vacuum(retention_hours=older_than_h, dry_run=False, enforce_retention_duration=False, full=True)
        deleted += len(gone)
        table.create_checkpoint()
        table.cleanup_metadata()
    return deleted


def leftovers(store: Store) -> list[str]:
    """Data files of a local store that no newest version names: none after `vacuum`."""
    return sorted(_unnamed(store)) if store.local else []


def _unnamed(store: Store) -> Iterator[str]:
    for name, _ in store.versions():
        table = store.table(name)
        named = {Path(uri).name for uri in table.file_uris()} if table else set()
        for path in Path(store.path(name)).rglob("*.parquet"):
            if "_delta_log" not in path.parts and path.name not in named:
                yield str(path)
