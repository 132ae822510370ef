"""Reviews: saved once, never overwritten, with every text in the history; two editors both keep theirs."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Connection, RowMapping, select

from care_metrics.errors import BadRequest, EditConflict, NotAllowed
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require, require_within
from care_metrics.reviews.records import covered, covered_clients, record
from care_metrics.reviews.review_rows import EvidenceVerdict, Judged, Review, ScorecardItem, TurnVerdict
from care_metrics.reviews.review_tables import ASSIGNMENTS, DRAFTS, REVIEWS
from care_metrics.reviews.revisions import Revision, append, only_newest
from care_metrics.reviews.scorecard import checked
from care_metrics.reviews.wording import one_of, worded
from care_metrics.scope import Scope

SUBJECT = ("client", "interaction_id", "opinion")
WORDS = ("root_cause", "next_step", "coaching_note")
NESTED = {"turns": TurnVerdict, "evidence": EvidenceVerdict, "items": ScorecardItem}


def save_review(scope: Scope, database: Database, review: Review) -> Review:
    """Save a review durably; once it returns, no crash loses it. The same key again gives the row of the first time.

    It ends the reviewer's draft and assignment. Raises EditConflict where somebody saved since `review.version` (both
    texts are in the history), NotAllowed where the reviewer gave another opinion on this contact.
    """
    require(scope, "review", review.client)
    require_within(scope, review.agent_id, review.team)
    subject = {name: getattr(review, name) for name in SUBJECT}
    stamp = {"author": scope.reader, "at": datetime.now(UTC)}
    revision = Revision(REVIEWS, subject, review.version or 0, review.key, _content(review), stamp)
    done = append(
        database,
        revision,
        guard=lambda connection, latest: _guard(connection, scope, review, latest),
        then=lambda connection: _settle(connection, scope, review),
    )
    mine = _review(done.mine)
    if mine.version is None:
        theirs = _review(done.theirs) if done.theirs else None
        raise EditConflict(
            "Not saved over: somebody saved this review meanwhile; both texts are kept, choose one.", mine, theirs
        )
    return mine


def review_of(scope: Scope, database: Database, client: str, interaction_id: str, opinion: int = 1) -> Review | None:
    """The newest review of a contact, None before the first."""
    return next(
        (one for one in reversed(history(scope, database, client, interaction_id, opinion)) if one.version), None
    )


def history(scope: Scope, database: Database, client: str, interaction_id: str, opinion: int = 1) -> list[Review]:
    """Every text ever saved for a contact, oldest first; version None marks one that was set aside in a conflict."""
    require(scope, "see reviews", client)
    named = (REVIEWS.c.client == client, REVIEWS.c.interaction_id == interaction_id, REVIEWS.c.opinion == opinion)
    chosen = select(REVIEWS).where(covered(scope, REVIEWS), *named).order_by(REVIEWS.c.id)
    with database.reading() as connection:
        return [_review(row) for row in connection.execute(chosen).mappings()]


def reviews(
    scope: Scope,
    database: Database,
    client: str | None = None,
    since: datetime | None = None,
    author: str | None = None,
    state: str | None = None,
) -> list[Review]:
    """The newest review of each contact and opinion, oldest first."""
    require(scope, "see reviews", client)
    asked = [covered(scope, REVIEWS), covered_clients(scope, REVIEWS, client), only_newest(REVIEWS, SUBJECT)]
    asked += [REVIEWS.c[name] == value for name, value in (("author", author), ("state", state)) if value]
    if since:
        asked.append(REVIEWS.c.at >= since)
    with database.reading() as connection:
        return [
            _review(row) for row in connection.execute(select(REVIEWS).where(*asked).order_by(REVIEWS.c.id)).mappings()
        ]


def reviewed(scope: Scope, database: Database) -> list[tuple[str, str]]:
    """(client, interaction_id) of every contact in the Scope with a finished review."""
    require(scope, "see reviews")
    asked = (covered(scope, REVIEWS), only_newest(REVIEWS, SUBJECT), REVIEWS.c.state == "done")
    chosen = select(REVIEWS.c.client, REVIEWS.c.interaction_id).where(*asked).distinct()
    with database.reading() as connection:
        return sorted((row.client, row.interaction_id) for row in connection.execute(chosen))


def judged(scope: Scope, database: Database, client: str | None = None) -> list[Judged]:
    """The verdicts of finished reviews, for estimates that hold the model's error; every reader of a number may need them."""
    require(scope, "see verdicts", client)
    asked = (covered_clients(scope, REVIEWS, client), REVIEWS.c.state == "done", only_newest(REVIEWS, SUBJECT))
    with database.reading() as connection:
        rows = connection.execute(select(REVIEWS).where(*asked).order_by(REVIEWS.c.id)).mappings()
        return [record(Judged, row, **_nested(row, "turns", "evidence")) for row in rows]


def orphans(scope: Scope, database: Database, client: str, known: Collection[str]) -> list[Review]:
    """Reviews of contacts that the store no longer (or not yet) knows; they come back with their contact."""
    known = frozenset(known)
    return [one for one in reviews(scope, database, client) if one.interaction_id not in known]


def _content(review: Review) -> dict[str, object]:
    one_of(review.state, ("open", "done"), "A review's state")
    worded(review.interaction_id, "The contact's id", longest=1_000)
    if review.opinion < 1:
        raise BadRequest(f"A review's opinion is 1 for the first, 2 for the second, not {review.opinion}.")
    for turn in review.turns:
        if any(value is not None and not -1 <= value <= 1 for value in (turn.shown, turn.valence)):
            raise BadRequest(f"Turn {turn.turn_no}: a valence lies between -1 and 1, not {turn.valence}.")
    words = {name: worded(getattr(review, name), name.replace("_", " ").capitalize(), required=False) for name in WORDS}
    listed = {"turns": review.turns, "evidence": review.evidence, "items": checked(review.items)}
    plain = {name: getattr(review, name) for name in ("agent_id", "team", "state", "snapshot", "model_revision")}
    return words | plain | {name: [asdict(one) for one in rows] for name, rows in listed.items()}


def _guard(connection: Connection, scope: Scope, review: Review, latest: RowMapping | None) -> None:
    if latest:
        require_within(scope, latest["agent_id"], latest["team"])
    # A second opinion is worth its name only from a second person.
    named = (REVIEWS.c.client == review.client, REVIEWS.c.interaction_id == review.interaction_id)
    other = select(REVIEWS.c.id).where(*named, REVIEWS.c.opinion != review.opinion, REVIEWS.c.author == scope.reader)
    if connection.execute(other.limit(1)).first():
        raise NotAllowed("You gave another opinion on this contact; a second one must come from somebody else.")


def _settle(connection: Connection, scope: Scope, review: Review) -> None:
    for table, own in ((DRAFTS, "reader"), (ASSIGNMENTS, "reviewer")):
        named = [table.c[name] == getattr(review, name) for name in SUBJECT] + [table.c[own] == scope.reader]
        if table is DRAFTS:
            connection.execute(table.delete().where(*named))
        elif review.state == "done":
            connection.execute(table.update().where(*named).values(state="done"))


def _review(row: RowMapping) -> Review:
    return record(Review, row, **_nested(row, *NESTED))


def _nested(row: RowMapping, *names: str) -> dict[str, tuple]:
    return {name: tuple(NESTED[name](**one) for one in row[name]) for name in names}
