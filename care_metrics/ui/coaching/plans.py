"""Coaching plans: what was agreed with an agent, when to look again, what was seen then and what came of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from care_metrics.coaching.moments import Moment
from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.permissions import may
from care_metrics.reviews.review_rows import CoachingPlan
from care_metrics.ui import agreed, database, forms, links, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.coaching import effect, plan_form, words
from care_metrics.ui.coaching.agents import Who
from care_metrics.ui.components import declare
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

_strips = declare("strips")
OUTCOMES = {
    "": noted("not judged"),
    "reached": noted("reached"),
    "partly": noted("partly reached"),
    "not_reached": noted("not reached"),
}


def read(view: View, agent_id: str | None = None) -> list[CoachingPlan]:
    """The plans of one agent or of all; DatabaseUnavailable while it is down."""
    from care_metrics.reviews.coaching import plans

    return plans(view.scope, database.opened(), agent_id, view.client)


def state(plan: CoachingPlan, today: date) -> str:
    """open, done, dropped, or due where it is open on or past the day to look again."""
    due = plan.state == "open" and plan.follow_up is not None and plan.follow_up <= today
    return _("due") if due else translated(agreed.STATES[plan.state])


def due(view: View) -> None:
    """The open plans of all agents whose day to look again has come; nothing where there is none."""
    if not may(view.scope, "coach"):
        return
    today = view.as_of.date()
    try:
        found = [one for one in read(view) if one.state == "open" and one.follow_up and one.follow_up <= today]
    except DatabaseUnavailable:
        # The frame has said that nothing written can be read.
        return
    if not found:
        return
    st.subheader(_("Plans that are due"), divider="gray", anchor=False)
    rows = [_due(view, one) for one in sorted(found, key=lambda one: (one.follow_up or today, one.plan_id))]
    columns = [{"text": _("Agent")}, {"text": _("What was agreed")}, {"text": _("Look again"), "align": "end"}]
    _strips(key="plans_due", data={"alt": _("Plans that are due, one a row"), "columns": columns, "rows": rows})


def _due(view: View, one: CoachingPlan) -> list[dict[str, Any]]:
    link = links.agent(view, one.client, one.agent_id, fmt.named("agent_id", one.agent_id))
    return [
        {"link": link, "note": fmt.named("client", one.client)},
        {"text": one.goal, "note": words.subject(one.skill)},
        {"text": fmt.short_day(one.follow_up) if one.follow_up else fmt.MISSING},
    ]


def show(view: View, who: Who, moments: Sequence[Moment]) -> None:
    """The agent's plans, the open ones first and the newest of them on top; the form for one more."""
    try:
        found = read(view, who.agent_id)
    except DatabaseUnavailable as error:
        text = _("Plans cannot be read now; the numbers above do not depend on them.")
        return notices.say(
            [notices.paragraph(notices.sentence(text), notices.sentence(str(error)), kind="notice")], "plans_unread"
        )
    if not found:
        notices.note(_("No plan is agreed with this agent yet."), "plans_none")
    for one in sorted(found, key=lambda one: (one.state != "open", -one.starts.toordinal())):
        with st.container(border=True):
            _plan(view, one)
    if may(view.scope, "coach"):
        typed = plan_form.new(view, who)
        with st.expander(_("Agree a plan"), icon=":material/add:", expanded=typed.restored or not found):
            plan_form.agree(view, typed, moments)
    return None


def _plan(view: View, one: CoachingPlan) -> None:
    key = f"plan_{one.plan_id}"
    title = _("{subject}: {step}").format(subject=words.subject(one.skill), step=one.goal)
    facts = [state(one, view.as_of.date()), _("since {day}").format(day=fmt.day(one.starts))]
    if one.follow_up:
        facts.append(_("look again on {day}").format(day=fmt.day(one.follow_up)))
    facts.append(_("saved by {who}").format(who=one.author))
    said = [
        notices.paragraph(notices.sentence(title, strong=True)),
        notices.paragraph(notices.sentence(" · ".join(facts)), kind="note"),
    ]
    if one.outcome or one.note:
        outcome = translated(OUTCOMES[one.outcome])
        said.append(notices.paragraph(notices.sentence(fmt.neat(outcome)), notices.sentence(one.note), kind="fact"))
    notices.say(said, key)
    _contacts(one)
    effect.show(view, one)
    _history(view, one)
    if may(view.scope, "coach"):
        typed = plan_form.changed(view, one)
        with st.expander(_("Follow up"), expanded=typed.restored):
            plan_form.follow_up(view, typed, one)


def _contacts(one: CoachingPlan) -> None:
    """The moments it builds on, each a way to its contact."""
    if one.contacts:
        rows = [[{"link": links.contact(one.client, name, name)}] for name in one.contacts]
        columns = [{"text": _("Builds on these contacts")}]
        _strips(key=f"plan_contacts_{one.plan_id}", data={"alt": columns[0]["text"], "columns": columns, "rows": rows})


def _history(view: View, one: CoachingPlan) -> None:
    """Every text of a plan that was changed, also one set aside in a conflict."""
    if not one.version or one.version < 2:
        return
    from care_metrics.reviews.coaching import plan_history

    with st.expander(_("Earlier texts")):
        rows = [
            {
                _("Saved on"): fmt.moment(text.at) if text.at else fmt.MISSING,
                _("Saved by"): text.author,
                _("State"): translated(agreed.STATES[text.state]) if text.version else _("set aside"),
                _("Agreed step"): text.goal,
                _("Outcome"): translated(OUTCOMES[text.outcome]),
                _("Follow-up note"): text.note or fmt.MISSING,
            }
            for text in plan_history(view.scope, database.opened(), one.client, one.plan_id)
        ]
        forms.table(f"history_{one.plan_id}", rows, alt=_("Texts of the plan, one a row"), empty="", selects=False)
