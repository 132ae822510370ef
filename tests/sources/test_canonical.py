"""Which table a file is: by its name, else by its columns, never by a guess between two."""

from pathlib import Path

import pytest

from care_metrics.errors import FileRefused
from care_metrics.schema import TABLES
from care_metrics.sources.canonical import table_of

INTERACTIONS = ("interaction_id", "started_at", "outcome")


@pytest.mark.parametrize(
    ("name", "columns", "table"),
    [
        ("interactions.csv", INTERACTIONS, "interactions"),
        ("Interactions_2024_q1.csv", INTERACTIONS, "interactions"),
        ("surveys-05.jsonl", ("survey_id",), "surveys"),
        ("agent_time.parquet", ("agent_id", "start_at"), "agent_time"),
        ("agents.csv", ("agent_id",), "agents"),
        ("export.csv", INTERACTIONS, "interactions"),
        ("export.csv", ("interaction_id", "turn_no", "speaker", "text"), "turns"),
        ("export.csv", ("reason", "task"), "tasks"),
        ("export.csv", ("agent_id", "start_at", "handle_s"), "agent_time"),
    ],
)
def test_the_table_is_told_by_name_or_columns(name, columns, table):
    assert table_of(Path(name), columns) is TABLES[table]


@pytest.mark.parametrize(
    ("name", "columns", "wrong"),
    [
        ("interactions.csv", ("interaction_id", "started_at"), "lacks 'outcome'"),
        ("interactions.csv", ("Interaction_ID", "started_at", "outcome"), "is 'Interaction_ID' meant"),
        ("agents.csv", ("agent_id", "agent_id"), "names the column 'agent_id' twice"),
        ("export.csv", ("site", "a", "b"), "is no table that ingest knows"),
        ("export.csv", ("a",), "is no table that ingest knows"),
        ("export.csv", tuple(f"c{k}" for k in range(1_000_000)), "has 1,000,000 columns"),
    ],
)
def test_what_fits_no_table_is_refused(name, columns, wrong):
    """I4 the doubled column, I18 the million of them."""
    with pytest.raises(FileRefused, match=wrong):
        table_of(Path(name), columns)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_table_is_recognised_by_its_own_columns(table):
    assert table_of(Path("export.csv"), table.names) is table
