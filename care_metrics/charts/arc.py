"""The sentiment arc of one contact: each scored customer turn in order, the shaded part below zero, the lowest named."""

from collections.abc import Sequence
from dataclasses import dataclass

from care_metrics.charts.theme import ALARM, ALARM_BAND, CARE, EFFICIENCY, HAIRLINE, Figure, figure, plain


@dataclass(frozen=True)
class ArcTurn:
    """turn_no: position in the transcript; valence: -1..1; hover: what the reader is told about it."""

    turn_no: int
    valence: float
    hover: str


def arc(turns: Sequence[ArcTurn], *, low: float, chosen: int | None, lowest: str, turn: str) -> Figure:
    """turns: scored customer turns in order; low: the valence at or below which a turn is low.

    chosen: the turn_no that the transcript shows; lowest: the label of the lowest point; turn: the axis title.
    """
    numbers = [point.turn_no for point in turns]
    values = [point.valence for point in turns]
    shade = _below_zero(numbers, values)
    below = {
        "type": "scatter",
        "x": [x for x, _y in shade],
        "y": [y for _x, y in shade],
        "mode": "none",
        "fill": "tozeroy",
        "fillcolor": ALARM_BAND,
        "hoverinfo": "skip",
    }
    line = {
        "type": "scatter",
        "x": numbers,
        "y": values,
        "mode": "lines+markers",
        "line": {"color": EFFICIENCY, "width": 2},
        "marker": {
            "color": [_mark(value, low) for value in values],
            "size": [_size(n, chosen) for n in numbers],
            "opacity": 1,
        },
        "text": [plain(point.hover) for point in turns],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }
    yaxis = {
        "range": [-1.45, 1.08],
        "tickvals": [-1, -0.5, 0, 0.5, 1],
        "ticktext": ["\N{MINUS SIGN}1", "", "0", "", "+1"],
        "showgrid": True,
        "gridcolor": HAIRLINE,
    }
    span = max(numbers) - min(numbers) if numbers else 0
    xaxis = {
        "title": {"text": plain(turn), "standoff": 6},
        "tick0": 0,
        "dtick": max(1, round(span / 10)),
        "range": [min(numbers) - 0.6, max(numbers) + 0.6] if numbers else [0, 1],
    }
    notes = [_lowest_note(turns, lowest)] if turns else []
    return figure([below, line], 220, xaxis=xaxis, yaxis=yaxis, annotations=notes)


def _below_zero(numbers: Sequence[int], values: Sequence[float]) -> list[tuple[float, float]]:
    """The line where it runs below zero, else zero, with a point where it crosses."""
    points: list[tuple[float, float]] = []
    for place, (x, y) in enumerate(zip(numbers, values, strict=True)):
        if place and values[place - 1] * y < 0:
            before = values[place - 1]
            points.append((numbers[place - 1] + (x - numbers[place - 1]) * before / (before - y), 0.0))
        points.append((x, min(y, 0.0)))
    return points


def _mark(value: float, low: float) -> str:
    return ALARM if value <= low else CARE if value >= -low else EFFICIENCY


def _size(turn_no: int, chosen: int | None) -> int:
    return 13 if turn_no == chosen else 8


def _lowest_note(turns: Sequence[ArcTurn], text: str) -> dict[str, object]:
    """Below the lowest point, where no line can run; at the edges it leans inwards."""
    place = min(range(len(turns)), key=lambda i: turns[i].valence)
    anchor = "left" if place == 0 else "right" if place == len(turns) - 1 else "center"
    point = turns[place]
    note = {"x": point.turn_no, "y": point.valence, "text": plain(text), "showarrow": False}
    return note | {"xanchor": anchor, "yshift": -16}
