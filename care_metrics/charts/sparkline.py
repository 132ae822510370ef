"""A card's small line with its 95 % band, as paths on a 100 x 100 sheet; a week without a value leaves a gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

SHEET = 100.0
# Keeps the line off the edges, where its stroke would be cut.
MARGIN = 6.0


@dataclass(frozen=True)
class Point:
    """One bucket: its value and interval in the KPI's unit, None where there is none."""

    value: float | None
    low: float | None = None
    high: float | None = None


def sparkline(points: Sequence[Point], alt: str) -> dict[str, Any] | None:
    """{"lines", "bands": SVG paths, "last": the last point's position, "alt"}; None below two known values."""
    known = [point.value for point in points if point.value is not None]
    if len(known) < 2:
        return None
    scale = _Scale.over(points)
    runs = list(_runs(points))
    last = max(i for i, point in enumerate(points) if point.value is not None)
    return {
        "lines": [_line(points, run, scale) for run in runs],
        "bands": [_band(points, run, scale) for run in runs if _has_band(points, run)],
        "last": [scale.x(last), scale.y(points[last].value)],
        "alt": alt,
    }


@dataclass(frozen=True)
class _Scale:
    bottom: float
    top: float
    count: int

    @classmethod
    def over(cls, points: Sequence[Point]) -> "_Scale":
        """From the lowest to the highest limit shown."""
        every = [x for point in points for x in (point.value, point.low, point.high) if x is not None]
        return cls(min(every), max(every), len(points))

    def x(self, position: int) -> float:
        return round(SHEET * position / max(self.count - 1, 1), 2)

    def y(self, value: float | None) -> float:
        spread = self.top - self.bottom
        share = ((value or 0.0) - self.bottom) / spread if spread else 0.5
        return round(SHEET - MARGIN - share * (SHEET - 2 * MARGIN), 2)


def _runs(points: Sequence[Point]) -> Iterator[list[int]]:
    """Stretches of neighbouring points that have a value."""
    for known, run in groupby(range(len(points)), key=lambda i: points[i].value is not None):
        if known:
            yield list(run)


def _line(points: Sequence[Point], run: list[int], scale: _Scale) -> str:
    """A run of one point becomes a dash, so that it can be seen."""
    steps = [f"{scale.x(i)} {scale.y(points[i].value)}" for i in run]
    return f"M {' L '.join(steps)}" + (" h 0.01" if len(run) == 1 else "")


def _has_band(points: Sequence[Point], run: list[int]) -> bool:
    return len(run) > 1 and all(points[i].low is not None and points[i].high is not None for i in run)


def _band(points: Sequence[Point], run: list[int], scale: _Scale) -> str:
    above = [f"{scale.x(i)} {scale.y(points[i].high)}" for i in run]
    below = [f"{scale.x(i)} {scale.y(points[i].low)}" for i in reversed(run)]
    return f"M {' L '.join(above + below)} Z"
