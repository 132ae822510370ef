"""Each pillar against the impact that it is said to have: what is associated with it, at equal reason and channel."""

from math import isnan
from typing import Any

from care_metrics.associations import Association
from care_metrics.charts.strips import intervals
from care_metrics.kpis import kpi
from care_metrics.states import LOW_N
from care_metrics.ui import cached, links, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import visible
from care_metrics.ui.components import declare
from care_metrics.ui.mix_parts import axis_of
from care_metrics.ui.signals import told_apart
from care_metrics.ui.slopes import LEAST_AGENTS
from care_metrics.ui.text import _, ngettext, noted, translated
from care_metrics.ui.view import View

_strips = declare("strips")
# What is compared, as a reader understands it.
_OF = {
    "recovery": noted("of contacts with a low point"),
    "repeat_contact": noted("within 7 days, same reason"),
    "nps": noted("of the survey"),
    "ces": noted("of the survey"),
    "ces_5": noted("of the survey, lower is easier"),
    "reopen": noted("of promises, transfers, escalations"),
    "follow_up_kept": noted("of promises that fell due"),
}
_CLEAR = {
    (True, True): noted("{pillar} is associated with a higher {kpi} ({step})."),
    (True, False): noted("{pillar} is associated with a lower {kpi} ({step})."),
    (False, True): noted("Against what is claimed, {pillar} is associated with a higher {kpi} ({step})."),
    (False, False): noted("Against what is claimed, {pillar} is associated with a lower {kpi} ({step})."),
}


def show(view: View) -> None:
    """The finding and one row a relation that has contacts enough."""
    every = [one for one in cached.associations(view.scope, view.edition, view.now) if _asked(view, one)]
    known = [one for one in every if enough(one)]
    if not known:
        text = _(
            "Too few contacts have both text evidence and an outcome for an honest interval: {n} contacts and {m} agents are needed."
        )
        return notices.note(text.format(n=fmt.number(LOW_N), m=fmt.number(LEAST_AGENTS)), "impact_none")
    notices.finding(finding(known), "impact_finding")
    _strips(key="impact", data=_data(known))
    return notices.note(_note(every, known), "impact_note")


def _asked(view: View, one: Association) -> bool:
    return one.adjusted.n > 0 and bool(visible(view, (one.impact.outcome,)))


def enough(one: Association) -> bool:
    """Contacts, agents, and variation of text and outcome among contacts of the same kind."""
    return (
        one.adjusted.n >= LOW_N
        and one.adjusted.clusters >= LEAST_AGENTS
        and not isnan(one.adjusted.p)
        and one.spread > 0
    )


def clear(known: list[Association]) -> list[Association]:
    """Those told apart from chance together, and large enough to be worth a word."""
    apart = told_apart([one.adjusted.p for one in known])
    return [
        one
        for one, told in zip(known, apart, strict=True)
        if told and abs(one.adjusted.value) >= kpi(one.impact.outcome).threshold
    ]


def finding(known: list[Association]) -> str:
    """What is clear, in words that claim no cause."""
    told = [
        translated(_CLEAR[one.size[0] > 0, one.adjusted.value > 0]).format(
            pillar=translated(kpi(one.impact.pillar).label),
            kpi=translated(kpi(one.impact.outcome).label),
            step=_step(one.impact.outcome, one.adjusted.value),
        )
        for one in clear(known)
    ]
    if not told:
        return _("At equal reason and channel no pillar is clearly associated with its impact: it could be chance.")
    return " ".join([_("At equal reason and channel:"), *told])


def _data(known: list[Association]) -> dict[str, Any]:
    drawn, pictures = intervals([one.size for one in known])
    certain = clear(known)
    return {
        "alt": _("Pillars and their impact on the customer"),
        "columns": [
            {"text": _("Pillar")},
            {"text": _("Impact")},
            {
                "text": "",
                "axis": axis_of(drawn, _("standard deviations; right is better for the customer")),
                "width": "26%",
            },
            {"text": _("In full against not at all"), "align": "end"},
            {"text": _("Verdict"), "align": "end"},
        ],
        "rows": [_row(one, picture, one in certain) for one, picture in zip(known, pictures, strict=True)],
    }


def _row(one: Association, picture: dict[str, Any], is_clear: bool) -> list[dict[str, Any]]:
    name, outcome = one.impact.pillar, kpi(one.impact.outcome)
    tone = "plain" if not is_clear else "good" if one.size[0] > 0 else "bad"
    crude = _("not adjusted {step}").format(step=_step(outcome.name, one.crude.value))
    contacts = ngettext("{n} contact", "{n} contacts", one.adjusted.n).format(n=fmt.number(one.adjusted.n))
    return [
        {"link": links.contacts(f"{name}_text", translated(kpi(name).label)), "note": contacts},
        {"text": translated(outcome.label), "note": translated(_OF[outcome.name])},
        {"picture": picture | {"tone": tone}},
        {
            "text": _step(outcome.name, one.adjusted.value),
            "note": fmt.step_interval(one.adjusted.low, one.adjusted.high, outcome.unit),
        },
        {"text": _("clear") if is_clear else _("could be chance"), "note": crude},
    ]


def _step(outcome: str, value: float) -> str:
    return fmt.step(value, kpi(outcome).unit)


def _note(every: list[Association], known: list[Association]) -> str:
    told = [
        _(
            "Contacts whose text shows the pillar in full against those whose text does not show it at all, among contacts of "
            "the same client, reason and channel; least squares, the interval allows for contacts of one agent being alike. "
            "What the centre did is left out: it counts some of these outcomes itself. Association only: no cause is shown."
        )
    ]
    if len(known) < len(every):
        few = [translated(kpi(one.impact.outcome).label) for one in every if one not in known]
        told.append(_("Too few for an interval: {list}.").format(list=", ".join(few)))
    return " ".join(told)
