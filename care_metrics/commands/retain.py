"""retain: what is older than it may be kept leaves the store; a dry run says what would."""

import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import polars as pl

from care_metrics.commands.erase import erase_reviews, legs_of
from care_metrics.commands.removing import count_rows, remove_rows
from care_metrics.commands.roll_up import roll_up
from care_metrics.commands.taken_files import forget_taken
from care_metrics.commands.tenants import known_clients
from care_metrics.store import Publication, Store, open_store, publishing
from care_metrics.store.own_tables import SCORED
from care_metrics.store.vacuum import vacuum

READERS_H = 24  # longer than anybody looks at one snapshot


@dataclass(frozen=True)
class Expiry:
    """Contacts begun before an instant, with all that hangs on them; customers on hold keep theirs.

    Surveys and agents' time go by their own day, memberships by their end, quarantined rows and turns without a contact
    by the day they were loaded.
    """

    before: datetime
    hold: tuple[str, ...] = ()


def run_retain(url: str | None, days: int, clients: Sequence[str], hold: Sequence[str], dry_run: bool) -> None:
    """Say on stdout what went, or would go, of each client."""
    store = open_store(url)
    expiry = Expiry(datetime.now(UTC) - timedelta(days=days), tuple(hold))
    with publishing(store) as publication:
        for client in known_clients(store, store.snapshot(), list(clients)):
            found = expired(store, client, expiry) if dry_run else expire(publication, client, expiry)
            listed = ", ".join(f"{table} {count:,}" for table, count in found.items()) or "nothing"
            print(
                f"{client}: {listed} {'would go' if dry_run else 'removed'} (before {expiry.before:%Y-%m-%d %H:%M} UTC)"
            )
        if not dry_run:
            print(f"{vacuum(store, READERS_H):,} data files of older versions deleted", file=sys.stderr)
    if dry_run:
        print("nothing was changed (--dry-run)", file=sys.stderr)


def expired(store: Store, client: str, expiry: Expiry) -> dict[str, int]:
    """Table -> rows that `expire` would remove; changes nothing."""
    gone = _gone(store, client, expiry, _legs(store, client, expiry))
    return _some({table: count_rows(store, client, table, rows) for table, rows in gone.items()})


def expire(publication: Publication, client: str, expiry: Expiry) -> dict[str, int]:
    """Table -> rows removed; what reviewers wrote about these contacts goes too, and no older snapshot stays."""
    store = publication.store
    legs = _legs(store, client, expiry)
    gone = _gone(store, client, expiry, legs)
    found = erase_reviews(store, client, legs) if legs else {}
    found |= {table: remove_rows(store, client, table, rows) for table, rows in gone.items()}
    if _some(found):
        forget_taken(store, client)
        roll_up(publication, [client])
        publication.commit()
        vacuum(store)
    return _some(found)


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {table: count for table, count in counts.items() if count}


def _legs(store: Store, client: str, expiry: Expiry) -> list[str]:
    rows = store.read_now("interactions", [client], ["interaction_id", "started_at"])
    if rows is None:
        return []
    kept = legs_of(store, client, list(expiry.hold))
    return rows.filter((pl.col("started_at") < expiry.before) & ~pl.col("interaction_id").is_in(kept))[
        "interaction_id"
    ].to_list()


def _gone(store: Store, client: str, expiry: Expiry, legs: Collection[str]) -> dict[str, pl.Expr]:
    """Table -> the rows that go; all expressions are made before the first row has gone."""
    rows = store.read_now("interactions", [client], ["interaction_id"])
    known = [] if rows is None else rows["interaction_id"].to_list()
    hanging = pl.col("interaction_id").is_in(list(legs))
    orphaned = ~pl.col("interaction_id").is_in(known) & (pl.col("loaded_at") < expiry.before)
    held = pl.col("customer_id").is_in(list(expiry.hold)).fill_null(False)
    about_held = pl.col("interaction_id").is_in(legs_of(store, client, list(expiry.hold))).fill_null(False)
    return {
        **dict.fromkeys(("turns", "evidence"), hanging | orphaned),
        **dict.fromkeys(SCORED, hanging),
        "surveys": (pl.coalesce("responded_at", "sent_at") < expiry.before) & ~held & ~about_held,
        "customers": (pl.col("end_at") < expiry.before) & ~held,
        "agent_time": pl.col("start_at") < expiry.before,
        "quarantine": pl.col("loaded_at") < expiry.before,
        "interactions": hanging,
    }
