"""A KPI by day, week or month with its 95 % band; a bucket without a value leaves a gap in line and band."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Any

from care_metrics.charts.theme import ALARM, CARE, HAIRLINE, REFERENCE, Figure, band, colour, figure, plain

MOST_TICKS = 8
SIGNALS = {"good": (CARE, "diamond"), "bad": (ALARM, "square"), "plain": (REFERENCE, "circle")}


@dataclass(frozen=True)
class Bucket:
    """start: ISO date; label: how the reader's language writes it; value, low, high in the KPI's unit, None where
    there is none; hover: all of it in words. open: it is not complete yet, so no line leads to it.
    signal: good, bad or plain where it stands out, else empty; the mark's form repeats the colour.
    """

    start: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    hover: str
    open: bool = False
    signal: str = ""


@dataclass(frozen=True)
class Mark:
    """Something that happened on an ISO date; without text a line alone."""

    at: str
    text: str


def trend(
    buckets: Sequence[Bucket],
    family: str,
    *,
    percent: bool = False,
    target: tuple[float, str] | None = None,
    marks: Sequence[Mark] = (),
    height: int = 300,
    axis: tuple[float, float] | None = None,
    most_ticks: int = MOST_TICKS,
) -> Figure:
    """percent: the axis counts fractions; target: a level and its label; marks: vertical lines with their text.

    axis: the range of values, so that several trends can be compared; else that of the data.
    """
    ink, done = colour(family), [None if bucket.open else bucket for bucket in buckets]
    line = {
        "type": "scatter",
        "x": [bucket.start for bucket in buckets],
        "y": [bucket and bucket.value for bucket in done],
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": ink, "width": 2.5},
        "marker": {"color": ink, "size": 5},
        "text": [plain(bucket.hover) for bucket in buckets],
        "hovertemplate": "%{text}<extra></extra>",
    }
    traces = [*(_band(run, band(family)) for run in _runs(done)), line]
    if None in done:
        traces.append(_open([bucket for bucket in buckets if bucket.open], ink))
    traces += [_stands_out(bucket) for bucket in buckets if bucket.signal]
    yaxis: dict[str, Any] = {"showgrid": True, "gridcolor": HAIRLINE} | ({"tickformat": ".0%"} if percent else {})
    yaxis |= {"range": list(axis)} if axis else {}
    shapes, notes = _lines(target, marks)
    xaxis = {"type": "date"} | _ticks(buckets, most_ticks)
    return figure(traces, height, xaxis=xaxis, yaxis=yaxis, shapes=shapes, annotations=notes)


def _open(buckets: Sequence[Bucket], ink: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [bucket.start for bucket in buckets],
        "y": [bucket.value for bucket in buckets],
        "mode": "markers",
        "marker": {"symbol": "circle-open", "color": ink, "size": 8, "line": {"width": 2}},
        "text": [plain(bucket.hover) for bucket in buckets],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _stands_out(bucket: Bucket) -> dict[str, Any]:
    ink, form = SIGNALS[bucket.signal]
    return {
        "type": "scatter",
        "x": [bucket.start],
        "y": [bucket.value],
        "mode": "markers",
        "marker": {"symbol": form, "color": ink, "size": 11},
        "text": [plain(bucket.hover)],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _ticks(buckets: Sequence[Bucket], most: int) -> dict[str, list[str]]:
    """Every so many buckets, the last one always: Plotly would write dates in English and between the buckets."""
    every = max(1, ceil(len(buckets) / most))
    shown = buckets[::-1][::every][::-1]
    return {"tickvals": [bucket.start for bucket in shown], "ticktext": [plain(bucket.label) for bucket in shown]}


def _runs(buckets: Sequence[Bucket | None]) -> Iterator[list[Bucket]]:
    """Neighbouring buckets with an interval; filled over a gap, two of them would cover what nobody measured."""
    for known, run in groupby(buckets, key=lambda one: one is not None and None not in (one.low, one.high)):
        if known:
            yield [bucket for bucket in run if bucket is not None]


def _band(run: Sequence[Bucket], fill: str) -> dict[str, Any]:
    """There along the lower limits and back along the upper ones."""
    return {
        "type": "scatter",
        "x": [bucket.start for bucket in (*run, *run[::-1])],
        "y": [*(bucket.low for bucket in run), *(bucket.high for bucket in run[::-1])],
        "mode": "none",
        "fill": "toself",
        "fillcolor": fill,
        "hoverinfo": "skip",
    }


def _lines(target: tuple[float, str] | None, marks: Sequence[Mark]) -> tuple[list[Any], list[Any]]:
    dotted: dict[str, Any] = {"type": "line", "line": {"color": REFERENCE, "width": 1.2, "dash": "dot"}}
    shapes = [dotted | {"xref": "x", "yref": "paper", "x0": m.at, "x1": m.at, "y0": 0, "y1": 1} for m in marks]
    said = [mark for mark in marks if mark.text]
    notes = [_note(plain(m.text), x=m.at, xref="x", y=1, yref="paper", xanchor="left", xshift=4) for m in said]
    if target:
        level, text = target
        shapes.append(dotted | {"xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": level, "y1": level})
        notes.append(_note(plain(text), x=0, xref="paper", y=level, yref="y", xanchor="left", yshift=9))
    return shapes, notes


def _note(text: str, **place: Any) -> dict[str, Any]:
    return {"text": text, "showarrow": False} | place
