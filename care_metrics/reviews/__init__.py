"""The only room with SQLAlchemy and Alembic: what people write down, kept safely; one module a family of tables.

The records, verdicts and permissions are plain Python; whoever imports them does not load the database libraries.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from care_metrics.reviews.engine import Database


def open_database(url: str | None = None) -> "Database":
    """The database by URL (default: the setting's, else the file beside the store), created or brought up to date."""
    from care_metrics.reviews.locate import database_url
    from care_metrics.reviews.migrate import open_database as opened

    return opened(database_url(url))


__all__ = ["open_database"]
