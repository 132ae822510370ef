"""Annotations on trends: a day, a few words, for one client or for all."""

from datetime import date

from sqlalchemy import or_, select

from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import may, require
from care_metrics.reviews.records import covered_clients, record, signature, values
from care_metrics.reviews.rows import Annotation
from care_metrics.reviews.tables import ANNOTATIONS
from care_metrics.reviews.wording import one_of, worded
from care_metrics.scope import Scope


def annotate(scope: Scope, database: Database, annotation: Annotation) -> Annotation:
    """Add a mark; one for every client is for administrators to make."""
    require(scope, "annotate" if annotation.client else "annotate for every client", annotation.client)
    one_of(annotation.audience, ("internal", "client"), "An annotation's audience")
    text = worded(annotation.text, "The annotation", longest=500)
    row = {**values(annotation, ANNOTATIONS), **signature(scope), "text": text}
    with database.writing() as connection:
        stored = connection.execute(ANNOTATIONS.insert().values(**row).returning(*ANNOTATIONS.c)).mappings().one()
    return record(Annotation, stored)


def annotations(
    scope: Scope, database: Database, start: date | None = None, end: date | None = None, client: str | None = None
) -> list[Annotation]:
    """The marks in [start, end) of one client or of all in the Scope, with those for all; a client reader's own kind only."""
    require(scope, "see annotations", client)
    asked = [or_(covered_clients(scope, ANNOTATIONS, client), ANNOTATIONS.c.client.is_(None))]
    if scope.audience == "client":
        asked.append(ANNOTATIONS.c.audience == "client")
    if start:
        asked.append(ANNOTATIONS.c.day >= start)
    if end:
        asked.append(ANNOTATIONS.c.day < end)
    with database.reading() as connection:
        rows = connection.execute(
            select(ANNOTATIONS).where(*asked).order_by(ANNOTATIONS.c.day, ANNOTATIONS.c.id)
        ).mappings()
        return [record(Annotation, row) for row in rows]


def remove_annotation(scope: Scope, database: Database, number: int) -> None:
    """Take a mark away, by its id; one that is gone, or not theirs to take, stays as it is."""
    require(scope, "annotate")
    theirs = covered_clients(scope, ANNOTATIONS)
    if may(scope, "annotate for every client"):
        theirs = or_(theirs, ANNOTATIONS.c.client.is_(None))
    with database.writing() as connection:
        connection.execute(ANNOTATIONS.delete().where(ANNOTATIONS.c.id == number, theirs))
