"""What a mapping's rules cannot read costs a value or a row, never another value's meaning or the file."""

from datetime import UTC, datetime

import pytest

from care_metrics.errors import FileRefused
from tests.sources.test_mapping import BASE, HEADER


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("1.234,5", 74_070.0),
        ("1234,5", 74_070.0),
        ("-1.234.567", None),
        ("1,5E+01", 900.0),
        ("1,234.5", None),
        ("12.5", None),
        ("1.23,5", None),
        ("1.2345", None),
        ("12 %", None),
        ("€ 12,5", None),
    ],
)
def test_a_number_that_is_not_written_as_declared_is_invalid(mapped, cell, seconds):
    """I15: with every dot taken for a thousand, 12.5 was read as 125 and 1,234.5 as 1.2345."""
    [row] = mapped(BASE, HEADER + f'1,01/05/2024 10:30,1,"{cell}",A,J\n').rows.to_dicts()
    assert (row["hold_s"], row["invalid"]) == (seconds, [] if seconds else ["hold_s"])


def test_months_beyond_every_calendar_cost_their_row(mapped):
    """I14: polars fails on the whole column."""
    rules = """
tables:
  customers:
    columns:
      customer_id: Id
      start_at: {column: Months, type: months_before, before: "2024-06-01T00:00:00Z"}
"""
    reading = mapped(rules, "Id,Months\n1,3\n2,99999999999\n3,-9223372036854775808\n")
    assert reading.rows["start_at"].to_list() == [datetime(2024, 3, 1, tzinfo=UTC)]
    assert reading.quarantined["line"].to_list() == [3, 4]


def test_a_mapped_column_that_stands_twice_is_refused_and_another_is_not(mapped):
    """I4."""
    rules = "tables: {agents: {columns: {agent_id: Id}}}"
    with pytest.raises(FileRefused, match="'Id' of the mapping twice"):
        mapped(rules, "Id,x,Id\n1,2,3\n")
    assert mapped(rules, "Id,x,x\n1,2,3\n").rows["agent_id"].to_list() == ["1"]
