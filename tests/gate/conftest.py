"""The marked centre, and pages of it as one reader sees them."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from care_metrics import settings
from care_metrics.access import warehouse_of
from care_metrics.reviews import open_database
from care_metrics.scope import Scope
from care_metrics.store import Store
from care_metrics.ui import cached, database
from care_metrics.warehouse import Warehouse
from tests.gate.marked import build
from tests.pages.conftest import FRAME


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return build(tmp_path_factory.mktemp("marked"))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rights") / "empty.db"
    open_database(str(path))
    return path


@pytest.fixture
def house(centre: Store) -> Callable[[Scope], Warehouse]:
    """house(scope) -> the warehouse that this reader's pages ask."""
    return lambda scope: warehouse_of(centre, centre.snapshot(), scope)


@pytest.fixture
def rights(empty_database: Path, tmp_path: Path, centre: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The app's settings point at the marked centre and at an empty database, whose file this is."""
    path = tmp_path / "rights.db"
    shutil.copy(empty_database, path)
    monkeypatch.setenv("CARE_METRICS_STORE", centre.url)
    monkeypatch.setenv("CARE_METRICS_DATABASE", str(path))
    settings.settings.cache_clear()
    yield path
    settings.settings.cache_clear()
    database._open.clear()
    database._refused.clear()
    st.cache_data.clear()
    cached._house.clear()


@pytest.fixture
def opened(rights: Path) -> Callable[..., AppTest]:
    """opened(role="client", as_client="quorix_air") -> the demo as this role, after its first run."""

    def _opened(page: str = "", **params: str) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=30)
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page(page).run() if page else app

    return _opened


def words_of(app: AppTest) -> str:
    """All that a run sent to the browser, as one text: every element, with its options and its data."""
    shown = [json.dumps(json.loads(one.proto.json)) for one in app.get("bidi_component")]
    shown += [str(getattr(element, "proto", "")) for block in (app.main, app.sidebar) for element in block]
    shown += [str(frame.value.to_dict()) for frame in app.dataframe]
    return " ".join(shown)
