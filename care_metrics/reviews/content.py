"""What a database holds, in two numbers a table: how many rows, and a hash that no order of rows or pages changes."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection, MetaData, RowMapping, select

BITS = 256


@dataclass(frozen=True)
class Content:
    """rows, digests: by table. Two databases with equal ones hold the same."""

    rows: dict[str, int]
    digests: dict[str, str]


def content(connection: Connection) -> Content:
    """Count and hash every table there is, also those of an older version, as one transaction sees them."""
    found = MetaData()
    found.reflect(connection)
    rows, digests = {}, {}
    for table in found.sorted_tables:
        count = total = 0
        for row in connection.execute(select(table), execution_options={"yield_per": 1000}).mappings():
            # A sum does not depend on the order, which collations of two servers may not share.
            total = (total + int.from_bytes(sha256(_line(row)).digest())) % 2**BITS
            count += 1
        rows[table.name], digests[table.name] = count, f"{total:064x}"
    return Content(rows, digests)


def _line(row: RowMapping) -> bytes:
    return json.dumps(dict(row), sort_keys=True, default=_told).encode()


def _told(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a table")
