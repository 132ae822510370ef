"""Canonical tables as CSV: comma, double quotes, a header, UTF-8; nothing is sniffed and no row disappears."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from care_metrics.errors import FileRefused
from care_metrics.sources.canonical import table_of
from care_metrics.sources.csv_blocks import Block, Layout, parse
from care_metrics.sources.csv_header import read_header
from care_metrics.sources.reading import Reading, with_rejects
from care_metrics.sources.source import Source
from care_metrics.sources.validate import validate

BLOCK = 16 << 20
LONGEST_RECORD = 64 << 20
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(source: Source) -> bool:
    """Whether this may be CSV: by its suffix, else text without control characters that is not JSON; asked last."""
    if source.path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return True
    return source.head.lstrip()[:1] not in (b"{", b"[") and not _CONTROL.search(source.head)


def read(source: Source) -> Iterator[Reading]:
    """The rows of a CSV file, block by block, each row with the line it begins on."""
    path = source.path
    with path.open("rb") as file:
        header = read_header(path, file)
        table = table_of(path, header.names)
        unknown = [name for name in header.names if name not in table.names]
        one_line = frozenset(column.name for column in table.columns if column.kind not in ("text", "category"))
        layout = Layout(path, header.names, frozenset(table.names), one_line)
        for block in blocks(layout, file, header.lines + 1):
            yield with_rejects(validate(block.frame, table, str(path), unknown), block.rejects)


def blocks(layout: Layout, file: BinaryIO, line: int) -> Iterator[Block]:
    """The blocks of a file open at its first record, which stands on this line."""
    held, size = b"", BLOCK
    while True:
        more = file.read(size - len(held))
        final = len(held) + len(more) < size
        block = parse(layout, held + more, line, final, give_up=size >= LONGEST_RECORD)
        yield block
        if final:
            return
        held, line = (held + more)[block.used :], line + block.newlines
        if not block.used and size >= LONGEST_RECORD:
            raise FileRefused(layout.path, f"has more than {size >> 20} MB in line {line:,}; is it a table?")
        size = max(BLOCK, len(held)) if block.used else min(size * 2, LONGEST_RECORD)
