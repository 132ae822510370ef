"""All agreed actions in one list, to be added to and changed."""

import streamlit as st

from care_metrics.ui import agreed, forms
from care_metrics.ui.text import _
from care_metrics.ui.view import View

NAME = "actions"


def show(view: View) -> None:
    """The list; a chosen row opens in the form below it."""
    shown = agreed.read(view, view.client)
    may = forms.may_write(view, "agree actions", "actions_read_only")
    chosen = forms.table(
        NAME,
        agreed.rows(shown, view.as_of.date()),
        alt=_("Agreed actions, one a row"),
        empty=_("No action is agreed yet."),
        selects=may,
    )
    if not may:
        return
    if chosen is None:
        st.subheader(_("Agree an action"), divider="gray", anchor=False)
        agreed.form(view, forms.client_of(view, NAME), "new_action", None)
    else:
        st.subheader(_("Change the chosen action"), divider="gray", anchor=False)
        old = shown[chosen]
        agreed.form(view, old.client, f"action_{old.action_id}", old)
