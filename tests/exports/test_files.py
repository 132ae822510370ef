"""E1, E2, E7, E8: what leaves as a file is what was shown, and runs nothing."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import polars as pl
import pytest
from openpyxl import load_workbook

from care_metrics.errors import BadRequest, UnknownName
from care_metrics.exports import Export, file_name, written
from care_metrics.exports import export as export_module

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1+1",
    "＠x",
    " =1",
    '"=1',
    "'=1",
    "\u200b=1",
]
HARMLESS = ["Ana said = twice", "", "1-2", "a@b.example", "#1"]


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def cells(content: bytes, sheet: str = "Data") -> list[list]:
    return [list(row) for row in load_workbook(BytesIO(content))[sheet].iter_rows()]


@pytest.mark.parametrize("text", HOSTILE)
def test_in_csv_a_text_that_begins_like_a_formula_is_marked_as_text(text: str) -> None:
    [[name], [cell]] = rows_of(written(Export(pl.DataFrame({"note": [text]})), "csv"))
    assert (name, cell) == ("note", "'" + text.replace("\0", ""))


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert rows_of(written(Export(pl.DataFrame({"note": [text], "n": [1]})), "csv"))[1] == [text, "1"]


def test_a_header_out_of_the_data_is_marked_too() -> None:
    assert rows_of(written(Export(pl.DataFrame({"=cmd": [1]})), "csv"))[0] == ["'=cmd"]


def test_text_is_quoted_though_the_separator_is_another_where_it_is_read() -> None:
    """A spreadsheet set to semicolons would otherwise begin a new cell at '=1+1'."""
    content = written(Export(pl.DataFrame({"note": ["a;=1+1"]})), "csv").decode("utf-8-sig")
    assert content.splitlines()[1] == '"a;=1+1"'
    assert list(csv.reader(StringIO(content), delimiter=";"))[1] == ["a;=1+1"]


def test_the_lines_of_the_origin_hold_no_separator_that_begins_a_cell() -> None:
    content = written(Export(pl.DataFrame({"n": [1]}), (("site", 'a,=1+1;=2\n=3"'),)), "csv").decode("utf-8-sig")
    assert content.splitlines()[0] == "# site: a · =1+1 · =2 · =3 ·"
    assert pl.read_csv(BytesIO(content.encode()), comment_prefix="#").to_dicts() == [{"n": 1}]


def test_numbers_stay_numbers_and_missing_is_empty() -> None:
    frame = pl.DataFrame({"change": [-0.5, None, float("nan")], "who": ["a", None, "c"]})
    assert [row[0] for row in rows_of(written(Export(frame), "csv"))] == ["change", "-0.5", "", ""]
    sheet = cells(written(Export(frame), "xlsx"))
    assert [(row[0].value, row[0].data_type) for row in sheet[1:]] == [(-0.5, "n"), (None, "n"), (None, "n")]


@pytest.mark.parametrize("text", [one for one in HOSTILE if "\0" not in one and "\r" not in one])
def test_in_xlsx_every_text_is_a_string_cell(text: str) -> None:
    [_head, [cell]] = cells(written(Export(pl.DataFrame({"note": [text]})), "xlsx"))
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_in_xlsx_a_link_is_text_and_a_number_in_text_stays_text() -> None:
    frame = pl.DataFrame({"a": ["https://evil.example/x"], "b": ["00123"], "c": [True], "d": [date(2026, 3, 1)]})
    [_head, row] = cells(written(Export(frame), "xlsx"))
    assert [(cell.data_type, cell.hyperlink) for cell in row] == [("s", None), ("s", None), ("b", None), ("d", None)]
    assert row[1].value == "00123"


def test_a_text_longer_than_a_cell_is_shortened_and_said_so() -> None:
    content = written(Export(pl.DataFrame({"a": ["x" * 40_000]}), (("n", "1"),)), "xlsx")
    assert len(cells(content)[1][0].value) == 32_767
    assert [[cell.value for cell in row] for row in cells(content, "Origin")] == [
        ["n", "1"],
        ["Shortened cells", "1 longer than 32,767 characters; the CSV holds them whole"],
    ]


def test_an_instant_is_told_in_utc_in_both() -> None:
    frame = pl.DataFrame({"at": [datetime(2026, 3, 1, 12, tzinfo=UTC)]}).with_columns(
        pl.col("at").dt.convert_time_zone("America/Bogota")
    )
    assert rows_of(written(Export(frame), "csv"))[1] == ["2026-03-01T12:00:00Z"]
    assert cells(written(Export(frame), "xlsx"))[1][0].value == "2026-03-01T12:00:00Z"


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_module, "MOST_ROWS", 2)
    Export(pl.DataFrame({"n": [1, 2]}))
    with pytest.raises(BadRequest, match="at most 2 rows, this one 3"):
        Export(pl.DataFrame({"n": [1, 2, 3]}))


def test_a_format_there_is_none_of_is_named() -> None:
    with pytest.raises(UnknownName, match="csv"):
        written(Export(pl.DataFrame({"n": [1]})), "cvs")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("../../etc", "passwd"), "etc_passwd.csv"),
        (("a\r\nSet-Cookie: x",), "a_Set_Cookie_x.csv"),
        (("invoice\u202egpj",), "invoicegpj.csv"),
        (("Peñarol", "2026-03"), "Penarol_2026_03.csv"),
        (("銀行",), "export.csv"),
        (("a" * 500,), "a" * 100 + ".csv"),
    ],
)
def test_a_file_is_named_by_letters_and_digits(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts, how="csv") == name
