"""Fast is not the same as caring: groups by handle time at equal contact mix and by care, each against its own client."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from care_metrics.mix import limits
from care_metrics.ranking import GroupSet, Row

INDEX = "care_index"
FAST_LOW, SLOW_HIGH, PLAIN = "fast_low", "slow_high", "plain"


@dataclass(frozen=True)
class Dot:
    """One group. seconds: its handle time at equal mix less that of all groups of its client together, with interval.

    points: its shrunken care index less the median of its client's groups, with interval; index: that care index itself.
    kind: FAST_LOW or SLOW_HIGH where both intervals leave out 0 on these sides, else PLAIN. n: handled legs with a time.
    """

    within: str
    group: str
    seconds: float
    seconds_low: float
    seconds_high: float
    points: float
    points_low: float
    points_high: float
    index: float
    n: int

    @property
    def kind(self) -> str:
        if self.seconds_high < 0 and self.points_high < 0:
            return FAST_LOW
        return SLOW_HIGH if self.seconds_low > 0 and self.points_low > 0 else PLAIN


def dots(sets: Sequence[GroupSet]) -> list[Dot]:
    """The groups that are ranked by both lenses, within clients whose groups can be ranked by the care index.

    From: kpis.md 2.5 (shrinkage) and 2.6 (direct standardisation: the rate part of the difference).
    """
    return [dot for found in sets if found.measure == INDEX for dot in _of_one(found)]


def _of_one(found: GroupSet) -> Iterator[Dot]:
    assert found.care is not None
    timed = set(found.time.filter(found.time["rank"].is_not_null())["group"])
    care = {row["group"]: row for row in found.care.to_dicts() if row["rank"] is not None and row["group"] in timed}
    if len(care) < 2:
        return
    median = float(np.median([row["estimate"] for row in care.values()]))
    for row in found.mix.rows.to_dicts():
        if row["group"] in care and row["own"] is not None and row["own_error"] is not None:
            yield _dot(found.within, row, care[row["group"]], median)


def _dot(within: str, pace: Row, care: Row, median: float) -> Dot:
    points = care["estimate"] - median
    fast, low = limits(pace["own"], pace["own_error"]), limits(points, care["error"])
    return Dot(within, pace["group"], pace["own"], *fast, points, *low, care["estimate"], int(pace["n"]))
