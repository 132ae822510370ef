"""XLSX: each cell written as what it is, text as text; the origin on a sheet of its own."""

from datetime import date
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from care_metrics.exports.export import Export

# The most a cell holds; XlsxWriter leaves a longer one out without a word.
LONGEST = 32_767
WIDTHS = (10, 60)
SAMPLE = 200
# One row at a time in memory; no text is looked at for formulas, links or numbers.
OPTIONS: dict[str, Any] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx_bytes(export: Export) -> bytes:
    """The workbook: a sheet of rows with its header fixed, a sheet that says where they come from."""
    frame, buffer = export.plain(), BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        rows = book.add_worksheet("Data")
        rows.freeze_panes(1, 0)
        for column, name in enumerate(frame.columns):
            rows.set_column(column, column, _width(name, frame[name].head(SAMPLE).to_list()))
            _put(rows, 0, column, name, bold)
        cut = 0
        for number, row in enumerate(frame.iter_rows(), start=1):
            for column, value in enumerate(row):
                cut += _put(rows, number, column, value, day if isinstance(value, date) else None)
        _origin(book, bold, (*export.told, *_shortened(cut)))
    return buffer.getvalue()


def _put(sheet: Any, row: int, column: int, value: object, form: Any = None) -> int:
    """Write one value by its own type; 1 where a text was too long for a cell and is shortened."""
    if value is None:
        return 0
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, form)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, form)
    else:
        text = str(value)
        sheet.write_string(row, column, text if len(text) <= LONGEST else text[: LONGEST - 1] + "…", form)
        return len(text) > LONGEST
    return 0


def _origin(book: Workbook, bold: Any, told: tuple[tuple[str, str], ...]) -> None:
    sheet = book.add_worksheet("Origin")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WIDTHS[1])
    for row, (label, value) in enumerate(told):
        _put(sheet, row, 0, label, bold)
        _put(sheet, row, 1, value)


def _shortened(cut: int) -> tuple[tuple[str, str], ...]:
    return (
        (("Shortened cells", f"{cut:,} longer than {LONGEST:,} characters; the CSV holds them whole"),) if cut else ()
    )


def _width(name: str, values: list[object]) -> int:
    longest = max((len(str(value)) for value in (name, *values) if value is not None), default=0)
    return min(max(longest + 2, WIDTHS[0]), WIDTHS[1])
