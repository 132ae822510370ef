"""Assignments: who is to review which contact, and why it was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from care_metrics.errors import BadRequest, EditConflict, NotAllowed
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require, require_within
from care_metrics.reviews.records import covered, covered_clients, record, signature, values
from care_metrics.reviews.review_rows import Assignment
from care_metrics.reviews.review_tables import ASSIGNMENTS, REVIEWS
from care_metrics.reviews.wording import worded
from care_metrics.scope import Scope

SUBJECT = ("client", "interaction_id", "opinion")


@dataclass(frozen=True)
class Assigned:
    """What came of an assignment: those made, and those that stood already, with whoever has them."""

    made: tuple[Assignment, ...]
    standing: tuple[Assignment, ...]


def assign(scope: Scope, database: Database, wanted: Iterable[Assignment]) -> Assigned:
    """Give contacts to reviewers, all or none of a plan's; one that has a reviewer for this opinion keeps them."""
    wanted = tuple(wanted)
    for one in wanted:
        require(scope, "assign reviews", one.client)
        require_within(scope, one.agent_id, one.team)
        _check(one)
    return database.settle(lambda connection: _assign(connection, scope, wanted))


def reassign(scope: Scope, database: Database, standing: Assignment, reviewer: str) -> Assignment:
    """Give an open assignment to somebody else; EditConflict where it changed hands or was done meanwhile."""
    require(scope, "assign reviews", standing.client)
    named = (*_named(standing), covered(scope, ASSIGNMENTS))
    unchanged = (ASSIGNMENTS.c.reviewer == standing.reviewer, ASSIGNMENTS.c.state == "open")
    changed = {
        "reviewer": worded(reviewer, "The reviewer", longest=320),
        "assigned_by": scope.reader,
        "at": signature(scope)["at"],
    }
    with database.writing() as connection:
        _somebody_else(connection, replace(standing, reviewer=reviewer))
        done = connection.execute(ASSIGNMENTS.update().where(*named, *unchanged).values(**changed)).rowcount
        row = connection.execute(select(ASSIGNMENTS).where(*named)).mappings().first()
    if row is None:
        raise NotAllowed("No such assignment among those you may see.")
    now = record(Assignment, row)
    if not done:
        raise EditConflict(f"Not saved: this contact is with {now.reviewer} now, and {now.state}.", standing, now)
    return now


def assignments(
    scope: Scope, database: Database, reviewer: str | None = None, client: str | None = None, state: str | None = None
) -> list[Assignment]:
    """The assignments in the Scope, of one reviewer or of all, those due first."""
    require(scope, "see assignments", client)
    asked = [covered(scope, ASSIGNMENTS), covered_clients(scope, ASSIGNMENTS, client)]
    asked += [ASSIGNMENTS.c[name] == value for name, value in (("reviewer", reviewer), ("state", state)) if value]
    order = (ASSIGNMENTS.c.due.is_(None), ASSIGNMENTS.c.due, ASSIGNMENTS.c.id)
    with database.reading() as connection:
        return [
            record(Assignment, row)
            for row in connection.execute(select(ASSIGNMENTS).where(*asked).order_by(*order)).mappings()
        ]


def of_contact(scope: Scope, database: Database, client: str, interaction_id: str) -> list[Assignment]:
    """Who has a contact in the Scope, one row an opinion, the first opinion first."""
    require(scope, "see assignments", client)
    named = (ASSIGNMENTS.c.client == client, ASSIGNMENTS.c.interaction_id == interaction_id)
    chosen = select(ASSIGNMENTS).where(covered(scope, ASSIGNMENTS), *named).order_by(ASSIGNMENTS.c.opinion)
    with database.reading() as connection:
        return [record(Assignment, row) for row in connection.execute(chosen).mappings()]


def _assign(connection: Connection, scope: Scope, wanted: tuple[Assignment, ...]) -> Assigned:
    made, standing = [], []
    for one in wanted:
        before = _standing(connection, one)
        if before is None:
            _somebody_else(connection, one)
        (standing if before else made).append(before or _insert(connection, scope, one))
    return Assigned(tuple(made), tuple(standing))


def _somebody_else(connection: Connection, one: Assignment) -> None:
    """A second opinion is worth its name only from a second person."""
    for table, person in ((ASSIGNMENTS, ASSIGNMENTS.c.reviewer), (REVIEWS, REVIEWS.c.author)):
        named = (table.c.client == one.client, table.c.interaction_id == one.interaction_id)
        other = select(table.c.id).where(*named, table.c.opinion != one.opinion, person == one.reviewer)
        if connection.execute(other.limit(1)).first():
            raise BadRequest(f"{one.reviewer} has the other opinion on this contact; ask somebody else.")


def _check(one: Assignment) -> None:
    worded(one.reviewer, "The reviewer", longest=320)
    worded(one.why, "Why the contact was chosen", longest=500)
    if one.probability is not None and not 0 < one.probability <= 1:
        raise BadRequest(f"An inclusion probability lies above 0 and at most at 1, not at {one.probability}.")


def _standing(connection: Connection, one: Assignment) -> Assignment | None:
    row = connection.execute(select(ASSIGNMENTS).where(*_named(one))).mappings().first()
    return None if row is None else record(Assignment, row)


def _insert(connection: Connection, scope: Scope, one: Assignment) -> Assignment:
    row = {**values(one, ASSIGNMENTS), "assigned_by": scope.reader, "at": signature(scope)["at"], "state": "open"}
    return record(
        Assignment, connection.execute(ASSIGNMENTS.insert().values(**row).returning(*ASSIGNMENTS.c)).mappings().one()
    )


def _named(one: Assignment):
    return [ASSIGNMENTS.c[name] == getattr(one, name) for name in SUBJECT]
