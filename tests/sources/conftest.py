"""Small invented exports for the readers' tests."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from care_metrics.sources.read import read
from care_metrics.sources.reading import Reading

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of text or bytes into the test's folder."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return _write


@pytest.fixture
def load(write: Write) -> Callable[..., Reading]:
    """Write a file of one table and read it."""

    def _load(name: str, content: str | bytes, **options: object) -> Reading:
        [reading] = read(write(name, content), client="acme", **options)
        assert reading.read == reading.rows.height + reading.quarantined.height
        return reading

    return _load


@pytest.fixture
def mapped(write: Write) -> Callable[..., Reading]:
    """Read a file of one table by a mapping."""

    def _mapped(rules: str, content: str | bytes, name: str = "calls.csv", **options: object) -> Reading:
        [reading] = read(write(name, content), client="acme", mapping=write("m.yaml", rules), **options)
        return reading

    return _mapped


@pytest.fixture
def one_row(load: Callable[..., Reading]) -> Callable[..., tuple[dict, list[str]]]:
    """One row of a table from the columns that matter, the required ones filled in: (the row, its quarantine reasons).

    A harmless second row keeps the file from being refused.
    """
    harmless = {
        "interactions": {"interaction_id": "i1", "started_at": "2024-05-01T10:00:00Z", "outcome": "handled"},
        "turns": {"interaction_id": "i1", "turn_no": "1", "speaker": "customer"},
        "surveys": {"survey_id": "s1"},
        "customers": {"customer_id": "c1", "start_at": "2024-05-01T10:00:00Z"},
        "agents": {"agent_id": "a1"},
        "tasks": {"reason": "billing", "task": "transactional"},
        "costs": {"month": "2024-05", "cost": "100"},
        "evidence": {
            "interaction_id": "i1",
            "pillar": "empathy",
            "behaviour": "names",
            "earned": "1",
            "possible": "2",
        },
    }

    def _one_row(table: str, **values: str) -> tuple[dict, list[str]]:
        row = harmless[table] | values
        spare = {name: harmless[table].get(name, "") for name in row}
        frame = pl.DataFrame([row, spare], schema=dict.fromkeys(row, pl.String))
        reading = load(f"{table}.csv", frame.write_csv())
        first = reading.rows.filter(pl.col("line") == 2).to_dicts()
        return (first[0] if first else {}), reading.quarantined["reason"].to_list()

    return _one_row
