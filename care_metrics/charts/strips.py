"""Rows of small horizontal pictures on one axis, as per cents of its length: parts of a difference, intervals, scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

STEPS = (1, 2, 2.5, 5, 10)
WIDE = 5


@dataclass(frozen=True)
class Axis:
    """From low to high, ticks in its unit; zero always lies on it."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Where a value lies, per cent from the left."""
        return round(100 * (value - self.low) / (self.high - self.low), 3)


SCORE = Axis(0.0, 100.0, (0.0, 50.0, 100.0))


def score(value: float | None, low: float | None, high: float | None, **marks: float | None) -> dict[str, Any]:
    """A score of 0 to 100 on the axis SCORE: {"dot", "whisker"} and further marks by name; empty without a value."""
    drawn: dict[str, Any] = {} if value is None else {"dot": SCORE.at(value)}
    if low is not None and high is not None:
        drawn["whisker"] = {"from": SCORE.at(low), "width": round(SCORE.at(high) - SCORE.at(low), 3)}
    return drawn | {name: SCORE.at(level) for name, level in marks.items() if level is not None}


def axis(values: Sequence[float]) -> Axis:
    """Round ticks around all values and zero, about five of them."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if low == high:
        return Axis(-1.0, 1.0, (0.0,))
    rough = (high - low) / WIDE
    size = 10 ** floor(log10(rough))
    step = next(step * size for step in STEPS if step * size >= rough * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return Axis(first * step, last * step, tuple(step * k for k in range(first, last + 1)))


def parts(rows: Sequence[tuple[float, float]]) -> tuple[Axis, list[dict[str, Any]]]:
    """rows: (mix, own) of each group. Bars from zero outwards, one behind the other where both go the same way.

    Each row is {"bars": [{kind, from, width}], "net": where their sum lies}.
    """
    drawn = axis([end for mix, own in rows for end in (mix, own, mix + own)])
    return drawn, [
        {"bars": [_bar("mix", 0.0, mix, drawn), _bar("own", _start(mix, own), own, drawn)], "net": drawn.at(mix + own)}
        for mix, own in rows
    ]


def intervals(rows: Sequence[tuple[float, float, float]]) -> tuple[Axis, list[dict[str, Any]]]:
    """rows: (value, low, high). Each row is {"dot", "whisker": {from, width}}."""
    drawn = axis([end for row in rows for end in row])
    return drawn, [
        {"dot": drawn.at(value), "whisker": {"from": drawn.at(low), "width": drawn.at(high) - drawn.at(low)}}
        for value, low, high in rows
    ]


def _start(mix: float, own: float) -> float:
    return mix if (mix < 0) == (own < 0) else 0.0


def _bar(kind: str, start: float, length: float, drawn: Axis) -> dict[str, Any]:
    near, far = sorted((drawn.at(start), drawn.at(start + length)))
    return {"kind": kind, "from": near, "width": round(far - near, 3)}
