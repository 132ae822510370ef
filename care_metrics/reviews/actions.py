"""Actions agreed with a client: typed by the account manager, kept as revisions, so that last time's state can be told."""

from datetime import UTC, datetime

from sqlalchemy import select

from care_metrics.errors import EditConflict
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require
from care_metrics.reviews.records import covered_clients, record, signature
from care_metrics.reviews.revisions import Revision, append
from care_metrics.reviews.rows import Action
from care_metrics.reviews.tables import ACTIONS
from care_metrics.reviews.wording import one_of, worded
from care_metrics.scope import Scope


def agree(scope: Scope, database: Database, action: Action) -> Action:
    """Save a new action (version 0) or a change to one; EditConflict where somebody changed it since."""
    require(scope, "agree actions", action.client)
    one_of(action.state, ("open", "done", "dropped"), "An action's state")
    content = {
        "text": worded(action.text, "The action", longest=2_000),
        "owner": worded(action.owner, "The action's owner", longest=200),
        "due": action.due,
        "state": action.state,
    }
    subject = {"client": action.client, "action_id": worded(action.action_id, "The action's id", longest=100)}
    revision = Revision(ACTIONS, subject, action.version or 0, action.key, content, signature(scope))
    done = append(database, revision)
    mine = record(Action, done.mine)
    if mine.version is None:
        theirs = record(Action, done.theirs) if done.theirs else None
        raise EditConflict(
            "Not saved: this action was changed meanwhile; both texts are kept, choose one.", mine, theirs
        )
    return mine


def agreed(scope: Scope, database: Database, client: str | None = None, at: datetime | None = None) -> list[Action]:
    """The actions as they stood at an instant (default: now), oldest first."""
    require(scope, "see agreed actions", client)
    instant = at or datetime.now(UTC)
    chosen = select(ACTIONS).where(
        covered_clients(scope, ACTIONS, client), ACTIONS.c.version.is_not(None), ACTIONS.c.at <= instant
    )
    with database.reading() as connection:
        rows = connection.execute(chosen.order_by(ACTIONS.c.version)).mappings().all()
    first = {row["action_id"]: row["id"] for row in reversed(rows)}
    latest = {row["action_id"]: row for row in rows}
    return [record(Action, latest[name]) for name in sorted(latest, key=first.__getitem__)]
