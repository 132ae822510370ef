"""The two forms of a plan: agreeing one, and following it up; saved once, refused with everything typed still there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from care_metrics.coaching.moments import Moment
from care_metrics.coaching.skills import SUBJECTS
from care_metrics.errors import EditConflict
from care_metrics.reviews.engine import Database
from care_metrics.reviews.review_rows import CoachingPlan
from care_metrics.ui import agreed, forms, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.coaching import words
from care_metrics.ui.coaching.agents import Who
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

WORDS = 2_000
CHOICES: dict[Literal["", "reached", "partly", "not_reached"], str] = {
    "": noted("Not judged yet"),
    "reached": noted("Reached"),
    "partly": noted("Partly reached"),
    "not_reached": noted("Not reached"),
}


def agree(view: View, who: Who, moments: Sequence[Moment]) -> None:
    """A new plan, which may build on moments that were quoted above."""
    from care_metrics.reviews.coaching import save_plan

    name = f"new_plan_{who.client}_{who.agent_id}"
    key = forms.key(name)
    about = {one.interaction_id: f"{fmt.neat(one.reason or one.rule)} · {fmt.short_day(one.day)}" for one in moments}
    today = view.as_of.date()
    with st.form(f"{name}_{key}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            subject = st.selectbox(
                _("Pillar or skill"), SUBJECTS, format_func=words.subject, key=f"subject_{key}", width=230
            )
            starts = st.date_input(_("From"), value=today, key=f"starts_{key}", format="YYYY-MM-DD", width=150)
            due = st.date_input(_("Look again on"), value=None, key=f"due_{key}", format="YYYY-MM-DD", width=150)
        goal = st.text_area(
            _("Agreed step"),
            key=f"goal_{key}",
            max_chars=WORDS,
            height=80,
            placeholder=_("One thing to do differently, that a transcript can show"),
        )
        contacts = st.multiselect(
            _("Builds on these contacts"), list(about), format_func=about.__getitem__, key=f"contacts_{key}"
        )
        if st.form_submit_button(_("Save the plan")):
            about_whom = (key, who.client, who.agent_id, subject, goal)
            # The opening of the form names the plan: sent twice, it is one.
            plan = CoachingPlan(*about_whom, starts, due, contacts=tuple(contacts), team=who.team, key=key)
            forms.save(name, lambda found: save_plan(view.scope, found, plan))


def follow_up(view: View, now: CoachingPlan) -> None:
    """What was seen, what came of it, whether it goes on; now: the plan as it stands."""
    name = f"plan_{now.plan_id}"
    key, opened = forms.key(name), forms.opening(name, now, now.version)
    old: CoachingPlan = opened.first
    with st.form(f"{name}_{key}", border=False):
        goal = st.text_area(_("Agreed step"), value=old.goal, key=f"goal_{key}", max_chars=WORDS, height=80)
        note = st.text_area(_("Follow-up note"), value=old.note, key=f"note_{key}", max_chars=WORDS, height=80)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            states = list(agreed.STATES)
            state = st.selectbox(
                _("State"),
                states,
                index=states.index(old.state),
                format_func=lambda code: translated(agreed.STATES[code]),
                key=f"state_{key}",
                width=130,
            )
            outcome = st.selectbox(
                _("Outcome"),
                list(CHOICES),
                index=list(CHOICES).index(old.outcome),
                format_func=lambda code: translated(CHOICES[code]),
                key=f"outcome_{key}",
                width=190,
            )
            due = st.date_input(
                _("Look again on"), value=old.follow_up, key=f"due_{key}", format="YYYY-MM-DD", width=150
            )
        if st.form_submit_button(_("Save the follow-up")):
            words = {"goal": goal, "note": note, "state": state, "outcome": outcome, "follow_up": due}
            plan = replace(old, **words, key=opened.saving, version=opened.version)
            forms.save(name, lambda found: _follow(view, found, plan, opened))


def _follow(view: View, found: Database, plan: CoachingPlan, opened: forms.Opening) -> None:
    from care_metrics.reviews.coaching import save_plan

    try:
        save_plan(view.scope, found, plan)
    except EditConflict as conflict:
        if isinstance(conflict.theirs, CoachingPlan):
            text = _("Saved meanwhile by {who}: {step} {note} Save again to put yours after theirs.")
            theirs = conflict.theirs
            opened.follow(theirs.version)
            notices.note(text.format(who=theirs.author, step=theirs.goal, note=theirs.note), "plan_conflict")
        raise
