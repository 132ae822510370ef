"""How far a long command is: a bar on a terminal; elsewhere a plain line now and then, so that a log stays short."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

LINE_EVERY_S, FIRST_RATE_S = 15.0, 1.0


class Tell(Protocol):
    """What is being done, how much of it is done, of how much, and what else there is to say."""

    def __call__(self, what: str, done: int, total: int, note: str = "") -> None: ...


def silent(what: str, done: int, total: int, note: str = "") -> None:
    """For whoever does not want to know."""


class Share:
    """Tells of work that is done batch by batch, `ahead` of so many rows at a time."""

    def __init__(self, tell: Callable[[int, int], None], total: int) -> None:
        self._tell, self._total, self._done, self._ahead = tell, total, 0, 0

    def begin(self, rows: int) -> None:
        """The batch before is done, one of so many rows begins."""
        self._done, self._ahead = self._done + self._ahead, rows
        self.of_batch(0)

    def of_batch(self, share: float) -> None:
        """So much of the batch is done: 0 to 1."""
        self._tell(self._done + round(share * self._ahead), self._total)


@contextmanager
def shown_progress() -> Generator[Tell]:
    """A bar for each thing that is done, with counts, rate and time left, on stderr."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
    )
    if not console.is_terminal:
        yield plain_lines()
        return
    with Progress(*columns, console=console) as bars:
        yield _bars(bars)


def _bars(bars: Progress) -> Tell:
    tasks = {}

    def tell(what: str, done: int, total: int, note: str = "") -> None:
        if what not in tasks:
            tasks[what] = bars.add_task(what, total=None, rate="", note="")
        task = tasks[what]
        rate = _rate(_a_second(done, bars.tasks[task].elapsed or 0.0))
        bars.update(task, completed=done, total=total, rate=rate, note=note)

    return tell


def plain_lines(clock: Callable[[], float] = time.monotonic) -> Tell:
    """A line when something has taken long since the last one; what is quick stays unsaid."""
    began: dict[str, tuple[float, int]] = {}
    said = clock()

    def tell(what: str, done: int, total: int, note: str = "") -> None:
        nonlocal said
        now = clock()
        start, before = began.setdefault(what, (now, done))
        if now - said < LINE_EVERY_S:
            return
        said = now
        # What was done when the clock began says nothing of how fast the rest goes.
        rate = _a_second(done - before, now - start)
        left = f"{(total - done) / rate:,.0f} s left" if rate else ""
        parts = (f"{what}: {done:,} of {total:,}", _rate(rate), left, note)
        print(", ".join(part for part in parts if part), file=sys.stderr, flush=True)

    return tell


def _a_second(done: int, seconds: float) -> float:
    return done / seconds if seconds >= FIRST_RATE_S else 0.0


def _rate(a_second: float) -> str:
    # Steps that take seconds each have none worth a number.
    return f"{a_second:,.0f}/s" if a_second >= 1 else ""
