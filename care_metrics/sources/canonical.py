"""Which canonical table a file holds, told by its name or else by its columns."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from care_metrics.errors import FileRefused
from care_metrics.schema import TABLES, Table

MOST_COLUMNS = 10_000


def table_of(path: Path, columns: Sequence[str]) -> Table:
    """The table of a file with these columns; refused if none fits, two fit, or a required column is missing."""
    _check_names(path, columns)
    table = named_table(path) or _fitting_table(path, columns)
    missing = [name for name in table.required if name not in columns]
    if missing:
        raise FileRefused(
            path,
            f"lacks {_listed(missing)}, which every {table.name} file needs{_nearest(missing, columns)}; "
            f"found {_listed(columns)}. Rename the column or pass a --mapping.",
        )
    return table


def named_table(path: Path) -> Table | None:
    """The table a name like interactions.csv, surveys-05.jsonl or costs_2024_q1.parquet starts with."""
    stem = path.name.lower()
    fits = [name for name in TABLES if re.match(rf"{name}(?![a-z])", stem)]
    return TABLES[fits[0]] if fits else None


def _fitting_table(path: Path, columns: Sequence[str]) -> Table:
    """The table that knows most of the columns, all required ones among them and at least half of the file's."""
    known = {name: len(set(table.names) & set(columns)) for name, table in TABLES.items()}
    fits = [name for name, table in TABLES.items() if set(table.required) <= set(columns)]
    fits = [name for name in fits if 2 * known[name] >= len(columns)]
    best = [name for name in fits if known[name] == max(known[fit] for fit in fits)]
    if len(best) == 1:
        return TABLES[best[0]]
    raise FileRefused(
        path,
        f"is no table that ingest knows: neither its name begins with one of {', '.join(sorted(TABLES))} "
        f"nor do its columns ({_listed(columns)}) fit {'only one' if best else 'any'} of them. "
        "Rename the file or pass a --mapping.",
    )


def _check_names(path: Path, columns: Sequence[str]) -> None:
    if len(columns) > MOST_COLUMNS:
        raise FileRefused(path, f"has {len(columns):,} columns, more than the {MOST_COLUMNS:,} that a table may have.")
    twice = [name for name, times in Counter(columns).items() if times > 1]
    if twice:
        raise FileRefused(path, f"names the column {twice[0]!r} twice in its header; remove or rename one of them.")


def _nearest(missing: Sequence[str], columns: Sequence[str]) -> str:
    by_lower = {name.lower().strip(): name for name in columns}
    near = [by_lower[hit] for name in missing for hit in get_close_matches(name, by_lower, n=1, cutoff=0.75)]
    return f" (is {near[0]!r} meant?)" if near else ""


def _listed(names: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(repr(name[:60]) for name in names[:most])
    return shown + (f" and {len(names) - most:,} more" if len(names) > most else "")
