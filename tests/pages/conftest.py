"""Pages over a small store of their own, run without a browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics import settings
from care_metrics.reviews import open_database
from care_metrics.store import Store
from care_metrics.ui import database
from tests.pages.centre import build

FRAME = Path(__file__).parent.parent.parent / "frame.py"
PAGES = {
    "care_scorecard": "pages/executives/care_scorecard.py",
    "service_vs_care": "pages/executives/service_vs_care.py",
    "pillars": "pages/executives/pillars.py",
    "client_review": "pages/account/client_review.py",
    "low_sentiment_calls": "pages/qa/low_sentiment_calls.py",
    "calibration": "pages/qa/calibration.py",
    "coaching": "pages/qa/coaching.py",
    "contacts": "pages/qa/contacts.py",
    "how_it_is_measured": "pages/reference/how_it_is_measured.py",
    "data_and_models": "pages/reference/data_and_models.py",
    "settings": "pages/reference/settings.py",
}


@pytest.fixture(scope="session")
def small_centre(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return build(tmp_path_factory.mktemp("centre"))


@pytest.fixture
def use_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Have the pages read this store."""

    def _use(url: str) -> None:
        monkeypatch.setenv("CARE_METRICS_STORE", url)
        settings.settings.cache_clear()

    yield _use
    settings.settings.cache_clear()


@pytest.fixture
def open_page(use_store: Callable[[str], None]) -> Callable[..., AppTest]:
    """open_page('contacts', store, kpi='nps') -> the page after its run."""

    def _open(page: str, store: Store, **params: str) -> AppTest:
        use_store(store.url)
        app = AppTest.from_file(str(FRAME), default_timeout=30)
        for name, value in params.items():
            app.query_params[name] = value
        # Before the first run a page is known by its file, which bears the name of its address: no other page runs first.
        return app.switch_page(PAGES[page]).run()

    return _open


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_database(str(path))
    return path


@pytest.fixture
def written(empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty database of its own, which the pages use."""
    path = tmp_path / "reviews.db"
    shutil.copy(empty_database, path)
    monkeypatch.setenv("CARE_METRICS_DATABASE", str(path))
    settings.settings.cache_clear()
    yield path
    database._open.clear()
    database._refused.clear()
