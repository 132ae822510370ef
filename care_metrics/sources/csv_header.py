"""The first line of a CSV file: its columns, or why the file is in another encoding or dialect."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from care_metrics.errors import FileRefused
from care_metrics.sources.csv_records import Shape, records

LONGEST_HEADER = 1 << 20


@dataclass(frozen=True)
class Header:
    """Column names in order, and how many lines they take."""

    names: tuple[str, ...]
    lines: int


def read_header(path: Path, file: BinaryIO, delimiter: str = ",", encoding: str = "utf-8") -> Header:
    """Read the header and leave the file at the first byte after it."""
    start = file.read(LONGEST_HEADER)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:8]:
        raise FileRefused(path, "is written in UTF-16, not UTF-8; convert it (iconv -f UTF-16 -t UTF-8).")
    if b"\n" not in start and len(start) == LONGEST_HEADER:
        raise FileRefused(path, f"has no line end in its first {LONGEST_HEADER >> 20} MB; is it a table?")
    body = start.removeprefix(b"\xef\xbb\xbf")
    cut = body.rfind(b"\n") + 1 or len(body)
    first = next(records(decoded(path, body[:cut], 1, encoding), 1, final=True, shape=Shape(delimiter)), None)
    names = tuple(name.strip() for name in first.fields) if first and not first.fault else ()
    if b"\r" in body and b"\n" not in body:
        raise FileRefused(path, "ends its lines with CR alone, as very old Macs did; write it with LF or CRLF.")
    if not any(names) or first is None:
        raise FileRefused(path, "does not begin with a header of column names.")
    _check_dialect(path, names)
    file.seek(len(start) - len(body) + len(first.raw.encode(encoding)))
    return Header(names, first.lines)


def decoded(path: Path, data: bytes, line: int, encoding: str = "utf-8") -> str:
    """The bytes as text; refused with the line at which they are not UTF-8 (other encodings are declared, not checked).

    line: number of the first line of data.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        wrong = line + data.count(b"\n", 0, problem.start)
        if b"\0" in data:
            raise FileRefused(path, "is no text (it holds zero bytes); export the table as CSV.") from None
        raise FileRefused(
            path,
            f"is not UTF-8: line {wrong:,} holds the byte 0x{data[problem.start]:02x}, "
            "as Latin-1 or Windows-1252 would; convert it (iconv -f WINDOWS-1252 -t UTF-8).",
        ) from None


def _check_dialect(path: Path, names: tuple[str, ...]) -> None:
    only = names[0] if len(names) == 1 else ""
    hint = "write it with commas, fields with a comma inside double quotes."
    if names[0].lower().startswith("sep="):
        raise FileRefused(path, f"begins with {names[0][:8]!r}, a spreadsheet's own dialect; {hint}")
    found = re.search(r"[;\t|]", only)
    if found:
        raise FileRefused(path, f"separates its columns by {found[0]!r} (found {only[:60]!r}); {hint}")
