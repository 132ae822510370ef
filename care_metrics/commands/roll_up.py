"""Rebuild a client's evidence and facts from the tables as they now stand, inside a publication."""

from collections.abc import Collection, Iterable
from functools import partial

from care_metrics.access import current_revision, current_sentiments
from care_metrics.commands.derive_evidence import derive_evidence, derived
from care_metrics.commands.overturned import Claim, overturned
from care_metrics.commands.progress import Tell, silent
from care_metrics.commands.revisions import current_thresholds
from care_metrics.pillars import RULES_REVISION
from care_metrics.schema import TABLES
from care_metrics.store import Publication, Snapshot, Store
from care_metrics.store.own_tables import SCORED
from care_metrics.warehouse import build_facts, fingerprint

# derived_evidence too: an accepted dispute marks its rows, and the facts have to follow.
INPUTS = (*TABLES, "scores", "behaviours", "derived_evidence")


def roll_up(publication: Publication, clients: Iterable[str], derive: bool = False, tell: Tell = silent) -> list[str]:
    """Facts of those clients whose inputs have changed since; the caller commits. Returns which they were.

    derive: also derive evidence where none was before; what was derived once follows every change.
    """
    store = publication.store
    disputed = {client: overturned(store, client) for client in clients}
    zones = store.clients(Snapshot(0, store.versions()))
    stale = [
        client for client in disputed if _built_from(store, client) != _inputs(store, client, derive, disputed[client])
    ]
    for client in stale:
        if derive or derived(store, client):
            derive_evidence(store, client, disputed[client] or (), tell)
        now = Snapshot(publication.base.version, store.versions())
        files = {table: store.files(now, table, [client]) for table in (*TABLES, *SCORED)}
        revisions, inputs = current_sentiments(store, now), _inputs(store, client, derive, disputed[client])
        building = partial(tell, f"facts of {client}")
        for table, rows in build_facts(client, zones[client], files, revisions, inputs, building, publication.spill()):
            store.replace(table, rows, client, None)
    return stale


def _inputs(store: Store, client: str, derive: bool, disputed: Collection[Claim] | None) -> str:
    now = Snapshot(0, store.versions())
    files = {table: store.files(now, table, [client]) for table in INPUTS}
    decided = [current_sentiments(store, now), current_revision(store, now, "behaviours"), RULES_REVISION]
    # Without a dispute as it was before there were any, so that no store is rolled up anew for nothing.
    also = [sorted(disputed, key=repr)] if disputed else []
    cuts = current_thresholds(store, now, "behaviours")
    return fingerprint(files, decided, cuts, derive or derived(store, client), *also)


def _built_from(store: Store, client: str) -> str | None:
    rows = store.read_now("facts_client", [client], ["built_from"])
    return None if rows is None or rows.is_empty() or "built_from" not in rows.columns else rows["built_from"][0]
