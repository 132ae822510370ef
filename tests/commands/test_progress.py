"""A long command says how far it is at every stage, a short one nothing, and a log gets a line now and then."""

from pathlib import Path

import pytest

from care_metrics.commands import ingest as room
from care_metrics.commands.ingest import ingest
from care_metrics.commands.progress import LINE_EVERY_S, plain_lines
from care_metrics.commands.spool import Spool
from care_metrics.store import Store


def test_a_log_gets_a_line_when_it_has_taken_long(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    tell = plain_lines(lambda: now[0])
    for second in range(int(2 * LINE_EVERY_S) + 1):
        now[0] = float(second)
        tell("reading files", 2 * second, 100, "7 rows")
    assert capsys.readouterr().err.splitlines() == [
        "reading files: 30 of 100, 2/s, 35 s left, 7 rows",
        "reading files: 60 of 100, 2/s, 20 s left, 7 rows",
    ]


def test_slow_steps_have_no_rate_of_nought(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    tell = plain_lines(lambda: now[0])
    tell("facts of acme", 0, 15)
    now[0] = 20.0
    tell("facts of acme", 1, 15)
    assert capsys.readouterr().err == "facts of acme: 1 of 15, 280 s left\n"


def test_what_was_done_before_the_first_word_has_no_rate(capsys: pytest.CaptureFixture[str]) -> None:
    """Found on a demo run: 2,000 rows at no time were two billions a second."""
    now = [0.0]
    tell = plain_lines(lambda: now[0])
    now[0] = 20.0
    tell("behaviours", 2000, 8000)
    now[0] = 40.0
    tell("behaviours", 4000, 8000)
    assert capsys.readouterr().err.splitlines() == [
        "behaviours: 2,000 of 8,000",
        "behaviours: 4,000 of 8,000, 100/s, 40 s left",
    ]


def test_every_stage_of_an_ingest_is_told_and_ends_with_the_whole(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "Spool", lambda folder: Spool(folder, 10))
    rows = [f"i{number},2024-05-01T10:00:00Z,{'handled' if number else 'unsure'}" for number in range(40)]
    (tmp_path / "interactions.csv").write_text("\n".join(["interaction_id,started_at,outcome", *rows]))
    turns = [f"i{number},1,customer,it is {number}" for number in range(40)]
    (tmp_path / "turns.csv").write_text("\n".join(["interaction_id,turn_no,speaker,text", *turns]))
    told: dict[str, list[tuple[int, int]]] = {}
    ingest(
        store,
        [str(tmp_path)],
        "acme",
        tell=lambda what, done, total, note="": told.setdefault(what, []).append((done, total)),
    )
    assert list(told) == [
        "looking whether files were taken before",
        "reading files",
        "redacting and storing rows",
        "putting files together",
        "facts of acme",
    ]
    for what, steps in told.items():
        assert steps == sorted(steps), what
        assert steps[-1][0] == steps[-1][1], what
    assert told["redacting and storing rows"][-1] == (80, 80)
