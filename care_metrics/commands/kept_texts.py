"""Texts that are stored already: what an earlier load took out of them, a later one does not bring back."""

import re

import polars as pl

from care_metrics.commands.redacting import PLACEHOLDER, free_column
from care_metrics.schema import TABLES

ANY_PLACEHOLDER = re.compile(PLACEHOLDER.replace("([a-z_]+)", "[a-z_]+"))


def settled(table: str, incoming: pl.DataFrame, stored: pl.DataFrame | None) -> pl.DataFrame:
    """Incoming rows, but with the stored text where that differs only by more placeholders.

    A load without the customers' names finds fewer of them; it must not bring back what an earlier one took out.
    """
    column, key = free_column(table), list(TABLES[table].key)
    if column is None or stored is None or stored.is_empty():
        return incoming
    marked = stored.filter(pl.col(column).str.contains(PLACEHOLDER)).select(*key, pl.col(column).alias("_old"))
    joined = incoming.join(marked, on=key, how="left", nulls_equal=True, maintain_order="left")
    differs = (pl.col("_old").is_not_null() & (pl.col("_old") != pl.col(column))).fill_null(False)
    if not joined.select(differs.any()).item():
        return incoming
    pairs = joined.select(old="_old", new=column, differs=differs).rows()
    texts = [old if differs and is_redaction_of(old, new) else new for old, new, differs in pairs]
    return joined.with_columns(pl.Series(column, texts, pl.String)).drop("_old")


def is_redaction_of(less: str, more: str) -> bool:
    """Whether a text with placeholders is the other one with something left out at each of them."""
    parts = ANY_PLACEHOLDER.split(less)
    if len(parts) == 1 or not more.startswith(parts[0]) or not more.endswith(parts[-1]):
        return False
    place, end = len(parts[0]), len(more) - len(parts[-1])
    for part in parts[1:-1]:
        found = more.find(part, place + 1, end)
        if found < 0:
            return False
        place = found + len(part)
    return place < end
