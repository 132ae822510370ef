"""Many texts redacted by several processes, conversation by conversation; a few are redacted at once."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from care_metrics.errors import RedactionFailed
from care_metrics.privacy.redactor import Redactor

Said = tuple[str, str]
Talk = tuple[Said, ...]
MOST_WORKERS = 3  # of some 450 MB each, whatever the machine's cores: a load stays within 2 GB
CHUNK_TURNS = 2_000  # small enough to spread evenly, big enough for the NER's batches
WORTH_A_CREW = 6_000  # turns; a process takes some seconds to start


@dataclass(frozen=True)
class Result:
    """told: conversation -> its texts redacted; failed: conversation -> what went wrong."""

    told: dict[Talk, tuple[str, ...]] = field(default_factory=dict)
    failed: dict[Talk, str] = field(default_factory=dict)


class Crew:
    """Processes that redact; they start with the first call that is worth it and end with the `with` block."""

    def __init__(self, workers: int, tell: Callable[[float], None] = lambda share: None) -> None:
        self.workers, self._tell = workers, tell
        self._pool: ProcessPoolExecutor | None = None

    def redact(self, redactor: Redactor, talks: Collection[Talk]) -> Result:
        """Distinct conversations, each (speaker, text) pairs in order.

        A conversation that cannot be read is in `failed`, never in `told`; the others are not held up by it.
        """
        chunks = list(_chunks(list(talks)))
        done: Iterator[Result]
        if self.workers < 2 or sum(map(len, talks)) < WORTH_A_CREW:
            done = (_redacted(redactor, chunk) for chunk in chunks)
        else:
            done = self._shared_out(redactor, chunks)
        whole = Result()
        for number, part in enumerate(done, 1):
            self._tell(number / len(chunks))
            whole.told.update(part.told)
            whole.failed.update(part.failed)
        return whole

    def _shared_out(self, redactor: Redactor, chunks: Sequence[Sequence[Talk]]) -> Iterator[Result]:
        self._pool = self._pool or ProcessPoolExecutor(
            self.workers, multiprocessing.get_context("spawn"), initializer=_end_with_parent
        )
        known = (redactor.names, redactor.country, redactor.pseudonym_key)
        waiting = [_handed_in(self._pool, known, chunk) for chunk in chunks]
        for chunk, future in zip(chunks, waiting, strict=True):
            try:
                yield future.result()
            except Exception as error:  # noqa: BLE001 - a process that died takes its texts out of the load
                if isinstance(error, BrokenProcessPool):
                    self._pool = None  # others for the next batch; these take no more work
                yield Result(failed=dict.fromkeys(chunk, type(error).__name__))

    def close(self) -> None:
        """End the processes."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def _handed_in(pool: ProcessPoolExecutor, known: tuple, chunk: Sequence[Talk]) -> Future[Result]:
    try:
        return pool.submit(_at_work, known, chunk)
    except BrokenProcessPool as error:
        failed: Future[Result] = Future()
        failed.set_exception(error)
        return failed


@contextmanager
def crew(workers: int | None = None, tell: Callable[[float], None] = lambda share: None) -> Generator[Crew]:
    """A crew for the block; workers: default one a core, MOST_WORKERS at most; tell: what share of a call's texts is done."""
    hired = Crew(workers or min(MOST_WORKERS, len(os.sched_getaffinity(0))), tell)
    try:
        yield hired
    finally:
        hired.close()


def _chunks(talks: Sequence[Talk]) -> Iterator[list[Talk]]:
    chunk: list[Talk] = []
    size = 0
    for talk in talks:
        chunk.append(talk)
        size += len(talk)
        if size >= CHUNK_TURNS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


_mine: dict[tuple, Redactor] = {}


def _at_work(known: tuple, chunk: Sequence[Talk]) -> Result:
    """One chunk in a process of the crew; the redactor and what it has read are kept for the next."""
    if known not in _mine:
        _mine.clear()
        _mine[known] = Redactor(*known)
    return _redacted(_mine[known], chunk)


def _redacted(redactor: Redactor, chunk: Sequence[Talk]) -> Result:
    """A chunk, in one call where that goes well, else without the conversations at fault."""
    left, failed = list(chunk), {}
    while left:
        speakers = [speaker for talk in left for speaker, _ in talk]
        texts = [text for talk in left for _, text in talk]
        owners = [number for number, talk in enumerate(left) for _ in talk]
        try:
            done = redactor.redact(texts, speakers, [str(number) for number in owners])
        except RedactionFailed as wrong:
            bad = {owners[position] for position in wrong.positions} or set(range(len(left)))
            failed |= {left[number]: wrong.wrong for number in bad}
            left = [talk for number, talk in enumerate(left) if number not in bad]
            continue
        out = iter(done.texts)
        return Result({talk: tuple(next(out) or "" for _ in talk) for talk in left}, failed)
    return Result(failed=failed)


def _end_with_parent() -> None:
    """A command that is killed takes its crew along."""
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
