"""The database as SQLAlchemy sees it: short reading and writing transactions on SQLite or PostgreSQL, by URL."""

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, NullPool, Table, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from care_metrics.errors import CareMetricsError, DatabaseUnavailable
from care_metrics.reviews import sqlite
from care_metrics.reviews.locate import sqlite_path
from care_metrics.reviews.turns import turn

READS = "care_metrics_reads"
ATTEMPTS = 3
Result = TypeVar("Result")


class Database:
    """One database by URL; share one per process. Threads and forked processes may use it at once.

    Every refusal of the database itself comes as DatabaseUnavailable, with nothing saved.
    """

    def __init__(self, url: str, busy_s: float = sqlite.BUSY_S) -> None:
        self.url = url
        self.path, self.busy_s = sqlite_path(url), busy_s
        self.engine = _server(url, busy_s) if self.path is None else _file(self.path, busy_s)

    @property
    def where(self) -> str:
        """The file, or the server's URL without its password."""
        return str(self.path or make_url(self.url).render_as_string(hide_password=True))

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A transaction that cannot write and never waits for another reader."""
        options = {READS: True} if self.path else {"postgresql_readonly": True}
        told = "The database {where} cannot be read"
        with self._answering(told), self.engine.connect() as connection:
            connection.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """A transaction that is durable once the block has ended; IntegrityError passes through, for the caller to settle."""
        told = "Not saved: the database {where} does not take it"
        with self._answering(told), self._turn(), self.engine.begin() as connection:
            yield connection

    def settle(self, step: Callable[[Connection], Result]) -> Result:
        """Run a step as one writing transaction, once more where another writer took its number or key first.

        On PostgreSQL two may look, find nothing and both insert; the later one looks again and sees the earlier.
        """
        for _ in range(ATTEMPTS - 1):
            with suppress(IntegrityError), self.writing() as connection:
                return step(connection)
        with self.writing() as connection:
            return step(connection)

    def vacuum(self, tables: Iterable[Table]) -> None:
        """Give back the space of deleted rows, so that their bytes go too; SQLite's secure_delete has done so already."""
        if self.path is None:
            with self._answering("The deleted rows stay in the files of {where}"), self.engine.connect() as connection:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                for table in tables:
                    alone.exec_driver_sql(f"VACUUM FULL {table.name}")

    def _turn(self) -> AbstractContextManager[None]:
        return nullcontext() if self.path is None else turn(self.path, self.busy_s)

    @contextmanager
    def _answering(self, what: str) -> Generator[None]:
        try:
            yield
        except (IntegrityError, CareMetricsError):
            raise
        except (DBAPIError, PoolTimeout, OSError) as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines() or ["no answer"]
            raise DatabaseUnavailable(
                f"{what.format(where=self.where)} ({reason[0]}); try again, or ask an administrator."
            ) from error


def _file(path: Path, busy_s: float) -> Engine:
    # A fresh connection for each transaction costs 0.1 ms, and a file that was moved away or put back is noticed:
    # a pooled one would go on writing, with success, into a file that no longer has a name.
    engine = create_engine("sqlite://", creator=lambda: sqlite.connect(path, busy_s), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A transaction that reads first and then writes fails at once under a second writer, whatever the busy timeout.
    if connection.get_execution_options().get(READS):
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _server(url: str, busy_s: float) -> Engine:
    limits = f"-c lock_timeout={int(busy_s * 1000)} -c statement_timeout=60000 -c synchronous_commit=on -c timezone=UTC"
    settings = {"connect_timeout": max(2, int(busy_s)), "options": limits}
    return create_engine(
        url, pool_pre_ping=True, pool_size=5, pool_timeout=busy_s, pool_recycle=1800, connect_args=settings
    )
