"""Record by record through CSV that is not well-formed: the line at fault is set aside, the next one is read again.

Slower than pyarrow by a factor of ten, and used only for the blocks that csv_structure turns down.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

UNCLOSED, MISPLACED = "a quote is never closed", "a quote or line end is misplaced"
csv.field_size_limit(2**31 - 1)  # a long field is quarantined by validate, with its line, like every other fault


@dataclass(frozen=True)
class Record:
    """One record or, with a fault, the one line that cannot be parsed; `lines`: how many lines it covers."""

    line: int
    fields: list[str]
    fault: str | None
    raw: str
    lines: int


@dataclass(frozen=True)
class Shape:
    """What a record should look like: fields between delimiters, so many, some of which never hold a line end."""

    delimiter: str = ","
    width: int = 0
    one_line: frozenset[int] = frozenset()

    def doubts(self, record: Record) -> bool:
        """Whether a record of several lines was more likely begun by a stray quote."""
        return record.lines > 1 and bool(
            (self.width and len(record.fields) != self.width)
            or any("\n" in record.fields[index] for index in self.one_line)
        )


def records(text: str, first_line: int, final: bool, shape: Shape = Shape()) -> Iterator[Record]:
    """The records of whole lines of text; stops early at an open quote that may be closed in the next block.

    first_line: number of the text's first line. final: nothing follows, so an open quote is a fault.
    Of a doubtful record of several lines the first line alone is set aside, so that the rows it would swallow are read.
    """
    lines = list(io.StringIO(text, newline="\n"))
    position = 0
    while position < len(lines):
        record = _record(lines, position, first_line + position, final, shape.delimiter)
        if record is None:
            return
        if shape.doubts(record):
            record = Record(record.line, [], UNCLOSED, lines[position], 1)
        position += record.lines
        yield record


def _record(lines: list[str], position: int, line: int, final: bool, delimiter: str) -> Record | None:
    reader = csv.reader(map(lines.__getitem__, range(position, len(lines))), delimiter=delimiter, strict=True)
    try:
        fields = next(reader)
    except csv.Error as problem:
        unclosed = "unexpected end of data" in str(problem)
        if unclosed and not final:
            return None
        return Record(line, [], UNCLOSED if unclosed else MISPLACED, lines[position], 1)
    return Record(line, fields, None, "".join(lines[position : position + reader.line_num]), reader.line_num)
