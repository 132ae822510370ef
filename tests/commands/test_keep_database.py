"""backup and restore from the command line: what comes back is what was there, and nothing is written over."""

from pathlib import Path

import pytest

from care_metrics.commands.keep_database import run_backup, run_restore
from care_metrics.errors import BadRequest
from care_metrics.reviews import open_database
from care_metrics.reviews.locate import database_url
from care_metrics.reviews.review import review_of, save_review
from care_metrics.reviews.review_rows import Review
from care_metrics.scope import operator

ACME = operator(["acme"])


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store's database in which one review stands."""
    monkeypatch.setenv("CARE_METRICS_DATABASE", "")
    old = tmp_path / "old" / "store"
    old.mkdir(parents=True)
    save_review(ACME, open_database(database_url(store=str(old))), Review("acme", "c1", root_cause="waited", key="k"))
    return tmp_path


def test_what_was_backed_up_comes_back_beside_another_store(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_backup(str(house / "old" / "store"), house / "monday")
    assert "reviews 1" in capsys.readouterr().out
    run_restore(str(house / "new" / "store"), house / "monday")
    assert "restored and compared" in capsys.readouterr().out
    there = open_database(database_url(store=str(house / "new" / "store")))
    found = review_of(ACME, there, "acme", "c1")
    assert found is not None
    assert found.root_cause == "waited"


def test_where_no_database_is_none_is_made(house: Path) -> None:
    with pytest.raises(BadRequest, match="no database is there"):
        run_backup(str(house / "empty" / "store"), house / "monday")
    assert not (house / "empty").exists()


def test_neither_writes_over_anything(house: Path) -> None:
    old = str(house / "old" / "store")
    run_backup(old, house / "monday")
    with pytest.raises(BadRequest, match="never written over"):
        run_backup(old, house / "monday")
    with pytest.raises(BadRequest, match="move it away first"):
        run_restore(old, house / "monday")
