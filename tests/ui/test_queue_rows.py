"""The queue shortened by what was done since it was read: the count stays that of the list, and in doubt it is read again."""

from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
import streamlit as st

from care_metrics.attention import Queue
from care_metrics.ui import cached, queue_rows
from care_metrics.ui.queue_rows import Asked

NAMES = ["c1", "c2", "c3"]
VIEW: Any = SimpleNamespace(scope="qa", edition=SimpleNamespace(snapshot=SimpleNamespace(version=1)), now="august")


def asked(*done: str, among: tuple[str, ...] | None = None, order: str = "worst") -> Asked:
    mine = None if among is None else tuple(("acme", name) for name in among)
    return Asked(("low",), order, tuple(("acme", name) for name in done), mine)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each time that all data are asked anew; c9 is counted, and too far down for the list."""
    seen: list[object] = []

    def queue(*question: Any) -> Queue:
        if question not in seen:
            seen.append(question)
        done = {name for _client, name in question[5]}
        rows = [("acme", name) for name in NAMES if name not in done]
        left = len(rows) + ("c9" not in done)
        return Queue(pl.DataFrame(rows, schema=["client", "interaction_id"], orient="row"), left, 10)

    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(cached, "queue", queue)
    return seen


def told(of: Asked) -> tuple[list[str], int]:
    found = queue_rows.rows(VIEW, of)
    return found.rows["interaction_id"].to_list(), found.n


def test_a_saved_review_takes_its_row_and_one_from_the_count_without_a_new_question(reads: list[object]) -> None:
    assert told(asked()) == (["c1", "c2", "c3"], 4)
    assert told(asked("c1")) == (["c2", "c3"], 3)
    assert told(asked("c1", "c3")) == (["c2"], 2)
    assert len(reads) == 1


def test_one_done_beyond_the_list_is_asked_about(reads: list[object]) -> None:
    told(asked())
    assert told(asked("c9")) == (["c1", "c2", "c3"], 3)
    assert len(reads) == 2


@pytest.mark.parametrize("later", [asked(), asked("c1", "c2", order="newest")], ids=["back again", "another order"])
def test_what_came_back_or_is_asked_otherwise_is_asked_anew(reads: list[object], later: Asked) -> None:
    told(asked("c1"))
    told(later)
    assert len(reads) == 2


def test_what_is_no_longer_mine_leaves_the_list(reads: list[object]) -> None:
    told(asked(among=("c1", "c2", "c3")))
    assert told(asked(among=("c1", "c3"))) == (["c1", "c3"], 3)
    assert len(reads) == 1
