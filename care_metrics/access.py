"""A reader's access: the warehouse of their Scope over one snapshot of the store."""

from care_metrics.schema import TABLES
from care_metrics.scope import Scope
from care_metrics.store import Snapshot, Store
from care_metrics.store.own_tables import FACTS, SCORED
from care_metrics.warehouse import Warehouse, open_house


def warehouse_of(store: Store, snapshot: Snapshot, scope: Scope) -> Warehouse:
    """Open what the Scope's clients have in the snapshot; an empty Scope opens nothing at all."""
    names = (*FACTS, *TABLES, *SCORED)
    files = {name: store.files(snapshot, name, scope.clients) for name in names} if scope.clients else {}
    return open_house(scope, snapshot.version, files, current_revision(store, snapshot))


def current_revision(store: Store, snapshot: Snapshot, task: str = "sentiment") -> str | None:
    """The model revision whose scores count, None before the first score."""
    rows = store.read_small(snapshot, "revisions")
    found = (
        [] if rows is None else [row["revision"] for row in rows.to_dicts() if row["task"] == task and row["current"]]
    )
    return found[0] if found else None
