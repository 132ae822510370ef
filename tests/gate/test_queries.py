"""What a query may not bring: a number that is none, or two publications on one page."""

from collections.abc import Callable
from pathlib import Path

import pytest

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.settings import settings
from care_metrics.store import Store, publishing
from care_metrics.ui import cached
from tests.conftest import leg
from tests.gate.conftest import words_of
from tests.gate.marked import build
from tests.pages.centre import frame, tables


@pytest.mark.parametrize("value", ["NaN", "nan", "inf", "-Infinity", "1e400"])
def test_a_number_that_is_none_never_comes_in(load: Callable, measured: Callable, store: Store, value: str) -> None:
    """Q7: one such row would make every mean NaN; it counts as invalid, and the mean is that of the others."""
    load(interactions=[leg(1, talk_s=300), leg(2, talk_s=360), leg(3, talk_s=value)])
    [row] = measured("aht")
    assert (row["value"], row["n"], row["n_invalid"]) == (390.0, 2, 1)
    stored = store.read(store.snapshot(), "interactions", ["acme"])
    assert stored is not None
    assert stored["talk_s"].to_list().count(None) == 1


def test_a_page_reads_one_publication_from_its_first_number_to_its_last(
    opened: Callable, tmp_path: Path, monkeypatch
) -> None:
    """Q10: another one that comes while the page is drawn is for the next run, and the footer says which it was."""
    store = build(tmp_path)
    monkeypatch.setenv("CARE_METRICS_STORE", store.url)
    settings.cache_clear()
    before, resolved = store.snapshot().version, []
    first = cached.newest

    def newest(url: str | None = None) -> cached.Edition:
        edition = first(store.url)
        resolved.append(edition.snapshot.version)
        if len(resolved) == 1:
            with publishing(store) as publication:
                late = tables("quorix_air", 50, 9, {})["interactions"]
                rows = frame("interactions", [row | {"interaction_id": f"late{n}"} for n, row in enumerate(late)])
                publish_readings(publication, "quorix_air", "UTC", [reading_of("interactions", rows)])
        return edition

    monkeypatch.setattr(cached, "newest", newest)
    app = opened()
    assert not app.exception
    assert store.snapshot().version > before
    assert resolved == [before]
    assert f"Data version {before}" in words_of(app)
