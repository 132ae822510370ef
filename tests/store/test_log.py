"""Traps: a half-written commit taken for a version, a table kept open over a store that was made anew, one shared and changed."""

import shutil
from pathlib import Path

import polars as pl
import pytest
from deltalake import write_deltalake

from care_metrics.errors import StoreUnreadable
from care_metrics.store import log


@pytest.fixture
def table(tmp_path: Path) -> str:
    """A table with the versions 0, 1 and 2."""
    path = str(tmp_path / "table")
    for number in range(3):
        write_deltalake(path, pl.DataFrame({"x": [number]}), mode="overwrite")
    return path


def rows(path: str, version: int) -> list[int]:
    return log.opened(path, version).to_pyarrow_table()["x"].to_pylist()


def test_the_newest_version_is_the_last_finished_commit(table: str, tmp_path: Path) -> None:
    assert (log.newest(table), log.newest(str(tmp_path / "none"))) == (2, None)
    (Path(table) / "_delta_log" / "_commit_0000.json.tmp").write_text("{")
    assert log.newest(table) == 2
    (tmp_path / "begun" / "_delta_log").mkdir(parents=True)
    assert log.newest(str(tmp_path / "begun")) is None, "a log without a commit is no table"


def test_a_checkpoint_alone_still_names_its_version(table: str) -> None:
    log.load(table, None).create_checkpoint()
    for commit in (Path(table) / "_delta_log").glob("*.json"):
        commit.unlink()
    assert log.newest(table) == 2
    assert rows(table, 2) == [2]


def test_each_version_keeps_its_rows_and_is_opened_once(table: str) -> None:
    assert (rows(table, 0), rows(table, 2)) == ([0], [2])
    assert log.opened(table, 2) is log.opened(table, 2)
    assert log.load(table, 2) is not log.opened(table, 2), "what may be changed is nobody else's"


def test_a_store_made_anew_at_the_same_place_is_opened_anew(table: str) -> None:
    assert (rows(table, 0), log.rows(table, 0)["x"].to_list()) == ([0], [0])
    shutil.rmtree(table)
    write_deltalake(table, pl.DataFrame({"x": [7]}))
    assert (rows(table, 0), log.rows(table, 0)["x"].to_list()) == ([7], [7])


def test_a_version_that_is_gone_is_told_in_one_sentence(table: str) -> None:
    with pytest.raises(StoreUnreadable, match="version 9 of the table cannot be read"):
        log.opened(table, 9)
