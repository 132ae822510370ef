"""Many small files put together, so that reading does not slow down with every load."""

from collections import Counter
from collections.abc import Callable

from care_metrics.store.delta import Store

MOST_FILES = 8  # of one partition; each load adds one, and a rewrite every so many loads costs little


def compact(store: Store, client: str, tell: Callable[[int, int], None] = lambda done, total: None) -> list[str]:
    """Put the files of the client's partitions together that have more than MOST_FILES; the tables that had some.

    For whoever holds the store's lock; tell: how many tables of how many were looked at. Rows and their order stay; old files go with the next `vacuum`.
    """
    names, done = [name for name, _ in store.versions()], list[str]()
    for number, name in enumerate(names, 1):
        done += [name] if _compacted(store, name, client) else []
        tell(number, len(names))
    return done


def _compacted(store: Store, name: str, client: str) -> bool:
    table = store.table(name)
    if table is None or "client" not in table.metadata().partition_columns:
        return False
    mark = f"/client={client}/"
    folders = Counter(uri.rpartition("/")[0] for uri in table.file_uris() if mark in uri)
    crowded = [folder.rpartition("=")[2] for folder, files in folders.items() if files > MOST_FILES]
    if not crowded:
        return False
    filters: list = [("client", "=", client)]
    if "month" in table.metadata().partition_columns:
        filters.append(("month", "in", sorted(crowded)))
    # One at a time: memory is bounded by one partition's files.
    table.optimize.compact(partition_filters=filters, max_concurrent_tasks=1)
    return True
