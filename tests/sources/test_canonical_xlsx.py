"""XLSX: a table a sheet; what Excel makes of dates, numbers and errors."""

from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from care_metrics.errors import FileRefused
from care_metrics.sources.read import read


@pytest.fixture
def workbook(tmp_path):
    def _workbook(name="book.xlsx", timezone="UTC", **sheets):
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
        book.save(tmp_path / name)
        return {reading.table: reading for reading in read(tmp_path / name, client="acme", timezone=timezone)}

    return _workbook


HEAD = ["interaction_id", "started_at", "outcome", "talk_s", "escalated"]


def test_each_sheet_is_a_table(workbook):
    found = workbook(
        agents=[["agent_id", "team"], ["a1", "red"]], data=[HEAD, ["i1", "2024-05-01T10:00Z", "handled", 1, True]]
    )
    assert set(found) == {"agents", "interactions"}


def test_cells_of_every_type(workbook):
    rows = [
        HEAD,
        [12345678901, datetime(2024, 5, 1, 10), "handled", 12.5, True],
        [],
        ["i2", date(2024, 5, 1), "handled", "#N/A", 0],
    ]
    rows = workbook(timezone="America/Bogota", data=rows)["interactions"].rows.to_dicts()
    assert [row["interaction_id"] for row in rows] == ["12345678901", "i2"]
    assert [row["started_at"] for row in rows] == [
        datetime(2024, 5, 1, 15, tzinfo=UTC),
        datetime(2024, 5, 1, 5, tzinfo=UTC),
    ]
    assert [(row["talk_s"], row["escalated"], row["invalid"]) for row in rows] == [
        (12.5, True, []),
        (None, False, ["talk_s"]),
    ]
    assert [row["line"] for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/Madrid", datetime(2024, 3, 31, 2, 30)),
        ("Europe/Madrid", datetime(2024, 10, 27, 2, 30)),
        ("America/Bogota", datetime(9999, 12, 31, 23, 59)),
    ],
    ids=["skipped", "repeated", "in the year 10000 of UTC"],
)
def test_a_date_cell_that_is_no_instant_is_quarantined(workbook, zone, moment):
    """I14."""
    good = ["i2", datetime(2024, 5, 1), "handled", 1, 1]
    found = workbook(timezone=zone, data=[HEAD, ["i1", moment, "handled", 1, 1], good])
    assert found["interactions"].quarantined["line"].to_list() == [2]


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("book.xlsx", b"PK\x03\x04 cut", "no whole XLSX workbook"),
        ("book.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as .xlsx"),
    ],
)
def test_damaged_and_old_workbooks_are_refused(write, name, content, wrong):
    with pytest.raises(FileRefused, match=wrong):
        read(write(name, content), client="acme")


def test_an_archive_named_as_a_table_is_called_what_it_is(tmp_path):
    path = tmp_path / "interactions.csv"
    with ZipFile(path, "w") as archive:
        archive.writestr("interactions.csv", "interaction_id,started_at\n")
    with pytest.raises(FileRefused, match="ZIP archive and no workbook; unpack it"):
        read(path, client="acme")


def test_a_sheet_that_is_no_table_refuses_the_book(workbook):
    with pytest.raises(FileRefused, match="no table that ingest knows"):
        workbook(Notes=[["dear all"], ["see the other file"]])
