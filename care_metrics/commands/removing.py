"""Rows out of a client's tables: only the partitions that hold some are read whole and written anew."""

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from care_metrics.schema import TABLES
from care_metrics.store import Store
from care_metrics.store.own_tables import SCORED

UNMISTAKABLE = 8  # letters of an id that is hardly part of another


def remove_rows(store: Store, client: str, table: str, gone: pl.Expr) -> int:
    """Rewrite the table without the client's rows for which the expression holds; how many there were.

    The log keeps client and months of what was rewritten, and no id.
    """
    months = _months_of(store, client, table, gone)
    if months is not None and not months:
        return 0
    rows = store.read_now(table, [client], None, months)
    if rows is None:
        return 0
    kept = rows.filter(~gone.fill_null(False))
    if kept.height < rows.height:
        store.replace(table, kept, client, months)
    return rows.height - kept.height


def count_rows(store: Store, client: str, table: str, gone: pl.Expr) -> int:
    """How many rows `remove_rows` would remove."""
    rows = store.read_now(table, [client], _needed(gone))
    return 0 if rows is None else rows.filter(gone.fill_null(False)).height


def _months_of(store: Store, client: str, table: str, gone: pl.Expr) -> list[str] | None:
    """The partitions with such rows, found by the few columns that are asked about; None where there are no months."""
    rows = store.read_now(table, [client], [*_needed(gone), "month"])
    if rows is None:
        return []
    if "month" not in rows.columns:
        return None
    return sorted(rows.filter(gone.fill_null(False))["month"].unique().to_list())


def _needed(gone: pl.Expr) -> list[str]:
    return list(dict.fromkeys(gone.meta.root_names()))


def gone_by_customer(customers: Collection[str], legs: Collection[str]) -> Mapping[str, pl.Expr]:
    """Table -> the rows of these customers and of these legs, in every table that knows either."""
    found: dict[str, pl.Expr] = {}
    for name, table in TABLES.items():
        parts = [
            pl.col(column).is_in(list(values))
            for column, values in (("customer_id", customers), ("interaction_id", legs))
            if column in table.names
        ]
        if parts:
            found[name] = pl.any_horizontal(part.fill_null(False) for part in parts)
    return found | {name: pl.col("interaction_id").is_in(list(legs)) for name in SCORED}


def mentions(columns: Iterable[str], ids: Collection[str]) -> pl.Expr:
    """Whether one of the ids stands in one of these texts; a short one only as a whole, not as part of a longer."""
    long = [one for one in ids if len(one) >= UNMISTAKABLE]
    found = [pl.lit(False)]
    for column in columns:
        if long:
            found.append(pl.col(column).str.contains_any(long))
        found += [pl.col(column).str.contains(_whole(one)) for one in ids if len(one) < UNMISTAKABLE]
    return pl.any_horizontal(part.fill_null(False) for part in found)


def _whole(one: str) -> str:
    literal = "".join(sign if sign.isascii() and sign.isalnum() else f"\\x{{{ord(sign):x}}}" for sign in one)
    return rf"(?:^|[^\w-]){literal}(?:$|[^\w-])|(?:^|/){literal}[_.]"
