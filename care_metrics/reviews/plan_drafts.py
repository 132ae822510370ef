"""Drafts of coaching plans: what a lead has typed and not saved, kept while they type, given back when they return."""

from sqlalchemy import Connection, and_, select

from care_metrics.reviews.drafts import plain_body
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require, require_within
from care_metrics.reviews.records import covered, record, upsert, values
from care_metrics.reviews.review_rows import PlanDraft
from care_metrics.reviews.review_tables import COACHING, PLAN_DRAFTS
from care_metrics.scope import Scope

KEY = ("reader", "client", "agent_id", "plan_id")


def keep_plan_draft(scope: Scope, database: Database, draft: PlanDraft) -> bool:
    """Keep what was typed; False where it came too late, after a newer one or after the form was saved."""
    require(scope, "coach", draft.client)
    require_within(scope, draft.agent_id, draft.team)
    row = {**values(draft, PLAN_DRAFTS), "reader": scope.reader, "body": plain_body(draft.body)}
    saved = select(COACHING.c.id).where(COACHING.c.key == draft.key)
    newer = select(PLAN_DRAFTS.c.key).where(
        own(scope, draft.client, draft.agent_id, draft.plan_id), PLAN_DRAFTS.c.typed_at > draft.typed_at
    )
    with database.writing() as connection:
        if connection.execute(saved).first() or connection.execute(newer).first():
            return False
        upsert(connection, PLAN_DRAFTS, row, KEY)
    return True


def plan_draft_of(scope: Scope, database: Database, client: str, agent_id: str, plan_id: str = "") -> PlanDraft | None:
    """This reader's draft of a plan of the agent, None where they left none."""
    require(scope, "coach", client)
    asked = (covered(scope, PLAN_DRAFTS), own(scope, client, agent_id, plan_id))
    with database.reading() as connection:
        row = connection.execute(select(PLAN_DRAFTS).where(*asked)).mappings().first()
    return None if row is None else record(PlanDraft, row)


def own(scope: Scope, client: str, agent_id: str, plan_id: str):
    """The condition that a draft is this reader's, of this plan."""
    named = dict(zip(KEY, (scope.reader, client, agent_id, plan_id), strict=True))
    return and_(*(PLAN_DRAFTS.c[name] == value for name, value in named.items()))


def settle(connection: Connection, scope: Scope, client: str, agent_id: str, plan_id: str) -> None:
    """Forget the draft of a plan that was saved, in the same transaction."""
    connection.execute(PLAN_DRAFTS.delete().where(own(scope, client, agent_id, plan_id)))
