"""erase: a customer leaves every table, older snapshots, the reviews' database and the quarantine, and stays out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from care_metrics.commands.removing import count_rows, gone_by_customer, mentions, remove_rows
from care_metrics.commands.roll_up import roll_up
from care_metrics.commands.taken_files import forget_taken
from care_metrics.commands.tombstones import is_erased, remember, tombstone_key
from care_metrics.errors import BadRequest
from care_metrics.reviews import open_database
from care_metrics.reviews.locate import database_url, sqlite_path
from care_metrics.scope import operator
from care_metrics.store import Publication, Store
from care_metrics.store.vacuum import leftovers, vacuum

NAMING_FILES = ("loads", "redactions")


@dataclass(frozen=True)
class Proof:
    """What may be shown to prove it; no id and no text of the customer.

    removed: table -> rows; files: data files deleted from the disk, older versions included; left: files that no
    snapshot names and that are still there, none if all went well.
    """

    client: str
    tombstone: str
    erased_at: datetime
    snapshot: int
    removed: dict[str, int]
    files: int
    left: int


def erase(publication: Publication, client: str, customer: str) -> Proof:
    """Erase one customer; run again after an interruption it finishes what is left.

    The reviews go first: once the legs are gone nobody knows which ones were the customer's.
    """
    store = publication.store
    key = tombstone_key(store, make=True)
    legs = legs_of(store, client, [customer])
    gone = gone_by_customer([customer], legs)
    known = is_erased(store, client, customer, key)
    removed = erase_reviews(store, client, legs)
    stone = remember(store, client, customer, legs, key) if known or _is_there(store, client, gone) else None
    if stone is None:
        raise BadRequest(
            f"{client}: holds no row of a customer with this id; check it (ids are compared letter by letter)."
        )
    removed |= {table: remove_rows(store, client, table, rows) for table, rows in gone.items()}
    removed |= _named(store, client, [customer, *legs])
    forget_taken(store, client)
    roll_up(publication, [client])
    snapshot = publication.commit()
    files = vacuum(store)
    removed = {table: count for table, count in removed.items() if count}
    return Proof(client, stone, datetime.now(UTC), snapshot.version, removed, files, len(leftovers(store)))


def legs_of(store: Store, client: str, customers: list[str]) -> list[str]:
    """All legs of these customers, and the legs of their contacts on which no customer is noted."""
    rows = store.read_now("interactions", [client], ["interaction_id", "contact_id", "customer_id"])
    if rows is None:
        return []
    mine = pl.col("customer_id").is_in(customers).fill_null(False)
    contacts = rows.filter(mine)["contact_id"].drop_nulls().unique().to_list()
    nameless = pl.col("customer_id").is_null() & pl.col("contact_id").is_in(contacts)
    return sorted(rows.filter(mine | nameless)["interaction_id"])


def _is_there(store: Store, client: str, gone: Mapping[str, pl.Expr]) -> bool:
    return any(count_rows(store, client, table, gone[table]) for table in ("interactions", "customers", "surveys"))


def _named(store: Store, client: str, ids: Iterable[str]) -> dict[str, int]:
    """Quarantined rows that name the customer go; a file named after a contact loses its name in the records of loads."""
    found = list(ids)
    removed = {"quarantine": remove_rows(store, client, "quarantine", mentions(("raw", "file"), found))}
    for table in NAMING_FILES:
        rows = store.read_now(table, [client])
        if rows is None:
            continue
        named = mentions(("file",), found)
        if rows.filter(named).height:
            store.replace(table, rows.with_columns(pl.when(~named).then("file").alias("file")), client, None)
    return removed


def erase_reviews(store: Store, client: str, legs: list[str]) -> dict[str, int]:
    """What was written about these legs leaves the database: table -> rows; none where there is no database yet."""
    url = database_url(store=store.url)
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return {}
    from care_metrics.reviews.erasure import erase_contacts

    return erase_contacts(operator([client]), open_database(url), client, legs)
