"""What came of a plan: before and after its first day, against agents without a plan, and what would have come anyway."""

from typing import Any

from care_metrics.charts.strips import intervals
from care_metrics.coaching.before_after import FEWEST_DAYS, Effect
from care_metrics.coaching.peers import FEWEST_AGENTS
from care_metrics.coaching.profile import FEWEST
from care_metrics.kpis import kpi
from care_metrics.reviews.review_rows import CoachingPlan
from care_metrics.statistics.differences import SIGNIFICANCE
from care_metrics.ui import cached, database, notices, nouns
from care_metrics.ui import format as fmt
from care_metrics.ui.coaching import words
from care_metrics.ui.components import declare
from care_metrics.ui.mix_parts import axis_of
from care_metrics.ui.text import _, ngettext
from care_metrics.ui.view import View

_strips = declare("strips")


def show(view: View, plan: CoachingPlan) -> None:
    """Nothing for a plan on something that has no score."""
    if not words.measured(plan.skill) or plan.state == "dropped":
        return
    from care_metrics.reviews.coaching import under_plan

    coached = tuple(under_plan(view.scope, database.opened(), plan.client))
    one = cached.plan_effect(
        view.scope, view.edition, plan.client, plan.agent_id, plan.skill, plan.starts, view.data.end, coached
    )
    key = f"effect_{plan.plan_id}"
    if one.change is None:
        return notices.note(_untold(one), key)
    notices.finding(_finding(one), f"{key}_finding")
    _strips(key=key, data=_data(one))
    said = [notices.paragraph(notices.sentence(text), kind="note") for text in (_caption(one), _warning(one))]
    return notices.say(said, f"{key}_note")


def _untold(one: Effect) -> str:
    if one.why == "early":
        text = _("Before and after can be compared once {n} days have passed since the plan began.")
        return text.format(n=fmt.number(FEWEST_DAYS))
    text = _(
        "Before and after cannot be compared: {before} with an opportunity in the {days} days before, {after} after; it takes {n} of each."
    )
    return text.format(
        before=nouns.counted("empathy", one.n_before),
        after=nouns.counted("empathy", one.n_after),
        days=fmt.number(one.days),
        n=fmt.number(FEWEST),
    )


def _clear(one: Effect) -> bool:
    wide = one.difference is not None and abs(one.difference) >= kpi("empathy").threshold
    return wide and one.p is not None and one.p < SIGNIFICANCE


def _finding(one: Effect) -> str:
    said = {"subject": words.subject(one.subject), "before": fmt.bare(one.before, "score")}
    said |= {"after": fmt.bare(one.after, "score")}
    if one.difference is None:
        text = _("{subject} went from {before} to {after}; there are too few agents without a plan to compare with.")
        return text.format(**said)
    if not _clear(one):
        text = _("{subject} went from {before} to {after}; the difference from agents without a plan could be chance.")
        return text.format(**said)
    more = _("{subject} went from {before} to {after}, clearly more upwards than with agents without a plan.")
    less = _("{subject} went from {before} to {after}, clearly less upwards than with agents without a plan.")
    return (more if (one.difference or 0.0) > 0 else less).format(**said)


def _data(one: Effect) -> dict[str, Any]:
    rows = [(_("This agent"), one.change, one.low, one.high)]
    if one.difference is not None:
        rows += [
            (_("Agents without a plan"), one.others, one.others, one.others),
            (_("Difference"), one.difference, one.d_low, one.d_high),
        ]
    drawn, pictures = intervals([(value or 0.0, low or 0.0, high or 0.0) for _name, value, low, high in rows])
    return {
        "alt": _("Change after the plan began"),
        "columns": [
            {"text": ""},
            {"text": "", "axis": axis_of(drawn, _("points of change")), "width": "46%"},
            {"text": _("Change"), "align": "end"},
        ],
        "rows": [_row(one, row, picture) for row, picture in zip(rows, pictures, strict=True)],
    }


def _row(one: Effect, row: tuple[str, float | None, float | None, float | None], picture: Any) -> list[dict[str, Any]]:
    name, value, low, high = row
    if low == high:
        note = ngettext("mean of {n} agent", "mean of {n} agents", one.k).format(n=fmt.number(one.k))
        return [{"text": name, "note": note}, {"picture": {"dot": picture["dot"]}}, {"text": fmt.step(value, "score")}]
    tone = "care" if name == _("This agent") else "plain"
    between = fmt.step_interval(low, high, "score")
    return [{"text": name}, {"picture": picture | {"tone": tone}}, {"text": fmt.step(value, "score"), "note": between}]


def _caption(one: Effect) -> str:
    text = _(
        "{days} days before and after the plan began ({before} and {after} with an opportunity), both sides at this agent's mix of "
        "channels; difference in differences with its 95% interval, in which agents drift apart by themselves too. It is "
        "associated with the plan, which was no experiment."
    )
    told = [
        text.format(
            days=fmt.number(one.days),
            before=nouns.counted("empathy", one.n_before),
            after=nouns.counted("empathy", one.n_after),
        )
    ]
    if one.difference is None:
        text = _("A comparison takes {n} agents without a plan.")
        told.append(text.format(n=fmt.number(FEWEST_AGENTS)))
    return " ".join(told)


def _warning(one: Effect) -> str:
    """Why a gain is no proof, and how much of it was to be expected."""
    told = [
        _(
            "Regression to the mean: agents are mostly coached after a bad spell, and a bad spell is mostly followed by a better one "
            "without any coaching."
        )
    ]
    if one.back is not None:
        text = _(
            "Of this agent's change about {points} were to be expected from that alone; the comparison does not take them out."
        )
        told.append(text.format(points=fmt.step(one.back, "score")))
    return " ".join(told)
