"""A customer's rows out of canonical frames, and the tombstone that keeps them out."""

import hashlib
import hmac
from collections.abc import Collection, Mapping

import polars as pl

from care_metrics.schema import TABLES

_KEY_BYTES = 16  # a shorter key could be guessed, and with it every customer id


def tombstone(client: str, customer_id: str, key: bytes | str) -> str:
    """What is kept of an erased customer: 64 hex digits of HMAC-SHA256, of no use to anybody without the key.

    ValueError for a key shorter than 16 bytes.
    """
    secret = key.encode() if isinstance(key, str) else key
    if len(secret) < _KEY_BYTES:
        raise ValueError(f"A tombstone needs a key of at least {_KEY_BYTES} bytes, this one has {len(secret)}.")
    # The length in front keeps ("ab", "c") apart from ("a", "bc").
    subject = f"{len(client)}:{client}:{customer_id}".encode("utf-8", "surrogatepass")
    return hmac.new(secret, subject, hashlib.sha256).hexdigest()


def erased_ids(client: str, ids: Collection[str], tombstones: Collection[str], key: bytes | str) -> frozenset[str]:
    """The ids among these that were erased before and must not come in again."""
    if not tombstones:
        return frozenset()
    known = frozenset(tombstones)
    return frozenset(customer for customer in ids if tombstone(client, customer, key) in known)


def interactions_of(interactions: pl.DataFrame, customers: Collection[str]) -> frozenset[str]:
    """The ids of all legs of these customers."""
    mine = interactions.filter(pl.col("customer_id").is_in(list(customers)))
    return frozenset(mine["interaction_id"].drop_nulls().to_list())


def without_customers(
    table: str, frame: pl.DataFrame, customers: Collection[str], interactions: Collection[str]
) -> pl.DataFrame:
    """A canonical frame without the rows of these customers and of their interactions; other rows keep their order.

    interactions: from interactions_of, over all data of the client and not just this frame, since turns, surveys and
    evidence may lie in another load than their interaction. Tables with neither id come back as they are.
    """
    belongs = pl.lit(False)
    for column, values in (("customer_id", customers), ("interaction_id", interactions)):
        if column in TABLES[table].names:
            belongs |= pl.col(column).is_in(list(values)).fill_null(False)
    return frame.filter(~belongs)


def erase(frames: Mapping[str, pl.DataFrame], customers: Collection[str]) -> dict[str, pl.DataFrame]:
    """All canonical frames of one client, by table, without these customers."""
    legs = interactions_of(frames["interactions"], customers) if "interactions" in frames else frozenset()
    return {table: without_customers(table, frame, customers, legs) for table, frame in frames.items()}
