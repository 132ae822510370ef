"""One contact, opened: what it was, its turns and evidence, its review; and after a save, the next one."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from care_metrics.reviews.permissions import may
from care_metrics.ui import (
    ahead,
    assigned,
    cached,
    contact_turns,
    disputes,
    evidence,
    links,
    notices,
    recorded,
    recording,
    review_form,
    review_save,
    review_state,
)
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Row
from care_metrics.ui.clicks import Clicks
from care_metrics.ui.links import CONTACT
from care_metrics.ui.live import fragment
from care_metrics.ui.review_state import Form
from care_metrics.ui.text import _, ngettext
from care_metrics.ui.view import View

FACTS = ("client", "site", "team", "agent_id", "channel")

MOVED, WHOLE = "_moved_on", "_whole_page"


def show(view: View, name: str, behind: str = "sentiment", names: Sequence[str] | None = None) -> None:
    """name: client/interaction_id, out of the URL; one that does not exist or is not theirs is simply not found.

    behind: the KPI whose list it was opened from; one of a pillar opens at the turn that shows it. names: where contacts
    may be reviewed, those of the list in its order: after a save the next one opens.
    """
    st.session_state[WHOLE] = True
    _panel(view, name, behind.partition("_")[0], names)


@fragment
def _panel(view: View, name: str, behind: str, names: Sequence[str] | None) -> None:
    """A fragment: stepping through turns, reviewing and going on to the next contact redraw this, and nothing else.

    Who saved a review sees the next contact first, in a run of its own that ends, so that nothing of the one before stays;
    the list beside it follows once the browser says that the next one stands there, or with whatever is done first.
    """
    whole = st.session_state.pop(WHOLE, False)
    if names is not None:
        name = st.query_params.get(CONTACT, name)
        if review_save.saved(view, name):
            name = st.query_params[CONTACT] = below(names, name)
            st.session_state[MOVED] = True
        elif st.session_state.pop(MOVED, False) and not whole:
            st.rerun()
    drawn = _contact(view, name, behind, reviewing=names is not None)
    if MOVED in st.session_state and (whole or not drawn):
        del st.session_state[MOVED]
        st.rerun()


def _contact(view: View, name: str, behind: str, reviewing: bool) -> bool:
    """Draw it; whether there is a transcript."""
    client, _slash, leg = name.partition("/")
    known = cached.one_contact(view.scope, view.edition, client, leg)
    if known is None:
        recorded.missed(view, name)
        text = _("This contact was not found. It may have been erased, or the link is mistyped.")
        notices.say([notices.paragraph(notices.sentence(text), kind="notice")], "not_found")
        return False
    _heading(known, _coaching(view, known))
    with st.container():
        recording.show(view, known)
    told = recorded.transcript(view, client, leg)
    if told is None:
        return False
    turns = told.to_dicts()
    found = evidence.rows_of(cached.evidence(view.scope, view.edition, client, leg))
    form = review_state.form_of(view, name, found) if reviewing else None
    _opened(view, known, turns, found, name, behind, form)
    return bool(turns)


def below(names: Sequence[str], opened: str) -> str:
    """The row below the open one; the last one's is itself."""
    place = names.index(opened) + 1 if opened in names else 0
    return names[min(place, len(names) - 1)]


def prepare(view: View, name: str) -> None:
    """Ask for a contact before it is opened: who has saved one review should not wait for the next one, nor now for it."""
    ahead.ask(_prepare, view, name)


def _prepare(view: View, name: str) -> None:
    client, _slash, leg = name.partition("/")
    if cached.one_contact(view.scope, view.edition, client, leg) is not None:
        recorded.prepare(view, client, leg)
        cached.evidence(view.scope, view.edition, client, leg)
        if may(view.scope, "see coaching"):
            cached.roster(view.scope, view.edition, client)


def _heading(known: dict[str, Any], ways: list[notices.Sentence]) -> None:
    """What the contact was, as far as it is known; ways: where one goes from it."""
    title = _("{reason}, {when}").format(
        reason=fmt.neat(known["reason"]) if known["reason"] else _("Reason not known"),
        when=fmt.moment(known["started_local"]),
    )
    facts = [fmt.named(name, known[name]) for name in FACTS if known[name]]
    if known.get("duration_s"):
        facts.append(_("{time} long").format(time=fmt.clock(known["duration_s"])))
    if known.get("transfers"):
        facts.append(ngettext("{n} transfer", "{n} transfers", known["transfers"]).format(n=known["transfers"]))
    if known.get("escalated"):
        facts.append(_("escalated"))
    notices.say(
        [
            notices.paragraph(notices.sentence(title), kind="finding"),
            notices.paragraph(
                notices.sentence(" · ".join([*facts, ""] if ways else facts).strip()), *ways, kind="note"
            ),
        ],
        "contact",
    )


def _coaching(view: View, known: dict[str, Any]) -> list[notices.Sentence]:
    """The way to the agent's page, for who may open it."""
    if not known["agent_id"] or not may(view.scope, "see coaching"):
        return []
    text = _("Coaching of {agent}").format(agent=fmt.named("agent_id", known["agent_id"]))
    return [notices.way(links.agent(view, known["client"], known["agent_id"], text))]


def _opened(
    view: View, known: Row, turns: list[Row], found: list[Row], name: str, behind: str, form: Form | None
) -> None:
    """Each part in a place of its own: what the contact before had there goes when this one's part comes."""
    at = f"turn_{behind}_{name}"
    said, shown = (Clicks(f"{kind}_{name}", at, form) for kind in ("transcript", "evidence"))
    with st.container():
        if turns:
            chosen = st.session_state.get(at, contact_turns.first(turns, found, behind))
            contact_turns.show(turns, found, chosen, said, focus=MOVED in st.session_state)
        else:
            notices.note(_("This contact has no transcript."), "no_transcript")
    evidence.show(found, turns, shown)
    if form:
        review_form.show(view, form, turns, found)
        with st.container():
            assigned.show(view, known)
    disputes.of_contact(view, known, found)
