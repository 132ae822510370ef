"""A reader's connection opens their clients' files and nothing else, even with SQL of their own."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import duckdb
import polars as pl
import pytest

from care_metrics.access import warehouse_of
from care_metrics.errors import BadRequest, NotAllowed
from care_metrics.scope import NOBODY, Scope, operator
from care_metrics.settings import settings
from care_metrics.store import Store, publishing
from care_metrics.warehouse import Warehouse
from care_metrics.warehouse import house as warehouse_house
from tests.conftest import leg


@pytest.fixture
def two_clients(store: Store, load: Callable) -> Store:
    load("acme", interactions=[leg(1), leg(2)])
    load("zeta", interactions=[leg(3)])
    return store


def house(store: Store, *clients: str) -> Warehouse:
    return warehouse_of(store, store.snapshot(), operator(clients))


def test_an_empty_scope_sees_nothing_not_everything(two_clients: Store) -> None:
    found = warehouse_of(two_clients, two_clients.snapshot(), NOBODY)
    assert found.query("SELECT count(*) AS n FROM facts_leg")["n"][0] == 0


def test_a_tenants_views_hold_that_tenant_only(two_clients: Store) -> None:
    found = house(two_clients, "acme").query("SELECT DISTINCT client FROM facts_leg")
    assert found["client"].to_list() == ["acme"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_parquet('{zeta}')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_parquet('{acme_folder}/../client=zeta/**/*.parquet')",
        "ATTACH '{folder}/x.duckdb'",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_foreign_files_and_settings_are_out_of_reach(two_clients: Store, sql: str) -> None:
    snapshot = two_clients.snapshot()
    [zeta] = two_clients.files(snapshot, "facts_leg", ["zeta"])
    [acme] = two_clients.files(snapshot, "facts_leg", ["acme"])
    text = sql.format(zeta=zeta, folder=two_clients.url, acme_folder=Path(acme).parent)
    with pytest.raises(duckdb.Error):
        house(two_clients, "acme").con.cursor().execute(text).fetchall()
    assert not Path(two_clients.url, "out.csv").exists()


def test_a_link_in_a_tenants_folder_leads_nowhere(two_clients: Store) -> None:
    snapshot = two_clients.snapshot()
    [zeta] = two_clients.files(snapshot, "facts_leg", ["zeta"])
    [acme] = two_clients.files(snapshot, "facts_leg", ["acme"])
    link = Path(acme).parent / "link.parquet"
    link.symlink_to(zeta)
    with pytest.raises(duckdb.Error):
        house(two_clients, "acme").con.cursor().execute(f"SELECT * FROM read_parquet('{link}')").fetchall()


def test_an_answer_with_a_foreign_row_is_discarded(two_clients: Store) -> None:
    both = house(two_clients, "acme", "zeta")
    narrow = Warehouse(Scope(frozenset({"acme"})), both.version, both.con)
    with pytest.raises(NotAllowed, match="outside your Scope"):
        narrow.query("SELECT DISTINCT client FROM facts_leg")


def test_a_query_that_runs_too_long_is_interrupted_and_the_next_one_works(two_clients: Store) -> None:
    found = house(two_clients, "acme")
    with pytest.raises(BadRequest, match="took longer than"):
        found.query("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", timeout_s=0.5)
    assert found.query("SELECT 1 AS one")["one"].to_list() == [1]


def test_bound_values_are_never_sql(two_clients: Store) -> None:
    found = house(two_clients, "acme").query("SELECT count(*) AS n FROM facts_leg WHERE site = $1", ["' OR 1=1 --"])
    assert found["n"].to_list() == [0]


def test_facts_of_an_empty_client_have_the_columns_of_a_full_one(two_clients: Store) -> None:
    full = house(two_clients, "acme").query("SELECT * FROM facts_leg LIMIT 0")
    empty = warehouse_of(two_clients, two_clients.snapshot(), NOBODY).query("SELECT * FROM facts_leg LIMIT 0")
    assert isinstance(full, pl.DataFrame)
    assert set(empty.columns) <= set(full.columns)


def test_who_comes_while_the_columns_are_learnt_is_told_of_all_of_them(monkeypatch) -> None:
    # Two readers right after a start: the second one must not find the first table only.
    begun, learnt = threading.Event(), warehouse_house._learnt
    learnt.cache_clear()
    rows = list(warehouse_house.build_facts("nobody", "UTC", {}, ()))

    def slowly(*_asked: object):
        for one in rows:
            yield one
            begun.set()
            sleep(0.02)

    monkeypatch.setattr(warehouse_house, "build_facts", slowly)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(warehouse_house.facts_schemas)
        assert begun.wait(10)
        second = pool.submit(warehouse_house.facts_schemas)
        assert set(second.result()) == set(first.result()) == set(warehouse_house.FACTS)


def test_a_query_beyond_its_memory_is_refused_and_the_next_one_works(two_clients: Store, monkeypatch) -> None:
    """Q8: in words that say what to do, within the limit and a margin, and with the connection as good as before."""
    monkeypatch.setenv("CARE_METRICS_MEMORY_LIMIT", "100MB")
    settings.cache_clear()
    found = house(two_clients, "acme")
    settings.cache_clear()
    before = _resident_mb()
    with pytest.raises(BadRequest, match=r"needs more memory .* shorter period"):
        found.query("SELECT len(list(a.range::VARCHAR || repeat('x', 100))) AS n FROM range(20000000) a")
    assert _resident_mb() - before < 500
    assert found.query("SELECT count(*) AS n FROM facts_leg")["n"].to_list() == [2]


def test_an_interrupted_query_leaves_no_thread_and_disturbs_nobody(two_clients: Store) -> None:
    """Q9: its reader has left; what others ask on the same connection meanwhile goes on."""
    found, before = house(two_clients, "acme"), threading.active_count()
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(found.query, "SELECT sum(range) AS n FROM range(300000000)")
        with pytest.raises(BadRequest, match="took longer than"):
            found.query("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", timeout_s=0.2)
        assert asked.result()["n"].to_list() == [44_999_999_850_000_000]
    # A timer that was called off ends when its thread is next given a turn.
    patience = monotonic() + 10
    while threading.active_count() > before and monotonic() < patience:
        sleep(0.05)
    assert threading.active_count() == before


def test_no_database_file_is_opened_by_anybody(two_clients: Store) -> None:
    """Q12: a second process could not open one, so there is none; it reads what a writer is about to replace."""
    found = house(two_clients, "acme")
    files = found.query("SELECT path FROM duckdb_databases() WHERE NOT internal")
    assert files["path"].drop_nulls().to_list() == []
    with publishing(two_clients) as publication:
        publication.store.append("agents", pl.DataFrame({"client": ["acme"], "agent_id": ["new"]}))
        words = [sys.executable, "-c", ANOTHER, two_clients.url]
        done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["2", "0"], "the old snapshot, whole"
    assert found.query("SELECT count(*) AS n FROM facts_leg")["n"].to_list() == [2]


ROOT = Path(__file__).parent.parent.parent
ANOTHER = """
import sys
from care_metrics.access import warehouse_of
from care_metrics.scope import operator
from care_metrics.store import open_store
store = open_store(sys.argv[1])
house = warehouse_of(store, store.snapshot(), operator(["acme"]))
for table in ("facts_leg", "agents"):
    print(house.query(f"SELECT count(*) AS n FROM {table}")["n"][0])
"""


def _resident_mb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20


class Silent:
    """A cursor that gives nothing the first times it is asked."""

    def __init__(self, times: int) -> None:
        self.left = times

    def execute(self, sql: str, values: list[object]) -> "Silent | None":
        self.left -= 1
        return None if self.left >= 0 else self

    def to_arrow_table(self) -> object:
        return pl.DataFrame({"n": [1]}).to_arrow()


def test_a_query_left_without_an_answer_is_asked_again_and_in_the_end_told() -> None:
    assert warehouse_house._rows(Silent(2), "SELECT 1", [])["n"].item() == 1  # ty: ignore[invalid-argument-type]
    with pytest.raises(BadRequest, match="ask again"):
        warehouse_house._rows(Silent(3), "SELECT 1", [])  # ty: ignore[invalid-argument-type]
