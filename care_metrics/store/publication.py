"""One publication: lock, roll back leftovers, write tables, then swap the snapshot in a single commit."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir

from filelock import FileLock, Timeout

from care_metrics.errors import StoreBusy, StoreUnreadable
from care_metrics.store.delta import SNAPSHOTS, Store
from care_metrics.store.snapshot import Snapshot

WAIT_S = 2.0


class Publication:
    """A writer's hold on the store; readers see nothing of it until `commit`."""

    def __init__(self, store: Store, base: Snapshot) -> None:
        self.store, self.base = store, base

    def spill(self) -> Path | None:
        """A folder for what does not fit into memory, emptied when the next one begins; None where the store is not local."""
        if not self.store.local:
            return None
        _spill_folder(self.store).mkdir(exist_ok=True)
        return _spill_folder(self.store)

    def commit(self) -> Snapshot:
        """Publish every table as it now stands; the single atomic step of the whole."""
        tables = self.store.versions()
        if tables != self.base.tables:
            self.store.overwrite(SNAPSHOTS, Snapshot(0, tables, datetime.now(UTC)).to_row())
            self.base = self.store.snapshot()
        return self.base


@contextmanager
def publishing(store: Store) -> Generator[Publication]:
    """Hold the store's lock (the kernel frees it when a writer dies) and start from what readers see."""
    lock = FileLock(_lock_file(store))
    try:
        lock.acquire(timeout=WAIT_S)
    except Timeout as error:
        raise StoreBusy(
            f"{store.url}: the store is locked by another ingest, score or erase; wait for it to end and try again."
        ) from error
    except OSError as error:
        raise StoreUnreadable(
            f"{store.url}: the store cannot be written ({error.strerror}); check the folder's rights."
        ) from error
    try:
        base = store.snapshot()
        store.roll_back(base)
        if store.local:
            rmtree(_spill_folder(store), ignore_errors=True)  # what a killed one had put out of memory
        yield Publication(store, base)
    finally:
        lock.release()


def _spill_folder(store: Store) -> Path:
    return Path(store.url) / ".spill"


def _lock_file(store: Store) -> str:
    if store.local:
        Path(store.url).mkdir(parents=True, exist_ok=True)
        return str(Path(store.url) / ".lock")
    name = re.sub(r"\W+", "_", store.url)[:60]
    return str(Path(gettempdir()) / f"care_metrics_{name}_{sha256(store.url.encode()).hexdigest()[:12]}.lock")
