"""What was agreed with a client the last time, and what is agreed now: typed by people, never by the product."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from care_metrics.reviews.permissions import may
from care_metrics.reviews.rows import Action
from care_metrics.ui import agreed, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.components import declare
from care_metrics.ui.text import _
from care_metrics.ui.view import View

_table = declare("strips")


def show(view: View, client: str) -> None:
    """Two columns: actions from before the end of the period as they stand today, and those agreed since."""
    end = datetime.combine(view.now.end or view.data.end, time(), ZoneInfo("UTC"))
    known = {one.action_id for one in agreed.read(view, client, end)}
    now = agreed.read(view, client)
    last, fresh = st.columns(2, gap="large")
    with last:
        st.subheader(_("What we agreed last time"), divider="gray", anchor=False)
        _list(view, [one for one in now if one.action_id in known], "last", _("Nothing was agreed before."))
    with fresh:
        st.subheader(_("What we agree now"), divider="gray", anchor=False)
        _list(view, [one for one in now if one.action_id not in known], "fresh", _("Nothing is agreed yet."))
        if may(view.scope, "agree actions") and not view.written.wrong:
            with st.popover(_("Agree an action"), icon=":material/add:"):
                agreed.form(view, client, "review_action", None)


def _list(view: View, actions: list[Action], key: str, empty: str) -> None:
    if not actions:
        return notices.note(empty, f"actions_{key}_none")
    data = {
        "alt": _("Agreed actions, one a row"),
        "columns": [{"text": _("State")}, {"text": _("What was agreed")}, {"text": _("Until"), "align": "end"}],
        "rows": [_row(view, one) for one in actions],
    }
    _table(key=f"actions_{key}", data=data)
    return None


def _row(view: View, one: Action) -> list[dict[str, Any]]:
    said = agreed.state(one, view.as_of.date())
    tone = {"done": "good", "dropped": "plain"}.get(one.state, "bad" if said == _("late") else "plain")
    return [
        {"text": said, "tone": tone},
        {"text": one.text, "note": one.owner},
        {"text": fmt.short_day(one.due) if one.due else fmt.MISSING},
    ]
