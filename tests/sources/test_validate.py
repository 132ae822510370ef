"""What is wrong with a row decides: quarantined with a reason, or kept with the value named in `invalid`."""

from datetime import UTC, datetime

import pytest

from care_metrics.schema import TABLES

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("table", "name", "cell", "value"),
    [
        ("interactions", "talk_s", "300", 300.0),
        ("interactions", "talk_s", "0", 0.0),
        ("interactions", "talk_s", "1e2", 100.0),
        ("interactions", "transfers", "5.0", 5),
        ("interactions", "escalated", "TRUE", True),
        ("interactions", "escalated", "0", False),
        ("interactions", "agent_id", "00123", "00123"),
        ("interactions", "agent_id", "  a 1 ", "a 1"),
        ("interactions", "channel", "", None),
        ("interactions", "channel", "   ", None),
        ("surveys", "nps", "0", 0),
        ("surveys", "nps", "10", 10),
        ("surveys", "ces", "6.5", 6.5),
        ("turns", "text", " two  spaces ", " two  spaces "),
        ("turns", "valence", "-1", -1.0),
        ("costs", "month", "2024-12", "2024-12"),
        ("customers", "monthly_value", "1000000000", 1e9),
    ],
)
def test_good_cells_are_read(one_row, table, name, cell, value):
    row, reasons = one_row(table, **{name: cell})
    assert (row[name], row["invalid"], reasons) == (value, [], [])


@pytest.mark.parametrize(
    ("table", "name", "cell"),
    [
        ("interactions", "talk_s", "-20"),
        ("interactions", "talk_s", "N/A"),
        ("interactions", "talk_s", "NaN"),
        ("interactions", "talk_s", "inf"),
        ("interactions", "talk_s", "1e308"),
        ("interactions", "talk_s", "1e400"),
        ("interactions", "talk_s", "864000"),
        ("interactions", "talk_s", "1.234,56"),
        ("interactions", "talk_s", "1,234"),
        ("interactions", "talk_s", "00:05:00"),
        ("interactions", "transfers", "5.5"),
        ("interactions", "transfers", "99999999999999999999"),
        ("interactions", "escalated", "maybe"),
        ("interactions", "direction", "sideways"),
        ("interactions", "handler", "robot"),
        ("surveys", "nps", "11"),
        ("surveys", "nps", "-1"),
        ("surveys", "nps", "5.5"),
        ("surveys", "ces", "8"),
        ("surveys", "csat", "0"),
        ("turns", "valence", "1.01"),
        ("tasks", "task", "hard"),
        ("evidence", "earned", "x"),
        ("evidence", "possible", "-1"),
        ("customers", "monthly_value", "$ 12"),
        ("customers", "monthly_value", "1e300"),
        ("costs", "cost", "12 %"),
    ],
)
def test_a_bad_measure_keeps_its_row_and_is_named(one_row, table, name, cell):
    """I13 and, where no locale is declared, I15."""
    row, reasons = one_row(table, **{name: cell})
    assert (row[name], row["invalid"], reasons) == (None, [name], [])


@pytest.mark.parametrize(
    ("table", "name", "cell", "reason"),
    [
        ("interactions", "interaction_id", "", "interaction_id is missing"),
        ("interactions", "interaction_id", "\u200b", "interaction_id is missing"),
        ("interactions", "outcome", "", "outcome is missing"),
        ("interactions", "outcome", "lost", "outcome is none of handled, abandoned, contained"),
        ("interactions", "outcome", "Handled", "outcome is none of handled, abandoned, contained"),
        ("turns", "speaker", "robot", "speaker is none of customer, agent, bot, system"),
        ("turns", "turn_no", "x", "turn_no is no whole number from 0"),
        ("evidence", "earned", "", "earned is missing"),
        ("costs", "month", "2024-13", "month is no month as YYYY-MM"),
        ("costs", "month", "May 2024", "month is no month as YYYY-MM"),
    ],
)
def test_a_row_without_its_essentials_is_quarantined(one_row, table, name, cell, reason):
    row, reasons = one_row(table, **{name: cell})
    assert (row, reasons) == ({}, [reason])


@pytest.mark.parametrize(
    "cell",
    [
        "2024-05-01T12:00:00Z",
        "2024-05-01T12:00Z",
        "2024-05-01T12:00:00.000000Z",
        "2024-05-01t12:00:00z",
        "2024-05-01 14:00:00+02:00",
        "2024-05-01T14:00+02",
        "2024-05-01T07:00:00-0500",
        "2024-05-01T17:45:00.0+05:45",
    ],
)
def test_one_instant_in_all_its_spellings(one_row, cell):
    row, reasons = one_row("interactions", started_at=cell)
    assert (row["started_at"], reasons) == (NOON, [])


@pytest.mark.parametrize(
    "cell",
    [
        "2024-05-01T12:00:00",
        "2024-05-01",
        "03/04/2026 10:00",
        "1714564800",
        "2024-02-30T12:00:00Z",
        "2024-05-01T25:00:00Z",
        "0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2201-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2024-05-01T12:00:00 Europe/Madrid",
        "2024-05-01T12:00:00+15:00",
        "yesterday",
    ],
)
@pytest.mark.parametrize("name", ["started_at", "ended_at"])
def test_an_instant_that_cannot_be_read_is_quarantined_even_if_optional(one_row, name, cell):
    """I11, I14."""
    row, [reason] = one_row("interactions", **{name: cell})
    assert row == {}
    assert reason.startswith(f"{name} is no instant in ISO 8601 with offset")


def test_a_fraction_of_a_second_survives(one_row):
    row, _ = one_row("interactions", started_at="2024-05-01T12:00:00.123456789+00:00")
    assert row["started_at"] == NOON.replace(microsecond=123456)


@pytest.mark.parametrize(
    ("table", "values", "invalid"),
    [
        ("interactions", {"ended_at": "2024-05-01T09:59:59Z"}, ["ended_at"]),
        ("interactions", {"ended_at": "2024-05-01T10:00:00Z"}, []),
        ("customers", {"end_at": "2023-01-01T00:00:00Z"}, ["end_at"]),
        ("turns", {"begin_s": "5", "end_s": "4"}, ["end_s"]),
        ("evidence", {"earned": "3"}, ["earned"]),
        ("evidence", {"earned": "2"}, []),
        ("evidence", {"earned": "3", "possible": "x"}, ["possible"]),
        ("surveys", {"ces": "6", "ces_scale": "5"}, ["ces"]),
        ("surveys", {"ces": "6", "ces_scale": "7"}, []),
        ("surveys", {"ces": "5", "ces_scale": "5"}, []),
        ("surveys", {"ces": "5", "ces_scale": "10"}, ["ces", "ces_scale"]),
        ("surveys", {"ces": "5", "ces_scale": "6"}, ["ces", "ces_scale"]),
        ("surveys", {"ces": "", "ces_scale": "6"}, ["ces_scale"]),
        ("interactions", {"talk_s": "-1", "hold_s": "x", "acw_s": "5"}, ["talk_s", "hold_s"]),
    ],
)
def test_values_that_contradict_each_other(one_row, table, values, invalid):
    """I13."""
    row, reasons = one_row(table, **values)
    assert (row["invalid"], reasons) == (invalid, [])
    assert all(row[name] is None for name in invalid)


def test_a_type_that_flips_late_costs_one_value_not_the_column(load):
    """I10: row 30,001 says N/A where all before are numbers."""
    rows = [f"i{k},2024-05-01T10:00:00Z,handled,{'N/A' if k == 30_000 else 10}" for k in range(30_100)]
    reading = load("interactions.csv", "\n".join(["interaction_id,started_at,outcome,talk_s", *rows]))
    assert reading.rows["talk_s"].sum() == 10 * 30_099
    assert reading.rows["talk_s"].null_count() == 1


def test_every_column_of_every_table_comes_out_even_if_the_file_lacks_it(one_row):
    for table in ("interactions", "turns", "surveys", "customers", "agents", "tasks", "costs", "evidence"):
        row, _ = one_row(table)
        assert list(row) == [*TABLES[table].names, "invalid", "line"]
