"""The wins and the risks of a client's period: clear changes, places that changed clearly, and what was agreed."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from care_metrics.charts.theme import tone
from care_metrics.kpis import CATALOGUE, Kpi
from care_metrics.schema import PILLARS
from care_metrics.ui import findings, links, notices, target_words
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Answers, Row
from care_metrics.ui.components import declare
from care_metrics.ui.places import DIMENSIONS, Place
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

_table = declare("strips")
MOST = 5
Line = list[dict[str, Any]]


def show(view: View, found: Answers, places: Sequence[Place]) -> None:
    """Two lists; each says so where it has nothing to say."""
    st.subheader(_("What went well"), divider="gray", anchor=False)
    nothing = _("Nothing changed clearly for the better, and no target is met.")
    _list("good", _lines(view, found, places, "good"), nothing)
    st.subheader(_("What needs attention"), divider="gray", anchor=False)
    nothing = _("Nothing changed clearly for the worse, and no target is missed.")
    _list("bad", _lines(view, found, places, "bad"), nothing)


def _lines(view: View, found: Answers, places: Sequence[Place], side: str) -> list[Line]:
    """What was agreed first, then what changed as a whole, then where."""
    return [*_agreed(found, side), *_changed(found, side), *_placed(view, places, side)]


def _list(side: str, lines: list[Line], nothing: str) -> None:
    """The change has a column only where one is told."""
    if not lines:
        return notices.note(nothing, f"story_{side}_none")
    shown = lines[:MOST]
    heads = [{"text": _("What")}, {"text": _("Change"), "align": "end"}, {"text": _("Now"), "align": "end"}]
    told = [place for place in range(len(heads)) if any(line[place].get("text") for line in shown)]
    data = {
        "alt": _("What stands out"),
        "columns": [heads[place] for place in told],
        "rows": [[line[place] for place in told] for line in shown],
    }
    _table(key=f"story_{side}", data=data)
    return None


def _agreed(found: Answers, side: str) -> list[Line]:
    """Targets that are met or missed; a goal too close to call is neither."""
    said = {"good": "met", "bad": "not_met"}[side]
    return [
        _line(
            translated(CATALOGUE[name].label),
            target_words.judged(one.target, said),
            CATALOGUE[name],
            {},
            found.now[name],
        )
        for name, all_of in found.targets.items()
        for one in all_of
        if one.said == said
    ]


def _changed(found: Answers, side: str) -> list[Line]:
    names = [*findings.clear(found, findings.CARE), *findings.clear(found, PILLARS)]
    return [
        _line(translated(CATALOGUE[name].label), "", CATALOGUE[name], found.changes[name], found.now[name])
        for name in names
        if tone(found.changes[name]["difference"], "clear", CATALOGUE[name].better) == side
    ]


def _placed(view: View, places: Sequence[Place], side: str) -> list[Line]:
    lines = []
    for place in places:
        if tone(place.change["difference"], "clear", place.kpi.better) != side:
            continue
        where = _("{dimension}: {name}").format(
            dimension=translated(DIMENSIONS[place.dimension]), name=fmt.named(place.dimension, place.value)
        )
        line = _line(where, translated(place.kpi.label), place.kpi, place.change, place.now)
        line[0] |= {"link": links.place(view, place.dimension, place.value, where)}
        lines.append(line)
    return lines


def _line(what: str, note: str, kpi: Kpi, change: Row, now: Row) -> Line:
    difference = change.get("difference")
    return [
        {"text": what, "note": note},
        {
            "text": fmt.step(difference, kpi.unit) if difference is not None else "",
            "tone": tone(difference, change.get("verdict"), kpi.better),
            "note": fmt.step_interval(change.get("d_low"), change.get("d_high"), kpi.unit),
        },
        {"text": fmt.level(now["value"], kpi.unit), "note": fmt.interval(now["low"], now["high"], kpi.unit)},
    ]
