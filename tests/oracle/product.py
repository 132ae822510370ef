"""The product as an operator drives it: its command line, run in this process, and its answers as cells."""

import contextlib
import io
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .recount import COUNTS, Answer, Cell, Question

TOLERANCE = 1e-9
NUMBERS = ("n", "n_invalid", "n_missing", "n_immature")


class RefusedError(AssertionError):
    """The command line exited with an error; the message is what it printed."""


def run(*words: str) -> str:
    """What `python -m care_metrics WORDS` prints to stdout; raises RefusedError unless it exits 0."""
    from care_metrics.__main__ import main

    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["care_metrics", *words]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main()
    finally:
        sys.argv = before
    if code:
        raise RefusedError(f"exit {code}: {err.getvalue() or out.getvalue()}")
    return out.getvalue()


def ingest(store: Path, folder: Path, client: str, zone: str) -> None:
    run("ingest", str(folder), "--client", client, "--timezone", zone, "--store", str(store))


def options(question: Question, clients: Sequence[str]) -> list[str]:
    """The question as options of the `kpis` command."""
    words = ["--min-n", str(question.min_n), "--format", "json"]
    words += [word for client in clients for word in ("--client", client)]
    words += [word for dimension in question.by for word in ("--by", dimension)]
    words += [word for name, values in question.where for value in values for word in ("--where", f"{name}={value}")]
    for option, moment in (("--from", question.start), ("--to", question.end), ("--as-of", question.as_of)):
        words += [option, moment.isoformat()] if moment else []
    return words


def ask(store: Path, names: Sequence[str], question: Question, clients: Sequence[str]) -> dict[str, Answer]:
    """KPI -> cells by group, from the JSON that the command line prints."""
    return cells(names, question, json.loads(run("kpis", *names, "--store", str(store), *options(question, clients))))


def opened(store: Path, clients: Sequence[str]) -> Callable[[Sequence[str], Question], dict[str, Answer]]:
    """As `ask`, for many questions: the entry point behind the command line, on a warehouse opened once."""
    from care_metrics.access import warehouse_of
    from care_metrics.filters import Filters
    from care_metrics.measure import measure
    from care_metrics.scope import operator
    from care_metrics.store import open_store

    place, scope = open_store(str(store)), operator(clients)
    house = warehouse_of(place, place.snapshot(), scope)

    def asking(names: Sequence[str], question: Question) -> dict[str, Answer]:
        filters = Filters(question.start, question.end, question.where, question.as_of)
        return cells(names, question, measure(house, scope, names, filters, question.by, question.min_n).to_dicts())

    return asking


def cells(names: Sequence[str], question: Question, rows: Sequence[Mapping[str, Any]]) -> dict[str, Answer]:
    """KPI -> cells by group; no group twice, no value that is no number."""
    found: dict[str, Answer] = {name: {} for name in names}
    for row in rows:
        group = tuple(row[dimension] for dimension in question.by)
        assert group not in found[row["kpi"]], f"two cells for {row['kpi']} {group}"
        assert row["value"] is None or math.isfinite(row["value"]), f"{row['kpi']} {group} is {row['value']}"
        found[row["kpi"]][group] = Cell(row["value"], *(row[name] for name in NUMBERS), state=row["state"])
    assert question.by or all(len(answer) == 1 for answer in found.values()), "a KPI without its element"
    return found


def differences(name: str, expected: Answer, found: Answer) -> list[str]:
    """One line a cell that disagrees; a group nobody counts anything in may be left out by either."""
    lines = []
    for group in sorted(expected.keys() | found.keys(), key=str):
        nothing = ZERO if name in COUNTS else NOTHING
        one, other = expected.get(group, nothing), found.get(group, nothing)
        if not alike(one, other):
            lines.append(f"{name} {group}: expected {shown(one)}, found {shown(other)}")
    return lines


NOTHING, ZERO = Cell(None, state="no_data"), Cell(0.0, state="ok")


def alike(one: Cell, other: Cell) -> bool:
    if (one.value is None) != (other.value is None):
        return False
    near = one.value is None or math.isclose(one.value, other.value, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return near and all(getattr(one, name) == getattr(other, name) for name in (*NUMBERS, "state"))


def shown(cell: Cell) -> str:
    numbers: dict[str, Any] = {name: getattr(cell, name) for name in NUMBERS if getattr(cell, name)}
    return f"{cell.value} {cell.state} " + " ".join(f"{name}={value}" for name, value in numbers.items())
