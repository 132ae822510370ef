"""A client's rows in buckets of whole matters: legs that tell about one another come together, and memory is bounded."""

from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path

import polars as pl

from care_metrics.commands.bucket_file import BucketFile, Place
from care_metrics.store import Store, height, pieces

ROWS_AT_A_TIME = 250_000  # legs and turns; a matter that is bigger comes whole all the same
TIES = ("contact", "case", "customer")


class Matters:
    """The rows of these tables (name -> wanted columns, None: all), each with interaction_id; few are left where they are."""

    def __init__(
        self, store: Store, client: str, tables: Mapping[str, Sequence[str] | None], most: int = ROWS_AT_A_TIME
    ) -> None:
        self._store, self._client, self._tables = store, client, tables
        rows = sum(height(store, name, client) for name in ("interactions", "turns"))
        self.count = max(1, ceil(rows / most))
        self._file = BucketFile(Path(store.url) if store.local else None)
        self._places: dict[tuple[str, int], list[Place]] = {}
        if self.count > 1:
            self._scatter()

    def __enter__(self) -> "Matters":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, table: str, bucket: int) -> pl.DataFrame | None:
        """The rows of a table in one bucket, in the order in which they are stored; None without any."""
        if self.count == 1:
            return self._store.read_now(table, [self._client], self._tables[table])
        return self._file.get(self._places.get((table, bucket), ()))

    def _scatter(self) -> None:
        ids = ["interaction_id", "contact_id", "case_id", "customer_id"]
        legs = [_hashed(piece) for piece in pieces(self._store, "interactions", self._client, ids)]
        known = bucketed(pl.concat(legs), self.count) if legs else None
        for table, wanted in self._tables.items():
            for piece in pieces(self._store, table, self._client, wanted):
                for bucket, place in self._file.put(piece, _buckets(piece, known, self.count)):
                    self._places.setdefault((table, bucket), []).append(place)


def bucketed(legs: pl.DataFrame, count: int) -> pl.DataFrame:
    """leg and bucket (0 to count - 1); legs that share a contact, a case or a customer, be it through others, share one.

    legs: leg, contact, case and customer, all hashes; case and customer may be missing.
    """
    told, before = legs.with_columns(label="leg"), None
    while before is None or not told["label"].equals(before):
        before = told["label"]
        for tie in TIES:
            least = pl.col("label").min().over(tie)
            told = told.with_columns(label=pl.when(pl.col(tie).is_null()).then("label").otherwise(least))
    return told.select("leg", bucket=pl.col("label") % count).unique("leg")


def _hashed(legs: pl.DataFrame) -> pl.DataFrame:
    """Eight bytes an id, as this is held of all legs at once; two ids of one hash would only come together."""
    columns = {
        name: pl.col(name) if name in legs.columns else pl.lit(None, pl.String) for name in ("case_id", "customer_id")
    }
    contact = pl.coalesce(*(name for name in ("contact_id", "interaction_id") if name in legs.columns))
    return legs.select(
        leg=_hash(pl.col("interaction_id")),
        contact=_hash(contact),
        **{name.removesuffix("_id"): _hash(column) for name, column in columns.items()},
    )


def _hash(ids: pl.Expr) -> pl.Expr:
    return pl.when(ids.is_not_null()).then(ids.hash(seed=7))


def _buckets(rows: pl.DataFrame, known: pl.DataFrame | None, count: int) -> pl.Series:
    """The bucket of each row: that of its leg, and one of the id's own where there is no such leg."""
    found = rows.select(leg=_hash(pl.col("interaction_id")))
    if known is None:
        return (found["leg"] % count).fill_null(0)
    joined = found.join(known, on="leg", how="left", maintain_order="left")
    return joined.select(pl.coalesce("bucket", pl.col("leg") % count).fill_null(0)).to_series()
