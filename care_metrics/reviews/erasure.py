"""Erasure: what was written about a customer's contacts leaves the database; the audit log keeps that it was done."""

from collections.abc import Iterable

from sqlalchemy import func, select

from care_metrics.reviews import audit
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require
from care_metrics.reviews.review_tables import ASSIGNMENTS, DISPUTES, DRAFTS, REVIEWS
from care_metrics.reviews.rows import AuditEntry
from care_metrics.reviews.sample_tables import DRAWN
from care_metrics.scope import Scope

ABOUT_CONTACTS = (REVIEWS, DRAFTS, DISPUTES, ASSIGNMENTS, DRAWN)
AT_ONCE = 500


def erase_contacts(scope: Scope, database: Database, client: str, interactions: Iterable[str]) -> dict[str, int]:
    """Table -> rows erased, for the contacts of these interaction ids; all or none, bytes included.

    Coaching plans keep the ids they cite: an id names nobody once its contact is gone.
    """
    require(scope, "erase", client)
    ids = sorted(set(interactions))
    erased = {table.name: 0 for table in ABOUT_CONTACTS}
    with database.writing() as connection:
        for table in ABOUT_CONTACTS:
            for first in range(0, len(ids), AT_ONCE):
                named = (table.c.client == client, table.c.interaction_id.in_(ids[first : first + AT_ONCE]))
                erased[table.name] += connection.execute(
                    select(func.count()).select_from(table).where(*named)
                ).scalar_one()
                connection.execute(table.delete().where(*named))
        counts = tuple((name, str(count)) for name, count in erased.items())
        audit.write(connection, scope, AuditEntry("erase", client, filters=counts, rows=sum(erased.values())))
    database.vacuum(ABOUT_CONTACTS)
    return erased
