"""The reviewer's scorecard: points over the items that applied, and whether a critical one failed."""

from collections.abc import Iterable

from care_metrics.errors import BadRequest
from care_metrics.reviews.review_rows import ScorecardItem


def score(items: Iterable[ScorecardItem]) -> float | None:
    """100 x earned / possible over the applicable items; None where none applied. A failed critical item is told apart."""
    applied = [item for item in items if item.earned is not None]
    possible = sum(item.possible for item in applied)
    return 100 * sum(item.earned or 0 for item in applied) / possible if possible else None


def failed(items: Iterable[ScorecardItem]) -> tuple[str, ...]:
    """The critical items that earned nothing."""
    return tuple(item.item for item in items if item.critical and item.earned == 0)


def checked(items: Iterable[ScorecardItem]) -> tuple[ScorecardItem, ...]:
    """The items as given, each named once with 0 <= earned <= possible, or BadRequest naming the first that is not."""
    items = tuple(items)
    seen: set[tuple[str, str]] = set()
    for item in items:
        if not 0 < item.possible < 1e6 or not (item.earned is None or 0 <= item.earned <= item.possible):
            raise BadRequest(
                f"Scorecard item {item.item!r} earns {item.earned} of {item.possible} points; it must earn 0 to all of them."
            )
        if (item.pillar, item.item) in seen:
            raise BadRequest(f"Scorecard item {item.item!r} stands twice in one review; keep one.")
        seen.add((item.pillar, item.item))
    return items
