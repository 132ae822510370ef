"""Small hand-made centres: rows in, a published store or measured frames out."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import hypothesis
import polars as pl
import pytest

from care_metrics.access import warehouse_of
from care_metrics.commands import ingest as ingesting
from care_metrics.commands.ingest import IngestReport, ingest
from care_metrics.errors import FileRefused
from care_metrics.filters import Filters
from care_metrics.measure import measure
from care_metrics.scope import operator
from care_metrics.sources.isolated import Done, Options
from care_metrics.sources.read import pieces
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.store import Store, open_store

# What a property says does not depend on how busy the machine is.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

Rows = Sequence[Mapping[str, object]]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End as the commands do: the native thread pools of the data libraries now and then abort a process that is done."""
    session = config.pluginmanager.get_plugin("session")
    if session is not None and not hasattr(config, "workerinput"):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(session.exitstatus))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "store"))


def read_here(paths: Sequence[Path], options: Options) -> Iterator[Reading | Done]:
    """What read_files does, without a process of its own: for tests of what comes after the reading."""
    for path in paths:
        refused = None
        try:
            yield from pieces(Source(path, options.client, options.timezone), options.format)
        except FileRefused as refusal:
            refused = refusal
        yield Done(path, refused)


def loader(store: Store, folder: Path) -> Callable[..., IngestReport]:
    """load(client='acme', zone='UTC', interactions=[...], turns=[...]) writes CSV files below the folder and ingests them.

    They are read in this process; tests of the reading itself call `ingest`.
    """
    calls = iter(range(1000))

    def _load(client: str = "acme", zone: str | None = None, **tables: Rows) -> IngestReport:
        export = folder / f"export{next(calls)}"
        export.mkdir()
        for table, rows in tables.items():
            columns = list(dict.fromkeys(name for row in rows for name in row))
            cells = {name: ["" if row.get(name) is None else str(row[name]) for row in rows] for name in columns}
            pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String)).write_csv(export / f"{table}.csv")
        with pytest.MonkeyPatch.context() as here:
            here.setattr(ingesting, "read_files", read_here)
            return ingest(store, [str(export)], client, zone)

    return _load


@pytest.fixture
def load(store: Store, tmp_path: Path) -> Callable[..., IngestReport]:
    return loader(store, tmp_path)


def copied(made: Store, store: Store) -> Store:
    """What a module has made once, as a store of one test's own."""
    shutil.copytree(made.url, store.url)
    return store


@pytest.fixture
def measured(store: Store) -> Callable[..., list[dict[str, object]]]:
    """measured('nps', by=('site',)) -> the rows of the answer as dicts, minimum n 1 unless said otherwise."""

    def _measured(
        *names: str,
        by: Sequence[str] = (),
        filters: Filters | None = None,
        min_n: int | None = 1,
        clients: Sequence[str] = (),
    ) -> list[dict[str, object]]:
        snapshot = store.snapshot()
        scope = operator(clients or store.clients(snapshot))
        house = warehouse_of(store, snapshot, scope)
        return measure(house, scope, names, filters or Filters(), by, min_n).to_dicts()

    return _measured


def leg(number: int, **values: object) -> dict[str, object]:
    """A handled inbound voice leg on the given number, at noon of a day in May 2024, with harmless values."""
    day = 1 + number % 28
    return {
        "interaction_id": f"i{number}",
        "customer_id": f"c{number}",
        "agent_id": "a1",
        "site": "north",
        "channel": "voice",
        "direction": "inbound",
        "reason": "billing",
        "started_at": f"2024-05-{day:02d}T12:00:00Z",
        "ended_at": f"2024-05-{day:02d}T12:06:00Z",
        "queue_s": 10,
        "talk_s": 300,
        "hold_s": 30,
        "acw_s": 30,
        "outcome": "handled",
    } | values
