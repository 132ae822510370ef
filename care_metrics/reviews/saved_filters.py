"""A reader's saved filters of a page: their own, and nobody else's."""

from sqlalchemy import and_, select

from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require
from care_metrics.reviews.records import record, signature, upsert
from care_metrics.reviews.rows import SavedFilter
from care_metrics.reviews.tables import SAVED_FILTERS
from care_metrics.reviews.wording import worded
from care_metrics.scope import Scope

KEY = ("reader", "page", "name")


def keep_filter(scope: Scope, database: Database, saved: SavedFilter) -> None:
    """Save a view under a name; the same name again replaces it."""
    require(scope, "keep filters")
    query = [[worded(part, "A filter", required=False) for part in pair] for pair in saved.query]
    row = {"reader": scope.reader, "page": saved.page, "query": query, "at": signature(scope)["at"]}
    with database.writing() as connection:
        upsert(connection, SAVED_FILTERS, row | {"name": worded(saved.name, "The name", longest=100)}, KEY)


def filters_of(scope: Scope, database: Database, page: str) -> list[SavedFilter]:
    """This reader's views of a page, by name."""
    require(scope, "keep filters")
    chosen = select(SAVED_FILTERS).where(_own(scope, page)).order_by(SAVED_FILTERS.c.name)
    with database.reading() as connection:
        rows = connection.execute(chosen).mappings().all()
    return [record(SavedFilter, row, query=tuple((name, value) for name, value in row["query"])) for row in rows]


def drop_filter(scope: Scope, database: Database, page: str, name: str) -> None:
    """Forget a view."""
    require(scope, "keep filters")
    with database.writing() as connection:
        connection.execute(SAVED_FILTERS.delete().where(_own(scope, page), SAVED_FILTERS.c.name == name))


def _own(scope: Scope, page: str):
    return and_(SAVED_FILTERS.c.reader == scope.reader, SAVED_FILTERS.c.page == page)
