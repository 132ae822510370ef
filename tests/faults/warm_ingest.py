"""Ingests to be killed, forked from a process that has loaded all they need: python tests/faults/warm_ingest.py

A line of JSON on stdin asks for one: store, export, and the stage and seconds after whose beginning it is killed (without a
stage it is left alone). A line on stdout says what became of it: the stage it had reached and how long each took.
"""

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from care_metrics.commands import ingest as ingesting
from care_metrics.commands import load, roll_up, taken_files
from care_metrics.privacy.redactor import Redactor
from care_metrics.sources.isolated import read_files
from care_metrics.store import Publication, open_store
from tests.conftest import read_here

STAGES = (
    "looking for files taken before",
    "reading",
    "redacting",
    "storing rows",
    "putting files together",
    "building facts",
    "storing facts",
    "keeping the record",
    "committing",
)
LONGEST_S = 120.0


def main() -> None:
    """Answer line by line; nothing here may start a thread, as a fork would lose it."""
    Redactor().redact(["my name is maria"])
    taken_files._rules()
    for line in sys.stdin:
        print(json.dumps(outcome(json.loads(line))), flush=True)


def outcome(job: dict[str, Any]) -> dict[str, Any]:
    """What became of one ingest: killed or not, the stage it had reached, seconds in each stage that it had left."""
    marks, child_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(marks)
        status = 1
        try:
            at_work(job, lambda stage: os.write(child_end, bytes([stage])))
            status = 0
        finally:
            os._exit(status)
    os.close(child_end)
    reached = list(_followed(marks, child, job))
    os.close(marks)
    _, status = os.waitpid(child, 0)
    took = dict.fromkeys(range(len(STAGES)), 0.0)
    for (stage, begun), (_, ended) in pairwise([*reached, (0, time.monotonic())]):
        took[stage] += ended - begun
    killed = os.WIFSIGNALED(status)
    failed = not killed and os.WEXITSTATUS(status) != 0
    return {"killed": killed, "failed": failed, "reached": reached[-1][0], "took": list(took.values())}


def _followed(marks: int, child: int, job: dict[str, Any]) -> Iterator[tuple[int, float]]:
    """The stages as they begin; the child is killed in the midst of one of them."""
    due, told = time.monotonic() + LONGEST_S, False
    while True:
        ready = select.select([marks], [], [], max(0.0, due - time.monotonic()))[0]
        if not ready and not told:
            os.kill(child, signal.SIGKILL)
            told = True
            due += LONGEST_S
            continue
        found = os.read(marks, 1) if ready else b""
        if not found:
            return
        if found[0] == job["stage"] and not told:
            due = min(due, time.monotonic() + job["after"])
        yield found[0], time.monotonic()


def at_work(job: dict[str, Any], mark: Callable[[int], object]) -> None:
    """The ingest itself, each stage marked as it begins. Files are read in this process, but by a worker where that is at stake."""
    told = {
        (ingesting._Call, "_read"): 1,
        (load, "redacted"): 2,
        (load, "merge_table"): 3,
        (load, "compact"): 4,
        (load.Load, "_record"): 7,
        (Publication, "commit"): 8,
    }
    for (owner, name), stage in told.items():
        setattr(owner, name, _marking(getattr(owner, name), stage, mark))
    built = roll_up.build_facts

    def build_facts(*words: Any) -> Iterator[Any]:
        mark(5)
        for fact in built(*words):
            mark(6)
            yield fact

    roll_up.build_facts = build_facts
    ingesting.read_files = read_files if job["stage"] == 1 else read_here
    mark(0)
    ingesting.ingest(open_store(job["store"]), [job["export"]], "acme")


def _marking(work: Callable[..., Any], stage: int, mark: Callable[[int], object]) -> Callable[..., Any]:
    def marked(*words: Any, **named: Any) -> Any:
        mark(stage)
        return work(*words, **named)

    return marked


if __name__ == "__main__":
    main()
