import os
import shutil
import tempfile
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from care_metrics.reviews.engine import Database
from care_metrics.reviews.locate import SQLITE, database_url
from care_metrics.reviews.migrate import migrate, open_database
from care_metrics.reviews.review_tables import REVIEWS
from care_metrics.scope import Scope

SERVER = os.environ.get("CARE_METRICS_TEST_POSTGRES", "")
POSTGRES = pytest.param(
    "postgres", marks=[pytest.mark.postgres, pytest.mark.skipif(not SERVER, reason="no CARE_METRICS_TEST_POSTGRES")]
)


def pytest_configure(config):
    config.addinivalue_line("markers", "postgres: needs a server, by URL in CARE_METRICS_TEST_POSTGRES")


def on_server(statement: str) -> None:
    engine = create_engine(database_url(SERVER), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def named(database: str) -> str:
    before, after = database_url(SERVER).split("/postgres?", 1)
    return f"{before}/{database}?{after}"


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """A migrated SQLite file, to copy: migrating takes 0.1 s."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_database(SQLITE + str(path))
    return path


@pytest.fixture(scope="session")
def empty_server():
    """A migrated database on the server, to copy."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    on_server(f"CREATE DATABASE {name}")
    migrate(named(name))
    yield name
    on_server(f"DROP DATABASE {name}")


@pytest.fixture
def memory():
    """A folder in memory, where a commit costs no disk's time: for tests that nothing interrupts."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        yield Path(folder)


@pytest.fixture
def file_url(empty_file, memory):
    shutil.copy(empty_file, memory / "care_metrics.db")
    return SQLITE + str(memory / "care_metrics.db")


@pytest.fixture
def server_url(empty_server):
    """The one database of all tests on the server, emptied after each; its insert-only triggers let only a replica do so."""
    yield named(empty_server)
    tables = ", ".join(table.name for table in REVIEWS.metadata.sorted_tables)
    engine = create_engine(named(empty_server))
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    engine.dispose()


@pytest.fixture
def own_server_url(empty_server):
    """A database of a test's own, for one that changes its tables."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    on_server(f"CREATE DATABASE {name} TEMPLATE {empty_server}")
    yield named(name)
    on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request):
    return request.getfixturevalue("file_url" if request.param == "sqlite" else "server_url")


@pytest.fixture
def database(url):
    database = Database(url)
    yield database
    database.engine.dispose()


@pytest.fixture
def file_database(file_url):
    """On SQLite only, for what does not depend on the engine."""
    return Database(file_url)


@pytest.fixture
def as_role():
    """The Scope of a role over some clients: as_role("qa_lead"), as_role("agent", agent="a1")."""

    def scope(role, *clients, reader=None, agent=None, team=None):
        bounds = tuple((name, (value,)) for name, value in (("agent_id", agent), ("team", team)) if value)
        audience = "client" if role == "client" else "internal"
        return Scope(frozenset(clients or ("acme",)), audience, reader or role, role, bounds)

    return scope
