"""Writers to one SQLite file take turns in the order they came; SQLite's own waiting sleeps, and some sleep for seconds.

Measured with 8 processes that write without pause: a wait of 9 s at worst without turns, at 10 s comes the error.
"""

import fcntl
import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from care_metrics.errors import DatabaseUnavailable


@contextmanager
def turn(path: Path, wait_s: float) -> Generator[None]:
    """Hold the file's turn; the kernel passes it on when its holder ends or dies. DatabaseUnavailable after wait_s.

    The lock is on the folder: one on the database itself would, when it is closed, take SQLite's own locks with it.
    """
    waiting = _Waiting(os.open(path.parent, os.O_RDONLY))
    if not waiting.until(wait_s):
        raise DatabaseUnavailable(
            f"Not saved: {path} is locked, another writer has held it for {wait_s:g} s; try again, or ask an administrator."
        )
    try:
        yield
    finally:
        os.close(waiting.folder)


class _Waiting:
    """One place in the queue. The kernel's queue knows no time limit, so a thread waits in it."""

    def __init__(self, folder: int) -> None:
        self.folder, self.settled = folder, threading.Lock()
        self.held, self.given_up = threading.Event(), False
        threading.Thread(target=self._queue, daemon=True).start()

    def until(self, wait_s: float) -> bool:
        """Whether the turn came in time; one that comes later is passed on at once."""
        self.held.wait(wait_s)
        with self.settled:
            self.given_up = not self.held.is_set()
        return not self.given_up

    def _queue(self) -> None:
        fcntl.flock(self.folder, fcntl.LOCK_EX)
        with self.settled:
            if not self.given_up:
                self.held.set()
                return
        os.close(self.folder)
