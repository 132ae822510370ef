"""Actions agreed with a client: read as they stand or stood, typed and changed by those who may."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal
from uuid import uuid4

import streamlit as st

from care_metrics.errors import DatabaseUnavailable, EditConflict
from care_metrics.reviews.engine import Database
from care_metrics.reviews.rows import Action
from care_metrics.ui import database, forms, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

STATES: dict[Literal["open", "done", "dropped"], str] = {
    "open": noted("open"),
    "done": noted("done"),
    "dropped": noted("dropped"),
}


def read(view: View, client: str | None, at: datetime | None = None) -> list[Action]:
    """The actions at an instant (default: now); none where the database is down, which the frame has said."""
    from care_metrics.reviews.actions import agreed

    if view.written.wrong:
        return []
    try:
        return agreed(view.scope, database.opened(), client, at)
    except DatabaseUnavailable:
        return []


def state(action: Action, today: date) -> str:
    """open, done, dropped, or late where it is open past its day."""
    late = action.state == "open" and action.due is not None and action.due < today
    return _("late") if late else translated(STATES[action.state])


def form(view: View, client: str, name: str, old: Action | None) -> None:
    """One action to write or change; old: as it stands, None for a new one."""
    key, opened = forms.key(name), forms.opening(name, old, old.version if old else 0)
    old = opened.first
    with st.form(f"{name}_{key}", border=False):
        text = st.text_area(
            _("What was agreed"), value=old.text if old else "", key=f"text_{key}", max_chars=2_000, height=90
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            owner = st.text_input(
                _("Who does it"), value=old.owner if old else "", key=f"owner_{key}", max_chars=200, width=220
            )
            due = st.date_input(
                _("Until"), value=old.due if old else None, key=f"due_{key}", format="YYYY-MM-DD", width=150
            )
            chosen = st.selectbox(
                _("State"),
                list(STATES),
                index=list(STATES).index(old.state) if old else 0,
                format_func=lambda code: translated(STATES[code]),
                key=f"state_{key}",
                width=130,
            )
        if st.form_submit_button(_("Save the action")):
            action = Action(
                old.action_id if old else uuid4().hex, client, text, owner, due, chosen, opened.version, opened.saving
            )
            forms.save(name, lambda found: _save(view, found, action, opened))


def _save(view: View, found: Database, action: Action, opened: forms.Opening) -> None:
    from care_metrics.reviews.actions import agree

    try:
        agree(view.scope, found, action)
    except EditConflict as conflict:
        _both(conflict, opened)
        raise


def _both(conflict: EditConflict, opened: forms.Opening) -> None:
    """The text that was saved meanwhile, beside the one in the form."""
    if isinstance(conflict.theirs, Action):
        opened.follow(conflict.theirs.version)
        text = _("Saved meanwhile by {who}: {text} Save again to put yours after theirs.")
        notices.note(text.format(who=conflict.theirs.typed_by, text=conflict.theirs.text), "conflict")


def rows(actions: Sequence[Action], today: date) -> list[dict[str, str]]:
    """The list as a table."""
    return [
        {
            _("State"): state(one, today),
            _("What was agreed"): one.text,
            _("Who does it"): one.owner,
            _("Until"): fmt.day(one.due) if one.due else fmt.MISSING,
            _("Client"): fmt.named("client", one.client),
        }
        for one in actions
    ]
