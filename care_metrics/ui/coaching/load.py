"""Emotional load: what an agent's customers were like to listen to, from their own words."""

from typing import Any

from care_metrics.charts.strips import SCORE, score
from care_metrics.coaching.load import Load, Strain
from care_metrics.coaching.peers import FEWEST_AGENTS
from care_metrics.settings import settings
from care_metrics.ui import cached, notices, nouns
from care_metrics.ui import format as fmt
from care_metrics.ui.coaching.agents import Who
from care_metrics.ui.components import declare
from care_metrics.ui.mix_parts import axis_of
from care_metrics.ui.text import _, ngettext, noted, translated
from care_metrics.ui.view import View

_strips = declare("strips")
LABELS = {
    "negative_turns": noted("Negative customer turns"),
    "ended_low": noted("Contacts that ended low"),
}


def show(view: View, who: Who) -> None:
    """Two shares against all agents at equal mix, and how they fell on the days worked."""
    found, strain = cached.emotional_load(view.scope, view.edition, who.client, who.agent_id, view.now)
    if not found:
        return notices.note(_("No contact of this period has a scored transcript."), "load_none")
    if strain and strain.n:
        notices.finding(_told(strain), "load_finding")
    columns = [
        {"text": ""},
        {"text": "", "axis": axis_of(SCORE, _("per cent")), "width": "36%"},
        {"text": _("Share"), "align": "end"},
        {"text": _("Equal mix"), "align": "end"},
        {"text": _("Difference"), "align": "end"},
    ]
    _strips(key="load", data={"alt": _("Emotional load"), "columns": columns, "rows": [_row(one) for one in found]})
    return notices.note(_caption(found), "load_note")


def _told(strain: Strain) -> str:
    text = ngettext(
        "{n} contact ended low on {days} days worked: at most {most} on one day, the longest run {run} in a row.",
        "{n} contacts ended low on {days} days worked: at most {most} on one day, the longest run {run} in a row.",
        strain.n,
    )
    numbers = {name: fmt.number(getattr(strain, name)) for name in ("n", "days", "most", "run")}
    return text.format(**numbers)


def _row(one: Load) -> list[dict[str, Any]]:
    first = {"text": translated(LABELS[one.measure]), "note": nouns.counted("sentiment", one.n)}
    if one.value is None:
        return [first, {"picture": {}}, {"text": fmt.MISSING, "note": _("too few")}, *[{"text": fmt.MISSING}] * 2]
    drawn = [None if level is None else 100 * level for level in (one.value, one.low, one.high, one.expected)]
    return [
        first,
        {"picture": score(*drawn[:3], net=drawn[3])},
        {"text": fmt.bare(one.value, "fraction"), "note": fmt.interval(one.low, one.high, "fraction")},
        {"text": fmt.bare(one.expected, "fraction")},
        _difference(one),
    ]


def _difference(one: Load) -> dict[str, Any]:
    if one.own is None or one.own_low is None or one.own_high is None:
        return {"text": fmt.MISSING}
    clear = one.own_low > 0 or one.own_high < 0
    said = _("clear") if clear else _("could be chance")
    between = fmt.step_interval(one.own_low, one.own_high, "fraction")
    return {"text": fmt.step(one.own, "fraction"), "note": _("{interval}; {said}").format(interval=between, said=said)}


def _caption(found: list[Load]) -> str:
    low = fmt.bare(settings().low_sentiment, "valence")
    told = [
        _(
            "Negative: sentiment of {low} or lower, mean over contacts of the share of customer turns; ended low: the same of the last "
            "quarter. Line and equal mix: all agents of the client at this agent's mix of reason and channel. From what customers "
            "said and wrote only; how the agent felt is not inferred. It tells what customers brought, not what the agent did."
        ).format(low=low)
    ]
    if all(one.expected is None for one in found):
        text = _("There is no comparison: fewer than {n} agents have enough contacts.")
        told.append(text.format(n=fmt.number(FEWEST_AGENTS)))
    return " ".join(told)
