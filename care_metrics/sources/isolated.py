"""Untrusted files read in a process of their own: one that eats memory, hangs or crashes costs only itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from care_metrics.errors import FileRefused
from care_metrics.sources.mapping_file import load
from care_metrics.sources.readers import check_format
from care_metrics.sources.reading import Reading
from care_metrics.sources.worker_process import GoneError, TooSlowError, WorkerProcess

FILES_A_WORKER = 500  # then a fresh one, so that what a library leaks does not add up


@dataclass(frozen=True)
class Done:
    """The end of one file: all its readings have been yielded, or it is refused and they are to be dropped.

    proposal: a draft of a mapping, where one was asked for and the file's columns were not recognised.
    """

    file: Path
    refused: FileRefused | None = None
    proposal: str | None = None


@dataclass(frozen=True)
class Options:
    """What the operator says about every file of a call; the fields mean what they mean in `Source`."""

    client: str
    timezone: str = "UTC"
    format: str = "auto"
    mapping: Path | None = None
    started_at: datetime | None = None
    propose: bool = False


def check(options: Options) -> None:
    """UnknownName or FileRefused if the options themselves are wrong: the format, or the mapping file."""
    check_format(options.format)
    if options.mapping:
        load(options.mapping)


def read_files(paths: Sequence[Path], options: Options) -> Iterator[Reading | Done]:
    """For each path its readings, piece by piece and in bounded memory, then Done.

    A worker reads many files in turn; the one at which it dies is refused and a new worker goes on behind it.
    Wrong options are refused at once, as by `check`.
    """
    check(options)
    left = list(paths)
    while left:
        with WorkerProcess(_job(left[:FILES_A_WORKER], options)) as worker:
            for position, path in enumerate(left[:FILES_A_WORKER]):
                started = False
                try:
                    for reading in worker.readings(path):
                        started = True
                        yield reading
                    done = Done(path)
                except FileRefused as refusal:
                    done = Done(path, refusal, worker.proposal)
                except GoneError as gone:
                    # In a worker that has read other files before, the fault may be theirs: try once more alone.
                    again = position > 0 and not started and not isinstance(gone, TooSlowError)
                    left = left[position:] if again else left[position + 1 :]
                    if not again:
                        yield Done(path, FileRefused(path, str(gone)))
                    break
                yield done
            else:
                left = left[FILES_A_WORKER:]


def _job(paths: Sequence[Path], options: Options) -> dict[str, Any]:
    return {
        "paths": [str(path) for path in paths],
        "client": options.client,
        "timezone": options.timezone,
        "format": options.format,
        "propose": options.propose,
        "mapping": options.mapping and str(options.mapping),
        "started_at": options.started_at and options.started_at.isoformat(),
    }
