"""Who is to review which contact: queued as *Assigned to me*, given where the contact is open, a second opinion too."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import may
from care_metrics.reviews.review_rows import Assignment
from care_metrics.ui import database, forms, notices
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

OPINIONS = {1: noted("First opinion"), 2: noted("Second opinion")}
STATES = {"open": noted("open"), "done": noted("done")}
# Why a contact was chosen, as it is kept: by somebody, not by a plan.
BY_HAND = "by_hand"


def open_to_me(view: View) -> tuple[tuple[str, str], ...]:
    """The contacts that this reader is still to review; DatabaseUnavailable while it is down."""
    from care_metrics.reviews.assignments import assignments

    rows = assignments(view.scope, database.opened(), view.scope.reader, state="open")
    return tuple(sorted({(one.client, one.interaction_id) for one in rows}))


def opinion(view: View, client: str, leg: str) -> int:
    """Which opinion this reader gives on a contact: the second where they were asked for it, else the first."""
    own = [one.opinion for one in _of_contact(view, client, leg) if one.reviewer == view.scope.reader]
    return max(own, default=1)


def show(view: View, known: Mapping[str, Any]) -> None:
    """Who has this contact, and for those who may assign, the form that gives it to somebody."""
    client, leg = known["client"], known["interaction_id"]
    rows = _of_contact(view, client, leg)
    for one in rows:
        text = _("{opinion}: with {who}, {state}.")
        state = translated(STATES[one.state])
        said = text.format(opinion=translated(OPINIONS[one.opinion]), who=one.reviewer, state=state)
        notices.note(said, f"assigned_{one.id}")
    if may(view.scope, "assign reviews") and not view.written.wrong:
        with st.expander(_("Assign a review")):
            _form(view, known, rows)


def _of_contact(view: View, client: str, leg: str) -> list[Assignment]:
    """None for who may not see them, or while the database is down, which the frame has said."""
    if not may(view.scope, "see assignments"):
        return []
    from care_metrics.reviews.assignments import of_contact

    try:
        return [one for one in of_contact(view.scope, database.opened(), client, leg) if one.opinion in OPINIONS]
    except DatabaseUnavailable:
        return []


def _form(view: View, known: Mapping[str, Any], rows: Sequence[Assignment]) -> None:
    from care_metrics.reviews.rights import reviewers

    client, leg = known["client"], known["interaction_id"]
    name = f"assign_{client}_{leg}"
    key = forms.key(name)
    known_names = reviewers(view.scope, database.opened(), client)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = st.selectbox(
            _("Opinion"),
            list(OPINIONS),
            format_func=lambda code: translated(OPINIONS[code]),
            key=f"which_{key}",
            width=190,
        )
        if known_names:
            who = st.selectbox(_("Reviewer"), known_names, key=f"who_{key}", width=260)
        else:
            # Nobody signs in here, so nobody is known by name.
            who = st.text_input(_("Reviewer"), key=f"who_{key}", max_chars=320, width=260)
        standing = next((one for one in rows if one.opinion == which), None)
        if st.button(_("Assign it"), key=f"assign_{key}", disabled=not who.strip()):
            one = Assignment(client, leg, who.strip(), BY_HAND, which, agent_id=known["agent_id"], team=known["team"])
            forms.save(name, lambda opened: _give(view, opened, one, standing))


def _give(view: View, opened: Database, one: Assignment, standing: Assignment | None) -> None:
    from care_metrics.reviews.assignments import assign, reassign

    if standing is None:
        assign(view.scope, opened, [one])
    else:
        reassign(view.scope, opened, standing, one.reviewer)
