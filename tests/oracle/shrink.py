"""Fewer and fewer rows that still show a disagreement."""

from collections.abc import Callable, Mapping, Sequence

from .accept import Raw

Tables = Mapping[str, Sequence[Raw]]


def shrink(tables: Tables, still: Callable[[Tables], bool]) -> Tables:
    """Leave out ever smaller runs of rows of each table while `still` holds; the result is small, not smallest."""
    for table in sorted(tables, key=lambda name: -len(tables[name])):
        size = len(tables[table])
        while size:
            place = 0
            while place < len(tables[table]):
                rows = tables[table]
                fewer = {**tables, table: [*rows[:place], *rows[place + size :]]}
                fewer = {name: kept for name, kept in fewer.items() if kept}
                if fewer and still(fewer):
                    tables = fewer
                    if table not in tables:
                        break
                else:
                    place += size
            if table not in tables:
                break
            size //= 2
    return tables
