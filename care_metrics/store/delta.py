"""Where the tables live and how one of them is read, replaced, appended to or rolled back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from care_metrics.errors import BadClient, StoreUnreadable
from care_metrics.schema import TABLES
from care_metrics.settings import settings, under_root
from care_metrics.store import log
from care_metrics.store.own_tables import OWN_TABLES
from care_metrics.store.snapshot import Snapshot

SNAPSHOTS = "snapshots"


@dataclass(frozen=True)
class Store:
    """A local folder or an object store's URL; frozen, so that it can be part of a cache key."""

    url: str

    @property
    def local(self) -> bool:
        """Whether the store is a folder of this machine."""
        return "://" not in self.url

    def path(self, table: str) -> str:
        """The folder or URL of one table."""
        return f"{self.url.rstrip('/')}/{table}"

    def table(self, name: str, version: int | None = None) -> DeltaTable | None:
        """The Delta table at a version, to read; without one the newest, to read or change. None where there is none."""
        path = self.path(name)
        if self.newest(name) is None:
            return None
        return log.load(path, version) if version is None or not self.local else log.opened(path, version)

    def newest(self, name: str) -> int | None:
        """The newest version of a table, what a publication in progress has written included; None without the table."""
        path = self.path(name)
        if self.local:
            return log.newest(path)
        return log.load(path, None).version() if DeltaTable.is_deltatable(path) else None

    def snapshot(self) -> Snapshot:
        """The newest publication; resolve it once per page run or command and pass it on."""
        version = self.newest(SNAPSHOTS)
        if version is None:
            return Snapshot()
        return Snapshot.from_row(version, log.rows(self.path(SNAPSHOTS), version).row(0, named=True))

    def files(self, snapshot: Snapshot, table: str, clients: Iterable[str]) -> list[str]:
        """The Parquet files of these clients' partitions; never a glob, which a writer would tear apart."""
        version = snapshot.of(table)
        if version is None:
            return []
        found = self.table(table, version)
        marks = tuple(f"/client={client}/" for client in clients)
        return [] if found is None else sorted(uri for uri in found.file_uris() if any(mark in uri for mark in marks))

    def read(
        self,
        snapshot: Snapshot,
        table: str,
        clients: Sequence[str],
        columns: Sequence[str] | None = None,
        months: Sequence[str] | None = None,
    ) -> pl.DataFrame | None:
        """The rows of these clients (and months) in a snapshot, None where the table does not exist yet."""
        version = snapshot.of(table)
        found = None if version is None else self.table(table, version)
        if found is None:
            return None
        parts: list = [("client", "in", list(clients))]
        if months is not None:
            parts.append(("month", "in", list(months)))
        dataset = found.to_pyarrow_dataset(partitions=parts, as_large_types=True)
        wanted = None if columns is None else [name for name in columns if name in dataset.schema.names]
        return pl.DataFrame(pl.from_arrow(dataset.to_table(columns=wanted)))

    def read_now(
        self,
        table: str,
        clients: Sequence[str],
        columns: Sequence[str] | None = None,
        months: Sequence[str] | None = None,
    ) -> pl.DataFrame | None:
        """As read, but what a publication in progress has written so far; for writers only."""
        version = self.newest(table)
        now = None if version is None else Snapshot(0, ((table, version),))
        return None if now is None else self.read(now, table, clients, columns, months)

    def read_small(self, snapshot: Snapshot, table: str) -> pl.DataFrame | None:
        """All rows of a small table that belongs to no client."""
        version = snapshot.of(table)
        return None if version is None else log.rows(self.path(table), version)

    def clients(self, snapshot: Snapshot) -> dict[str, str]:
        """Client slug -> IANA time zone, of everybody who was ever ingested."""
        rows = self.read_small(snapshot, "clients")
        if rows is None:
            return {}
        rows = rows.sort("client")
        return dict(zip(rows["client"], rows["timezone"], strict=True))

    def simulated(self, snapshot: Snapshot) -> bool:
        """Whether any client of the store is simulated; every page says so."""
        rows = self.read_small(snapshot, "clients")
        return rows is not None and bool(rows["simulated"].any())

    def replace(
        self, table: str, rows: pl.DataFrame | pa.RecordBatchReader, client: str, months: Sequence[str] | None
    ) -> None:
        """Put rows (all at once, or as a stream) in the place of whole partitions; the predicate that the log keeps names no person."""
        _check_client(self.path(table), rows, client)
        predicate = f"client = '{client}'"
        if months is not None:
            predicate += f" AND month IN ({', '.join(repr(month) for month in months)})"
        exists = self.newest(table) is not None
        self._write(table, rows, mode="overwrite", predicate=predicate if exists else None)

    def append(self, table: str, rows: pl.DataFrame) -> None:
        """Add rows to a table, making it where it is new."""
        self._write(table, rows, mode="append")

    def overwrite(self, table: str, rows: pl.DataFrame) -> None:
        """Replace a whole small table (clients, snapshots)."""
        self._write(table, rows, mode="overwrite", partitioned=False)

    def _write(
        self,
        table: str,
        rows: pl.DataFrame | pa.RecordBatchReader,
        mode: Literal["append", "overwrite"],
        predicate: str | None = None,
        partitioned: bool = True,
    ) -> None:
        present = rows.columns if isinstance(rows, pl.DataFrame) else rows.schema.names
        columns = [name for name in ("client", "month") if name in present] if partitioned else None
        # Statistics in the log must hold no personal data: erasure could not reach them there.
        plain = next((name for name in ("loaded_at", "published_at", "scored_at", "day") if name in present), None)
        configuration = (
            {"delta.dataSkippingStatsColumns": plain} if plain else {"delta.dataSkippingNumIndexedCols": "0"}
        )
        if self.local:
            Path(self.path(table)).mkdir(parents=True, exist_ok=True)
        try:
            write_deltalake(
                self.path(table),
                rows,
                mode=mode,  # ty: ignore[invalid-argument-type]
                predicate=predicate,
                partition_by=columns,
                schema_mode="merge",
                configuration=configuration,
            )
        except DeltaError as error:
            raise StoreUnreadable(f"{self.path(table)}: the table could not be written ({error}).") from error

    def roll_back(self, snapshot: Snapshot) -> list[str]:
        """Undo what a killed publication left behind, so that the next one starts from what readers see."""
        undone = []
        for name in self._table_names():
            newest, version = self.newest(name), snapshot.of(name)
            table = None if newest == version else self.table(name)
            if table is None:
                continue
            if version is None:
                table.delete()
            else:
                table.restore(version)
            undone.append(name)
        return undone

    def versions(self) -> tuple[tuple[str, int], ...]:
        """The newest Delta version of every table."""
        found = ((name, self.newest(name)) for name in self._table_names())
        return tuple(sorted((name, version) for name, version in found if version is not None))

    def _table_names(self) -> list[str]:
        return [*TABLES, *OWN_TABLES]


def _check_client(table: str, rows: pl.DataFrame | pa.RecordBatchReader, client: str) -> None:
    """Refuse rows of another client than the folder's: Delta refuses them only where a table exists, and quotes them."""
    if isinstance(rows, pl.DataFrame) and (named := set(rows["client"]) - {client}):
        raise BadClient(f"{table}: rows of {named.pop()!r} were to be stored for {client!r}; nothing was published.")


def open_store(url: str | None = None) -> Store:
    """The store at a URL or folder (default: the setting); opening creates nothing."""
    return Store(under_root(url or settings().store))
