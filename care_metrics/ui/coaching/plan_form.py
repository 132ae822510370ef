"""The two forms of a plan: agreeing one, and following it up; a draft while it is typed, saved once, refused with all still there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import streamlit as st

from care_metrics.coaching.moments import Moment
from care_metrics.coaching.skills import SUBJECTS
from care_metrics.errors import EditConflict
from care_metrics.reviews.engine import Database
from care_metrics.reviews.review_rows import CoachingPlan
from care_metrics.ui import agreed, forms, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.coaching import plan_typed, words
from care_metrics.ui.coaching.agents import Who
from care_metrics.ui.coaching.plan_typed import Typed
from care_metrics.ui.live import fragment
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

CHOICES: dict[Literal["", "reached", "partly", "not_reached"], str] = {
    "": noted("Not judged yet"),
    "reached": noted("Reached"),
    "partly": noted("Partly reached"),
    "not_reached": noted("Not reached"),
}


def new(view: View, who: Who) -> Typed:
    """The form of a plan that is not agreed yet, as its reader left it."""
    today = view.as_of.date().isoformat()
    first = {"skill": SUBJECTS[0], "starts": today, "follow_up": None, "goal": "", "contacts": []}
    name = f"new_plan_{who.client}_{who.agent_id}"
    return plan_typed.opened(view, name, (who.client, who.agent_id, who.team), first)


def changed(view: View, now: CoachingPlan) -> Typed:
    """The form that changes a plan; now: the plan as it stands."""
    first = {name: getattr(now, name) for name in ("goal", "note", "state", "outcome")} | {
        "follow_up": _iso(now.follow_up)
    }
    about = now.client, now.agent_id, now.team
    return plan_typed.opened(view, f"plan_{now.plan_id}", about, first, now.plan_id, now.version or 0)


@fragment
def agree(view: View, typed: Typed, moments: Sequence[Moment]) -> None:
    """A new plan, which may build on moments that were quoted above."""
    from care_metrics.reviews.coaching import save_plan

    plan_typed.say_restored(typed)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _select(typed, "skill", _("Pillar or skill"), {name: words.subject(name) for name in SUBJECTS}, 230)
        starts = _day(typed, "starts", _("From"))
        due = _day(typed, "follow_up", _("Look again on"))
    typed.write("goal", _("Agreed step"), _("One thing to do differently, that a transcript can show"))
    about = {one.interaction_id: f"{fmt.neat(one.reason or one.rule)} · {fmt.short_day(one.day)}" for one in moments}
    typed.body["contacts"] = st.multiselect(
        _("Builds on these contacts"),
        list(about),
        default=[name for name in typed.body["contacts"] if name in about],
        format_func=about.__getitem__,
        key=typed.widget("contacts"),
    )
    if st.button(_("Save the plan"), key=typed.widget("save")):
        client, agent_id, team = typed.about
        skill, goal, contacts = (typed.body[name] for name in ("skill", "goal", "contacts"))
        # The opening of the form names the plan: sent twice, it is one.
        key = typed.saving
        plan = CoachingPlan(
            key,
            client,
            agent_id,
            skill,
            goal,
            starts or view.as_of.date(),
            due,
            contacts=tuple(contacts),
            team=team,
            key=key,
        )
        forms.save(typed.name, lambda found: save_plan(view.scope, found, plan))
    plan_typed.keep(view, typed)


@fragment
def follow_up(view: View, typed: Typed, now: CoachingPlan) -> None:
    """What was seen, what came of it, whether it goes on; now: the plan as it stands."""
    plan_typed.say_restored(typed)
    typed.write("goal", _("Agreed step"))
    typed.write("note", _("Follow-up note"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _select(typed, "state", _("State"), {code: translated(label) for code, label in agreed.STATES.items()}, 130)
        _select(typed, "outcome", _("Outcome"), {code: translated(label) for code, label in CHOICES.items()}, 190)
        due = _day(typed, "follow_up", _("Look again on"))
    if st.button(_("Save the follow-up"), key=typed.widget("save")):
        said = {name: typed.body[name] for name in ("goal", "note", "state", "outcome")}
        plan = replace(now, **said, follow_up=due, key=typed.saving, version=typed.version)
        forms.save(typed.name, lambda found: _follow(view, found, plan, typed))
    plan_typed.keep(view, typed)


def _select(typed: Typed, part: str, label: str, options: dict[Any, str], width: int) -> None:
    codes = list(options)
    held = typed.body[part]
    typed.body[part] = st.selectbox(
        label,
        codes,
        index=codes.index(held) if held in codes else 0,
        format_func=options.__getitem__,
        key=typed.widget(part),
        width=width,
    )


def _day(typed: Typed, part: str, label: str) -> date | None:
    day = st.date_input(label, value=typed.day(part), key=typed.widget(part), format="YYYY-MM-DD", width=150)
    typed.body[part] = _iso(day)
    return day


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _follow(view: View, found: Database, plan: CoachingPlan, typed: Typed) -> None:
    from care_metrics.reviews.coaching import save_plan

    try:
        save_plan(view.scope, found, plan)
    except EditConflict as conflict:
        if isinstance(conflict.theirs, CoachingPlan):
            text = _("Saved meanwhile by {who}: {step} {note} Save again to put yours after theirs.")
            theirs = conflict.theirs
            typed.follow(theirs.version)
            notices.note(text.format(who=theirs.author, step=theirs.goal, note=theirs.note), "plan_conflict")
        raise
