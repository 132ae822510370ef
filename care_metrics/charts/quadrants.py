"""Dots around the crossing of two dotted lines: what lies in two named corners is coloured and of another shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from care_metrics.charts.theme import ALARM, CARE, EFFICIENCY, HAIRLINE, Figure, figure, plain

HEIGHT = 340
SMALLEST, LARGEST = 7.0, 20.0
MARKS = {"plain": (EFFICIENCY, "circle"), "bad": (ALARM, "diamond"), "good": (CARE, "circle")}


@dataclass(frozen=True)
class Point:
    """x, y: distance from the crossing; n: contacts, which its area grows with; tone: plain, bad or good; hover: in words."""

    x: float
    y: float
    n: int
    tone: str
    hover: str


def quadrants(points: Sequence[Point], x_title: str, y_title: str, corners: tuple[str, str]) -> Figure:
    """corners: what the lower left and the upper right corner are called."""
    most = max((point.n for point in points), default=1)
    traces = [_trace(tone, [point for point in points if point.tone == tone], most) for tone in MARKS]
    reach_x = 1.15 * max((abs(point.x) for point in points), default=1.0) or 1.0
    reach_y = 1.25 * max((abs(point.y) for point in points), default=1.0) or 1.0
    line = {"type": "line", "line": {"color": EFFICIENCY, "width": 1, "dash": "dot"}}
    shapes = [
        line | {"x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1},
        line | {"y0": 0, "y1": 0, "xref": "paper", "x0": 0, "x1": 1},
    ]
    axis = {"showgrid": True, "gridcolor": HAIRLINE, "tickformat": "+,.0f"}
    return figure(
        [trace for trace in traces if trace["x"]],
        HEIGHT,
        xaxis=axis | {"range": [-reach_x, reach_x], "title": {"text": x_title}},
        yaxis=axis | {"range": [-reach_y, reach_y], "title": {"text": y_title}},
        shapes=shapes,
        annotations=[_corner(corners[0], ALARM, "left", "bottom"), _corner(corners[1], CARE, "right", "top")],
    )


def _trace(tone: str, points: Sequence[Point], most: int) -> dict[str, Any]:
    colour, symbol = MARKS[tone]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(point.x, 2) for point in points],
        "y": [round(point.y, 2) for point in points],
        "marker": {
            "size": [SMALLEST + (LARGEST - SMALLEST) * sqrt(point.n / most) for point in points],
            "color": colour,
            "symbol": symbol,
            "opacity": 0.55 if tone == "plain" else 0.9,
        },
        "customdata": [plain(point.hover) for point in points],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _corner(text: str, colour: str, side: str, end: str) -> dict[str, Any]:
    across, up = {"left": 0.01, "right": 0.99}[side], {"bottom": 0.01, "top": 0.99}[end]
    place = {"xref": "paper", "yref": "paper", "x": across, "y": up, "xanchor": side, "yanchor": end}
    return place | {"text": plain(text), "showarrow": False, "font": {"color": colour, "size": 13}}
