"""What a client calls its sites, and which of its contact reasons are transactional or emotional, over what the export says."""

from sqlalchemy import Table, select

from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require
from care_metrics.reviews.records import Record, covered_clients, record, signature, upsert, values
from care_metrics.reviews.rows import Site, TaskOfReason
from care_metrics.reviews.tables import SITES, TASKS
from care_metrics.reviews.wording import one_of, worded
from care_metrics.scope import Scope


def name_site(scope: Scope, database: Database, site: Site) -> None:
    """Set a site's label, country and location."""
    one_of(site.location, (None, "onshore", "nearshore", "offshore"), "A site's location")
    worded(site.label, "The site's label", longest=200)
    _set(scope, database, SITES, site, site.client, ("client", "site"))


def sites(scope: Scope, database: Database, client: str | None = None) -> list[Site]:
    """The overrides of one client or of all in the Scope."""
    return _all(scope, database, SITES, Site, client)


def forget_site(scope: Scope, database: Database, client: str, site: str) -> None:
    """Back to what the export says."""
    _remove(scope, database, SITES, client, "site", site)


def map_reason(scope: Scope, database: Database, mapped: TaskOfReason) -> None:
    """Say which task a reason is; a reason nobody mapped stays unknown and is counted as such."""
    one_of(mapped.task, ("transactional", "emotional"), "A reason's task")
    worded(mapped.reason, "The reason", longest=500)
    _set(scope, database, TASKS, mapped, mapped.client, ("client", "reason"))


def task_map(scope: Scope, database: Database, client: str | None = None) -> list[TaskOfReason]:
    """The mapped reasons of one client or of all in the Scope."""
    return _all(scope, database, TASKS, TaskOfReason, client)


def unmap_reason(scope: Scope, database: Database, client: str, reason: str) -> None:
    """Back to what the export says, or to unknown."""
    _remove(scope, database, TASKS, client, "reason", reason)


def _set(
    scope: Scope, database: Database, table: Table, typed: Site | TaskOfReason, client: str, key: tuple[str, ...]
) -> None:
    require(scope, "map sites and tasks", client)
    row = {**values(typed, table), **signature(scope)}
    with database.writing() as connection:
        upsert(connection, table, row, key)


def _all(scope: Scope, database: Database, table: Table, kind: type[Record], client: str | None) -> list[Record]:
    require(scope, "see sites and tasks", client)
    chosen = select(table).where(covered_clients(scope, table, client)).order_by(*table.primary_key.columns)
    with database.reading() as connection:
        return [record(kind, row) for row in connection.execute(chosen).mappings()]


def _remove(scope: Scope, database: Database, table: Table, client: str, column: str, name: str) -> None:
    require(scope, "map sites and tasks", client)
    with database.writing() as connection:
        connection.execute(table.delete().where(table.c.client == client, table.c[column] == name))
