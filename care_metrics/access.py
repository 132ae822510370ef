"""A reader's access: the warehouse of their Scope over one snapshot of the store."""

from care_metrics.schema import TABLES
from care_metrics.scope import Scope
from care_metrics.store import Snapshot, Store
from care_metrics.store.own_tables import FACTS, SCORED
from care_metrics.warehouse import Warehouse, open_house

# One model a set of languages; each has a current revision of its own, and no turn is scored by two of them.
SENTIMENT_TASKS = ("sentiment", "sentiment_es_pt")


def warehouse_of(store: Store, snapshot: Snapshot, scope: Scope) -> Warehouse:
    """Open what the Scope's clients have in the snapshot; an empty Scope opens nothing at all."""
    names = (*FACTS, *TABLES, *SCORED)
    files = {name: store.files(snapshot, name, scope.clients) for name in names} if scope.clients else {}
    return open_house(scope, snapshot.version, files, current_sentiments(store, snapshot))


def current_sentiments(store: Store, snapshot: Snapshot) -> list[str]:
    """The revisions of the sentiment models whose scores count, none before the first score."""
    found = (current_revision(store, snapshot, task) for task in SENTIMENT_TASKS)
    return [revision for revision in found if revision]


def current_revision(store: Store, snapshot: Snapshot, task: str = "sentiment") -> str | None:
    """The model revision whose scores count, None before the first score."""
    rows = store.read_small(snapshot, "revisions")
    found = (
        [] if rows is None else [row["revision"] for row in rows.to_dicts() if row["task"] == task and row["current"]]
    )
    return found[0] if found else None
