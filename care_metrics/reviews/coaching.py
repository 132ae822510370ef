"""Coaching plans: one agent, one skill, a goal and a day to look again; kept as revisions."""

from datetime import UTC, date, datetime

from sqlalchemy import RowMapping, select

from care_metrics.errors import BadRequest, EditConflict
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require, require_within
from care_metrics.reviews.plan_drafts import settle
from care_metrics.reviews.records import covered, covered_clients, record
from care_metrics.reviews.review_rows import CoachingPlan
from care_metrics.reviews.review_tables import COACHING
from care_metrics.reviews.revisions import Revision, append, only_newest
from care_metrics.reviews.wording import one_of, worded
from care_metrics.scope import Scope

SUBJECT = ("client", "plan_id")
OUTCOMES = ("", "reached", "partly", "not_reached")


def save_plan(scope: Scope, database: Database, plan: CoachingPlan) -> CoachingPlan:
    """Save a new plan (version 0) or a change to one, which ends the author's draft of it.

    EditConflict where somebody changed it since.
    """
    require(scope, "coach", plan.client)
    require_within(scope, plan.agent_id, plan.team)
    subject = {name: worded(getattr(plan, name), f"The plan's {name}", longest=200) for name in SUBJECT}
    stamp = {"author": scope.reader, "at": datetime.now(UTC)}
    done = append(
        database,
        Revision(COACHING, subject, plan.version or 0, plan.key, _content(plan), stamp),
        guard=lambda _, latest: _guard(scope, plan, latest),
        # A plan that is new was typed before it had a name.
        then=lambda connection: settle(
            connection, scope, plan.client, plan.agent_id, plan.plan_id if plan.version else ""
        ),
    )
    mine = _plan(done.mine)
    if mine.version is None:
        theirs = _plan(done.theirs) if done.theirs else None
        raise EditConflict(
            "Not saved over: somebody changed this plan meanwhile; both texts are kept, choose one.", mine, theirs
        )
    return mine


def plans(
    scope: Scope, database: Database, agent_id: str | None = None, client: str | None = None
) -> list[CoachingPlan]:
    """The plans as they stand, of one agent or of all in the Scope, oldest first; an agent's Scope holds their own only."""
    require(scope, "see coaching", client)
    asked = [covered(scope, COACHING), covered_clients(scope, COACHING, client), only_newest(COACHING, SUBJECT)]
    if agent_id is not None:
        asked.append(COACHING.c.agent_id == agent_id)
    with database.reading() as connection:
        return [
            _plan(row) for row in connection.execute(select(COACHING).where(*asked).order_by(COACHING.c.id)).mappings()
        ]


def plan_history(scope: Scope, database: Database, client: str, plan_id: str) -> list[CoachingPlan]:
    """Every text of a plan, oldest first; version None marks one set aside in a conflict."""
    require(scope, "see coaching", client)
    named = (covered(scope, COACHING), COACHING.c.client == client, COACHING.c.plan_id == plan_id)
    with database.reading() as connection:
        return [
            _plan(row) for row in connection.execute(select(COACHING).where(*named).order_by(COACHING.c.id)).mappings()
        ]


def under_plan(scope: Scope, database: Database, client: str) -> list[tuple[str, date]]:
    """Agent and first day of every plan of a client that was not dropped, also beyond the Scope's agents.

    It tells nothing of what a plan says: a before/after must leave these agents out of its comparison group.
    """
    require(scope, "see coaching", client)
    asked = (COACHING.c.client == client, COACHING.c.state != "dropped", only_newest(COACHING, SUBJECT))
    chosen = select(COACHING.c.agent_id, COACHING.c.starts).where(*asked).order_by(COACHING.c.id)
    with database.reading() as connection:
        return [(row.agent_id, row.starts) for row in connection.execute(chosen)]


def _guard(scope: Scope, plan: CoachingPlan, latest: RowMapping | None) -> None:
    if latest and latest["agent_id"] != plan.agent_id:
        raise BadRequest("A plan stays with its agent; make a new one for another.")
    if latest:
        require_within(scope, latest["agent_id"], latest["team"])


def _content(plan: CoachingPlan) -> dict[str, object]:
    one_of(plan.state, ("open", "done", "dropped"), "A plan's state")
    one_of(plan.outcome, OUTCOMES, "A plan's outcome")
    if plan.outcome and plan.state == "open":
        raise BadRequest("A plan that is still open has no outcome yet; close it to judge it.")
    if plan.follow_up is not None and plan.follow_up < plan.starts:
        raise BadRequest(f"The follow-up on {plan.follow_up} comes before the plan starts on {plan.starts}.")
    words = {
        "skill": worded(plan.skill, "The skill", longest=200),
        "goal": worded(plan.goal, "The goal", longest=2_000),
    }
    plain = {name: getattr(plan, name) for name in ("agent_id", "starts", "follow_up", "state", "outcome", "team")}
    return words | plain | {"note": worded(plan.note, "The note", required=False), "contacts": list(plan.contacts)}


def _plan(row: RowMapping) -> CoachingPlan:
    return record(CoachingPlan, row, contacts=tuple(row["contacts"]))
