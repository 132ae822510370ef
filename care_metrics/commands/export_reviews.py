"""export reviews: every review as a row of a file, once the export stands in the audit log."""

import os
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from care_metrics.commands.tenants import known_clients
from care_metrics.errors import BadRequest
from care_metrics.exports import FORMATS, Export, written
from care_metrics.exports.review_rows import review_rows
from care_metrics.filters import Filters
from care_metrics.reviews import open_database
from care_metrics.reviews.locate import database_url
from care_metrics.reviews.review_rows import Review
from care_metrics.reviews.rows import AuditEntry
from care_metrics.scope import operator
from care_metrics.store import open_store


def export_reviews(url: str | None, clients: list[str], filters: Filters, output: Path) -> None:
    """Write the newest review of each contact and opinion, saved in the period (UTC days); print how many."""
    from care_metrics.reviews import audit
    from care_metrics.reviews.review import reviews

    how = _format(output)
    store = open_store(url)
    snapshot = store.snapshot()
    scope = operator(known_clients(store, snapshot, clients))
    database = open_database(database_url(store=store.url))
    found = [one for one in reviews(scope, database) if _within(one, filters.start, filters.end)]
    asked = (("clients", ", ".join(sorted(scope.clients))), *_period(filters))
    told = (*asked, ("reviews", f"{len(found):,}"), ("as of", _now()), ("data version", str(snapshot.version)))
    content = written(Export(review_rows(found), told), how)
    entry = AuditEntry(
        "export reviews",
        clients[0] if len(clients) == 1 else None,
        filters=asked,
        rows=len(found),
        snapshot=snapshot.version,
        digest=sha256(content).hexdigest(),
    )
    audit.after_note(scope, database, entry, lambda: _write(output, content))
    print(f"{output}: {len(found):,} review{'' if len(found) == 1 else 's'}")


def _format(output: Path) -> str:
    how = output.suffix.lower().removeprefix(".")
    if how not in FORMATS:
        raise BadRequest(f"--output {str(output)!r} says no format; end its name in {' or '.join(FORMATS)}.")
    return how


def _within(review: Review, start: date | None, end: date | None) -> bool:
    day = review.at.astimezone(UTC).date() if review.at else None
    return day is not None and (start is None or day >= start) and (end is None or day < end)


def _period(filters: Filters) -> tuple[tuple[str, str], ...]:
    ends = (("saved from", filters.start), ("saved before", filters.end))
    return tuple((name, day.isoformat()) for name, day in ends if day)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _write(output: Path, content: bytes) -> None:
    """The whole file or none, for its owner's eyes: reviews speak of people at work."""
    part = output.with_name(output.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(content)
        os.replace(part, output)
    except OSError as error:
        raise BadRequest(
            f"{output} cannot be written ({error.strerror}); check the folder, its rights and space."
        ) from error
