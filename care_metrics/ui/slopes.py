"""How satisfaction goes with handle time: over all contacts, and among contacts of the same reason and channel."""

from math import isnan
from typing import Any

from care_metrics.charts.strips import intervals
from care_metrics.kpis import CATALOGUE
from care_metrics.mix import Slopes
from care_metrics.states import LOW_N
from care_metrics.statistics.slopes import Slope
from care_metrics.ui import cached, links, notices, nouns
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import ask, visible
from care_metrics.ui.components import declare
from care_metrics.ui.mix_parts import axis_of
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

_strips = declare("strips")
# The one that has answers enough, first things first.
SATISFACTION = ("nps", "csat")
# Fewer agents than that give no interval that could be trusted.
LEAST_AGENTS = 10

_TURNED = {
    True: noted(
        "Over all contacts, one minute more is associated with a lower {kpi} ({crude}); among contacts of the same reason "
        "and channel with a higher one ({adjusted})."
    ),
    False: noted(
        "Over all contacts, one minute more is associated with a higher {kpi} ({crude}); among contacts of the same reason "
        "and channel with a lower one ({adjusted})."
    ),
}
_SAME = {
    True: noted(
        "Among contacts of the same reason and channel, one minute more is associated with a higher {kpi} ({adjusted})."
    ),
    False: noted(
        "Among contacts of the same reason and channel, one minute more is associated with a lower {kpi} ({adjusted})."
    ),
}


def show(view: View) -> None:
    """Two slopes on one axis with their sentence; why not, where there are too few answers or agents."""
    found = {name: cached.slopes(view.scope, view.edition, name, view.now) for name in visible(view, SATISFACTION)}
    name = next((name for name, both in found.items() if both.crude.n >= LOW_N), None)
    if name is None:
        text = _("Fewer than {n} answers belong to a contact with a known handle time; no slope is drawn from so few.")
        return notices.note(text.format(n=fmt.number(LOW_N)), "slopes_none")
    both = found[name]
    if both.crude.clusters < LEAST_AGENTS or isnan(both.crude.p):
        text = _(
            "Fewer than {n} agents handled the contacts that were answered; their slope would have no honest interval."
        )
        return notices.note(text.format(n=fmt.number(LEAST_AGENTS)), "slopes_none")
    notices.finding(sentence(both, name), "slopes_finding")
    _draw(view, both, name)
    return None


def sentence(both: Slopes, name: str) -> str:
    """Signs that disagree clearly; else the clear one at equal mix; else that nothing is clear."""
    if isnan(both.adjusted.p):
        return _("Too few contacts share a reason and channel for a slope at equal contact mix.")
    words = {
        "kpi": translated(CATALOGUE[name].label),
        "crude": _step(both.crude, name),
        "adjusted": _step(both.adjusted, name),
    }
    if both.turned():
        return translated(_TURNED[both.adjusted.value > 0]).format(**words)
    if both.adjusted.low > 0 or both.adjusted.high < 0:
        return translated(_SAME[both.adjusted.value > 0]).format(**words)
    if both.crude.value * both.adjusted.value < 0:
        text = _(
            "The slopes of {kpi} on handle time differ in sign, {crude} over all contacts and {adjusted} at equal contact mix, but not both are clear."
        )
        return text.format(**words)
    text = _("At equal contact mix {kpi} is not clearly associated with handle time ({adjusted}).")
    return text.format(**words)


def _step(slope: Slope, name: str) -> str:
    return fmt.step(slope.value, CATALOGUE[name].unit)


def _draw(view: View, both: Slopes, name: str) -> None:
    kinds = [(_("Over all contacts"), both.crude, "")]
    if not isnan(both.adjusted.p):
        kinds.append((_("Same reason and channel"), both.adjusted, "care"))
    scaled = 100.0 if CATALOGUE[name].unit == "fraction" else 1.0
    drawn, pictures = intervals([(scaled * s.value, scaled * s.low, scaled * s.high) for _label, s, _tone in kinds])
    unit, asked = CATALOGUE[name].unit, ask(view, (name,)).now[name]["n"]
    answers = _("{n} of {all}").format(n=fmt.number(both.crude.n), all=nouns.counted(name, asked))
    data: dict[str, Any] = {
        "alt": _("Slopes of {kpi} on handle time. {list}").format(
            kpi=translated(CATALOGUE[name].label),
            list="; ".join(f"{label}: {_step(one, name)}" for label, one, _tone in kinds),
        ),
        "columns": [
            {"text": ""},
            {"text": "", "axis": axis_of(drawn, _unit(name))},
            {"text": _("Per minute"), "align": "end"},
            {"text": _("95% interval"), "align": "end"},
        ],
        "rows": [
            [
                {"link": links.contacts(name, label), "note": answers},
                {"picture": picture | {"tone": tone}},
                {"text": _step(one, name)},
                {"text": fmt.step_interval(one.low, one.high, unit)},
            ]
            for (label, one, tone), picture in zip(kinds, pictures, strict=True)
        ],
    }
    _strips(key="slopes", data=data)
    _rests_on(both, name)


def _unit(name: str) -> str:
    if CATALOGUE[name].unit == "fraction":
        return _("percentage points of {kpi} per minute of handle time").format(kpi=translated(CATALOGUE[name].label))
    return _("points of {kpi} per minute of handle time").format(kpi=translated(CATALOGUE[name].label))


def _rests_on(both: Slopes, name: str) -> None:
    """n and method."""
    text = _(
        "From {n} whose handle time is known, of {agents} agents. Least squares; the interval allows for answers of one agent "
        "being alike. Association only: no cause is shown."
    )
    counted = nouns.counted(name, both.crude.n)
    notices.note(text.format(n=counted, agents=fmt.number(both.crude.clusters)), "slopes_note")
