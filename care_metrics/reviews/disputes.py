"""Disputes: an agent or team lead contests a piece of evidence or a score; a QA lead decides, and credit follows."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, RowMapping, select

from care_metrics.errors import BadRequest, EditConflict, NotAllowed
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require, require_within
from care_metrics.reviews.records import covered, covered_clients, record, values
from care_metrics.reviews.review_rows import Dispute
from care_metrics.reviews.review_tables import DISPUTES
from care_metrics.reviews.wording import one_of, worded
from care_metrics.scope import Scope

OUTCOMES = ("accepted", "rejected")
CONTENT = (
    "client",
    "interaction_id",
    "agent_id",
    "text",
    "about",
    "pillar",
    "behaviour",
    "source",
    "turn_no",
    "event_id",
)


def open_dispute(scope: Scope, database: Database, dispute: Dispute) -> Dispute:
    """Contest something; an agent only their own contacts. The same key again gives the row of the first time."""
    require(scope, "dispute", dispute.client)
    require_within(scope, dispute.agent_id, dispute.team)
    row = {
        **values(dispute, DISPUTES),
        **_checked(dispute),
        "state": "open",
        "opened_by": scope.reader,
        "at": datetime.now(UTC),
    }
    row |= {"decided_by": None, "decided_at": None, "decision": ""}
    return record(Dispute, database.settle(lambda connection: _opened(connection, row)))


def decide(scope: Scope, database: Database, number: int, outcome: str, decision: str) -> Dispute:
    """Accept or reject a dispute with a reason; never one's own. EditConflict where it was decided meanwhile."""
    require(scope, "decide disputes")
    one_of(outcome, OUTCOMES, "The decision")
    words = worded(decision, "The reason for the decision", longest=2_000)
    return _close(scope, database, number, outcome, words)


def withdraw(scope: Scope, database: Database, number: int) -> Dispute:
    """Take one's own dispute back while it is open."""
    require(scope, "dispute")
    return _close(scope, database, number, "withdrawn", "")


def disputes(scope: Scope, database: Database, client: str | None = None, state: str | None = None) -> list[Dispute]:
    """The disputes of the Scope's clients and agents, oldest first.

    Accepted ones about evidence name, by its key, the credit that the next roll-up withdraws.
    """
    require(scope, "see disputes", client)
    asked = [covered(scope, DISPUTES), covered_clients(scope, DISPUTES, client)]
    if state:
        asked.append(DISPUTES.c.state == state)
    with database.reading() as connection:
        rows = connection.execute(select(DISPUTES).where(*asked).order_by(DISPUTES.c.id)).mappings()
        return [record(Dispute, row) for row in rows]


def _opened(connection: Connection, row: Mapping[str, object]) -> RowMapping:
    same = connection.execute(select(DISPUTES).where(DISPUTES.c.key == row["key"])).mappings().first()
    if same is None:
        return connection.execute(DISPUTES.insert().values(**row).returning(*DISPUTES.c)).mappings().one()
    if any(same[name] != row[name] for name in (*CONTENT, "opened_by")):
        raise BadRequest("Not saved: this form was saved before with another text; open it again and save from there.")
    return same


def _close(scope: Scope, database: Database, number: int, state: str, words: str) -> Dispute:
    closing = {"state": state, "decided_by": scope.reader, "decided_at": datetime.now(UTC), "decision": words}
    theirs = (DISPUTES.c.id == number, covered(scope, DISPUTES))
    with database.writing() as connection:
        row = connection.execute(select(DISPUTES).where(*theirs)).mappings().first()
        _may_close(scope, row, number, own=state == "withdrawn")
        closed = DISPUTES.update().where(*theirs, DISPUTES.c.state == "open").values(**closing)
        done = connection.execute(closed).rowcount
        now = connection.execute(select(DISPUTES).where(*theirs)).mappings().one()
    if not done:
        raise EditConflict(
            f"Not saved: this dispute was {now['state']} by {now['decided_by']} meanwhile.",
            closing,
            record(Dispute, now),
        )
    return record(Dispute, now)


def _may_close(scope: Scope, row: RowMapping | None, number: int, own: bool) -> None:
    if row is None:
        raise NotAllowed(f"No dispute number {number} among those you may see.")
    if own and row["opened_by"] != scope.reader:
        raise NotAllowed("Only who opened a dispute may withdraw it.")
    if not own and row["opened_by"] == scope.reader and scope.role != "operator":
        raise NotAllowed("Who opened a dispute may not decide it.")


def _checked(dispute: Dispute) -> dict[str, object]:
    one_of(dispute.about, ("evidence", "score"), "What a dispute is about")
    if dispute.about == "evidence" and not (dispute.pillar and dispute.behaviour and dispute.source):
        raise BadRequest("A dispute about evidence names it: pillar, behaviour, source and the turn or event.")
    worded(dispute.key, "The key of the form", longest=100)
    return {"text": worded(dispute.text, "The reason for the dispute", longest=2_000)}
