"""Erased customers stay out: a keyed hash of each id is kept, which tells nothing to anybody without the key."""

import os
import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from care_metrics.commands.stack import Stack
from care_metrics.errors import BadRequest
from care_metrics.privacy.erasure import erased_ids, tombstone
from care_metrics.schema import TABLES
from care_metrics.settings import settings
from care_metrics.store import Store

KEY_FILE = ".tombstone_key"
FEWEST_BYTES = 16
ERASED = "it belongs to a customer who was erased"


def tombstone_key(store: Store, make: bool = False) -> str:
    """The secret of the setting, else of a file in the store's folder, made where there is none and `make` says so."""
    key = settings().tombstone_key.get_secret_value()
    if key and len(key.encode()) < FEWEST_BYTES:
        raise BadRequest(
            f"CARE_METRICS_TOMBSTONE_KEY has {len(key.encode())} bytes; set it to a secret of {FEWEST_BYTES} or more."
        )
    if key:
        return key
    path = Path(store.url) / KEY_FILE
    if store.local and path.is_file():
        return path.read_text("ascii").strip()
    if not make or not store.local:
        raise BadRequest(
            f"{store.url}: erased customers are remembered under a key that is missing; set CARE_METRICS_TOMBSTONE_KEY to it."
        )
    return _made(path)


def _made(path: Path) -> str:
    key = secrets.token_hex(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


def remember(store: Store, client: str, customer: str, legs: Collection[str], key: str) -> str:
    """Keep a tombstone of the customer and of each leg, so that a transcript alone does not come back either."""
    stones = {
        "customer": [tombstone(client, customer, key)],
        "leg": [tombstone(client, f"leg {one}", key) for one in legs],
    }
    known = set(_stones(store, client))
    rows = [(client, kind, stone) for kind, found in stones.items() for stone in found if stone not in known]
    if rows:
        frame = pl.DataFrame(rows, schema=["client", "kind", "tombstone"], orient="row")
        store.append("tombstones", frame.sort("tombstone").with_columns(loaded_at=pl.lit(datetime.now(UTC))))
    return stones["customer"][0]


def is_erased(store: Store, client: str, customer: str, key: str) -> bool:
    """Whether this customer was erased before."""
    return bool(erased_ids(client, [customer], _stones(store, client), key))


class Blocked:
    """What must not come in again with one load; remembers the legs of erased customers from one batch to the next."""

    def __init__(self, store: Store, client: str) -> None:
        self._client, self._stones = client, frozenset(_stones(store, client))
        self._key = tombstone_key(store) if self._stones else ""
        self._legs: set[str] = set()

    def set_aside(self, stacks: Sequence[Stack]) -> list[Stack]:
        """The stacks with the rows of erased customers set aside, without their words."""
        if not self._stones:
            return list(stacks)
        customers = self._erased(_ids(stacks, "customer_id"))
        legs = self._erased([f"leg {one}" for one in _ids(stacks, "interaction_id")])
        self._legs |= {one.removeprefix("leg ") for one in legs}
        for stack in stacks:
            if stack.table == "interactions":
                theirs = pl.col("customer_id").is_in(list(customers))
                self._legs |= set(stack.rows.filter(theirs)["interaction_id"])
        return [_set_aside(stack, customers, self._legs) for stack in stacks]

    def _erased(self, ids: Collection[str]) -> frozenset[str]:
        return erased_ids(self._client, ids, self._stones, self._key)


def _set_aside(stack: Stack, customers: Collection[str], legs: Collection[str]) -> Stack:
    theirs = pl.any_horizontal(
        pl.col(column).is_in(list(ids)).fill_null(False) if column in TABLES[stack.table].names else pl.lit(False)
        for column, ids in (("customer_id", customers), ("interaction_id", legs))
    )
    gone = stack.rows.filter(theirs)
    if gone.is_empty():
        return stack
    aside = gone.select(
        "file",
        table=pl.lit(stack.table),
        line="line",
        reason=pl.lit(ERASED),
        raw=pl.lit(None, pl.String),
    )
    return replace(
        stack, rows=stack.rows.filter(~theirs), quarantined=pl.concat([stack.quarantined, aside]).sort("file", "line")
    )


def _ids(stacks: Sequence[Stack], column: str) -> set[str]:
    return {one for stack in stacks if column in stack.rows.columns for one in stack.rows[column].drop_nulls().unique()}


def _stones(store: Store, client: str) -> list[str]:
    rows = store.read_now("tombstones", [client], ["tombstone"])
    return [] if rows is None else rows["tombstone"].to_list()
