"""A Scope's warehouse over one snapshot: views over its own clients' facts, one cursor per query, a check on the result."""

import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import PurePosixPath
from threading import Lock, Timer

import duckdb
import polars as pl

from care_metrics.errors import BadRequest, NotAllowed
from care_metrics.schema import TABLES, frame_schema
from care_metrics.scope import Scope
from care_metrics.settings import settings
from care_metrics.warehouse.connection import add_files, connect, lock, view_sql
from care_metrics.warehouse.facts import FACTS, SCORED, build_facts
from care_metrics.warehouse.veil import Veil

# Answers are small; the copy that the driver warns of costs less than its other way of running a statement.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result")

RUNTIME_VIEWS = ("leg", "survey", "touch", "evidence_row", "scored_turn", "shown_leg")
# Views that take long to make and belong to no period.
MADE = ("scored_turn", "shown_leg")
TIMEOUT_S = 30.0
# DuckDB 2.0.0 was seen to give nothing at all in place of an answer, 3 times in 2,000 pages on a machine with far more
# to do than cores; a SELECT can be asked again.
ATTEMPTS = 3
# Facts of up to so many contacts are held in memory (about 0.5 kB each); larger ones are read from their files.
KEPT_CONTACTS = 1_000_000
# The page that asks first need not share the processor.
MAKE_AFTER_S = 3.0


@dataclass(frozen=True)
class Warehouse:
    """Answers queries for one Scope at one snapshot version; holds no rows of its own."""

    scope: Scope
    version: int
    con: duckdb.DuckDBPyConnection
    _kept: set[str] = field(default_factory=set, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def query(self, sql: str, values: Sequence[object] = (), timeout_s: float = TIMEOUT_S) -> pl.DataFrame:
        """Run one statement with bound values; interrupted after timeout_s seconds, refused if a foreign row appears."""
        cursor = self.con.cursor()
        timer = Timer(timeout_s, cursor.interrupt)
        timer.start()
        try:
            found = _rows(cursor, sql, values)
        except duckdb.InterruptException as error:
            raise BadRequest(
                f"The query took longer than {timeout_s:.0f} s; ask for a shorter period or fewer dimensions."
            ) from error
        except duckdb.OutOfMemoryException as error:
            raise BadRequest(
                "The query needs more memory than it may take; ask for a shorter period or fewer dimensions."
            ) from error
        finally:
            timer.cancel()
            cursor.close()
        self._check(found)
        return found

    def keep(self, view: str) -> None:
        """Hold the rows of a view of MADE in memory from now on, where there are not too many contacts; nobody waits.

        To make them anew, each query would have to read all texts and scores, or add up all evidence.
        """
        with self._lock:
            wanted = view in MADE and view not in self._kept and self.n_contacts <= KEPT_CONTACTS
            self._kept.add(view)
        if wanted:
            making = Timer(MAKE_AFTER_S, self.make, (view,))
            making.name, making.daemon = f"make {view}", True
            making.start()

    def make(self, view: str) -> None:
        """Put a table in a view's place; where there is no memory for it, the view goes on."""
        with suppress(duckdb.Error), self.con.cursor() as cursor:
            cursor.execute(f"CREATE TABLE made_{view} AS SELECT * FROM {view}")
            cursor.execute(f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM made_{view}")

    @cached_property
    def n_contacts(self) -> int:
        """How many interactions the Scope's clients have."""
        return _contacts(self.con.cursor())

    def _check(self, found: pl.DataFrame) -> None:
        # The third wall, behind the files a connection can open and the bound predicate.
        if "client" in found.columns:
            foreign = set(found["client"].drop_nulls().unique()) - self.scope.clients
            if foreign:
                raise NotAllowed(
                    "The answer held rows of a client outside your Scope and was discarded; please report this."
                )


def _rows(cursor: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object]) -> pl.DataFrame:
    # Not cursor.sql(...).pl(): it tokenises the text once more in Python, which takes longer than the query.
    for _ in range(ATTEMPTS):
        answer = cursor.execute(sql, list(values))
        table = None if answer is None else answer.to_arrow_table()
        if table is not None:
            return pl.DataFrame(pl.from_arrow(table))
    raise BadRequest("The query gave no answer, which a very busy machine can cause; ask again.")


def open_house(scope: Scope, version: int, files: Mapping[str, list[str]], revisions: Sequence[str] = ()) -> Warehouse:
    """Open the facts (and turns, scores, surveys...) of the Scope's clients.

    files: table -> the Parquet files of exactly these clients in the snapshot of that version; revisions: of the sentiment
    models whose scores count.
    """
    folders = {
        str(PurePosixPath(file).parents[1 if "/month=" in file else 0]) for found in files.values() for file in found
    }
    con = connect(folders)
    schemas = facts_schemas()
    veil = Veil(settings().agent_key.get_secret_value()) if scope.audience == "client" else None
    add_files(con, "facts_client", files.get("facts_client", []), schemas["facts_client"], keep=True)
    small = _contacts(con) <= KEPT_CONTACTS
    for fact in FACTS:
        if fact != "facts_client":
            add_files(con, fact, files.get(fact, []), schemas[fact], keep=small, veil=veil)
    for table in TABLES:
        schema: dict[str, pl.DataType] = {"client": pl.String()} | frame_schema(table, stored=True)
        add_files(con, table, files.get(table, []), schema, veil=veil)
    for table, schema in SCORED.items():
        add_files(con, table, files.get(table, []), schema)
    con.execute("CREATE TABLE current_revision AS SELECT unnest($1::VARCHAR[]) AS revision", [list(revisions)])
    for name in ("current_scores", *RUNTIME_VIEWS):
        con.execute(f"CREATE VIEW {name} AS {view_sql(name)}")
    lock(con)
    return Warehouse(scope, version, con)


def _contacts(con: duckdb.DuckDBPyConnection) -> int:
    row = con.execute("SELECT coalesce(sum(n_interactions), 0)::BIGINT FROM facts_client").fetchone()
    return int(row[0]) if row else 0


_LEARNING = Lock()


def facts_schemas() -> dict[str, dict[str, pl.DataType]]:
    """Column types of every facts table, learnt once from an empty client; who comes meanwhile waits for all of them."""
    with _LEARNING:
        return _learnt()


@cache
def _learnt() -> dict[str, dict[str, pl.DataType]]:
    facts = build_facts("nobody", "UTC", {}, ())
    return {name: dict(pl.DataFrame(pl.from_arrow(rows.read_all())).schema) for name, rows in facts}
