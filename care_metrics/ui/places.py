"""Where to look: the clients, sites and reasons whose change stands out after as many tests as were made."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from care_metrics.changes import change as tested_change
from care_metrics.charts.theme import tone
from care_metrics.filters import Filters
from care_metrics.kpis import CATALOGUE, Kpi, kpi
from care_metrics.kpis.grains import unsupported
from care_metrics.measure import Question
from care_metrics.ui import cached, links, notices, nouns
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import OF_TURNS, Row, filtered, visible
from care_metrics.ui.components import declare
from care_metrics.ui.signals import EACH, told_apart
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

DIMENSIONS = {"client": noted("Client"), "site": noted("Site"), "reason": noted("Reason")}
MOST = 8

_table = declare("places")


@dataclass(frozen=True)
class Place:
    """One KPI in one place: now, before and the tested change between them."""

    kpi: Kpi
    dimension: str
    value: str
    now: Row
    before: Row
    change: Row


def changed(view: View, names: tuple[str, ...]) -> list[Place]:
    """The places with a clear change, the surest first; none without a comparison."""
    if view.before is None:
        return []
    tested = _compared(view, names, view.before)
    clear = told_apart([place.change["p"] for place in tested], EACH)
    found = [
        place for place, is_clear in zip(tested, clear, strict=True) if is_clear and place.change["verdict"] == "clear"
    ]
    return sorted(found, key=lambda place: (place.change["p"], place.kpi.name, place.value))


def _compared(view: View, names: tuple[str, ...], before: Filters) -> list[Place]:
    """All dimensions and both periods from one statement."""
    known = [name for name in visible(view, names) if not (view.waiting and name in OF_TURNS)]
    dimensions = [name for name in DIMENSIONS if name not in filtered(view.now)]
    questions = []
    for dimension in dimensions:
        needed = (dimension, *filtered(view.now))
        asked = tuple(name for name in known if not unsupported(kpi(name), needed))
        questions += [Question(asked, filters, (dimension,)) for filters in (view.now, before)]
    frames = cached.answers(view.scope, view.edition, tuple(questions)) if questions else []
    pairs = zip(dimensions, frames[::2], frames[1::2], strict=True)
    return [place for dimension, *sides in pairs for place in _tested(dimension, *sides)]


def _tested(dimension: str, now: pl.DataFrame, before: pl.DataFrame) -> list[Place]:
    if now.is_empty() or before.is_empty():
        return []
    changes = tested_change(now, before, (dimension,))
    rows = [{(row["kpi"], row[dimension]): row for row in frame.to_dicts()} for frame in (now, before, changes)]
    return [
        Place(CATALOGUE[name], dimension, value, rows[0][name, value], rows[1][name, value], change)
        for (name, value), change in rows[2].items()
        if value is not None and change["difference"] is not None
    ]


def show(view: View, found: list[Place]) -> None:
    """The table, each place a way to the scorecard narrowed to it."""
    if view.before is None:
        return notices.note(_("Choose a comparison to see where something changed."), "places_none")
    if not found:
        return notices.note(_("No client, site or reason changed clearly."), "places_none")
    data = {
        "caption": _("Where to look"),
        "columns": [
            {"text": _("Where"), "align": ""},
            {"text": _("Measure"), "align": ""},
            {"text": _("Change"), "align": ""},
            {"text": _("95% interval of the change"), "align": "end"},
            {"text": _("Before"), "align": "end"},
            {"text": _("Now"), "align": "end"},
            {"text": _("From"), "align": "end"},
        ],
        "rows": [_row(view, place) for place in found[:MOST]],
    }
    _table(key="places", data=data)
    text = _(
        "Changes that stand out among all the places and measures tested (false discovery rate 2.5%), the surest first."
    )
    return notices.note(text, "places_note")


def _row(view: View, place: Place) -> list[dict[str, Any]]:
    unit, change = place.kpi.unit, place.change
    where = _("{dimension}: {name}").format(
        dimension=translated(DIMENSIONS[place.dimension]), name=fmt.named(place.dimension, place.value)
    )
    return [
        {"link": links.place(view, place.dimension, place.value, where)},
        {"text": translated(place.kpi.label)},
        {
            "text": fmt.step(change["difference"], unit),
            "tone": tone(change["difference"], change["verdict"], place.kpi.better),
        },
        {"text": fmt.step_interval(change["d_low"], change["d_high"], unit)},
        {"text": fmt.bare(place.before["value"], unit)},
        {"text": fmt.bare(place.now["value"], unit)},
        {"text": nouns.counted(place.kpi.name, place.now["n"])},
    ]
