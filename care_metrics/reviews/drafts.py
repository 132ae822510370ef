"""Drafts: what a reviewer has typed and not saved, kept while they type, given back when they return."""

from collections.abc import Mapping

from sqlalchemy import and_, select

from care_metrics.errors import BadRequest
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require
from care_metrics.reviews.records import record, upsert, values
from care_metrics.reviews.review_rows import Draft
from care_metrics.reviews.review_tables import DRAFTS, REVIEWS
from care_metrics.reviews.wording import LONGEST, worded
from care_metrics.scope import Scope

KEY = ("reader", "client", "interaction_id", "opinion")
MOST_FIELDS = 5_000


def keep_draft(scope: Scope, database: Database, draft: Draft) -> bool:
    """Keep what was typed; False where it came too late, after a newer one or after the form was saved."""
    require(scope, "review", draft.client)
    row = {**values(draft, DRAFTS), "reader": scope.reader, "body": plain_body(draft.body)}
    saved = select(REVIEWS.c.id).where(REVIEWS.c.key == draft.key)
    newer = select(DRAFTS.c.key).where(
        _own(scope, draft.client, draft.interaction_id, draft.opinion), DRAFTS.c.typed_at > draft.typed_at
    )
    with database.writing() as connection:
        if connection.execute(saved).first() or connection.execute(newer).first():
            return False
        upsert(connection, DRAFTS, row, KEY)
    return True


def draft_of(scope: Scope, database: Database, client: str, interaction_id: str, opinion: int = 1) -> Draft | None:
    """This reviewer's draft on a contact, None where they left none."""
    require(scope, "review", client)
    with database.reading() as connection:
        row = connection.execute(select(DRAFTS).where(_own(scope, client, interaction_id, opinion))).mappings().first()
    return None if row is None else record(Draft, row)


def drop_draft(scope: Scope, database: Database, client: str, interaction_id: str, opinion: int = 1) -> None:
    """Forget the draft."""
    require(scope, "review", client)
    with database.writing() as connection:
        connection.execute(DRAFTS.delete().where(_own(scope, client, interaction_id, opinion)))


def _own(scope: Scope, client: str, interaction_id: str, opinion: int):
    named = {"reader": scope.reader, "client": client, "interaction_id": interaction_id, "opinion": opinion}
    return and_(*(DRAFTS.c[name] == value for name, value in named.items()))


def plain_body(body: Mapping[str, object]) -> dict[str, object]:
    """What a draft may hold: not without end, its texts cleaned."""
    if len(body) > MOST_FIELDS:
        raise BadRequest(f"A draft holds at most {MOST_FIELDS:,} fields, this one {len(body):,}.")
    return {
        name: worded(value, name, LONGEST * 2, required=False) if isinstance(value, str) else value
        for name, value in body.items()
    }
