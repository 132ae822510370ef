"""Disputes: opened where a contact's evidence is shown, decided on *Calibration* by somebody else."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import may
from care_metrics.reviews.review_rows import Dispute
from care_metrics.ui import database, evidence_words, forms, links, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Row
from care_metrics.ui.text import _, ngettext, noted, translated
from care_metrics.ui.view import View

STATES = {
    "open": noted("open"),
    "accepted": noted("accepted"),
    "rejected": noted("rejected"),
    "withdrawn": noted("taken back"),
}
WHOLE = -1


def of_contact(view: View, known: Mapping[str, Any], found: Sequence[Row]) -> None:
    """What was contested about this contact, and the form to contest more; nothing for who may do neither."""
    if not may(view.scope, "see disputes"):
        return
    from care_metrics.reviews.disputes import disputes

    client, leg = known["client"], known["interaction_id"]
    try:
        rows = [one for one in disputes(view.scope, database.opened(), client) if one.interaction_id == leg]
    except DatabaseUnavailable:
        return
    for one in rows:
        notices.note(_told(one), f"dispute_{one.id}")
    if may(view.scope, "dispute") and known["agent_id"]:
        with st.expander(_("Contest a score")):
            _contest(view, known, found)


def _contest(view: View, known: Mapping[str, Any], found: Sequence[Row]) -> None:
    name = f"dispute_{known['client']}_{known['interaction_id']}"
    key = forms.key(name)
    places = [place for place, row in enumerate(found) if row["source"] != "human"]
    place = st.selectbox(
        _("What is wrong"),
        [*places, WHOLE],
        format_func=lambda place: _("The sentiment of this contact") if place == WHOLE else _name(found[place]),
        key=f"about_{key}",
    )
    text = st.text_area(_("Why"), key=f"text_{key}", max_chars=2_000, height=80)
    notices.note(_follows(None if place == WHOLE else found[place]), f"contest_why_{key}")
    if st.button(_("Contest it"), key=f"contest_{key}"):
        forms.save(name, lambda opened: _open(view, opened, known, None if place == WHOLE else found[place], text, key))


def _follows(row: Row | None) -> str:
    """What an accepted dispute changes, before somebody takes the trouble."""
    if row is None:
        return _("A QA lead decides. The sentiment stays as the model gave it; the decision stands beside it.")
    if not row["derived"]:
        return _("A QA lead decides. It came with the data and stays in the score; the decision stands beside it.")
    if row["earned"] > 0:
        return _("A QA lead decides. If it is accepted, this credit is withdrawn when scores are next rolled up.")
    text = _(
        "A QA lead decides. If it is accepted, these points are taken out of the score when scores are next rolled up: "
        "neither lost nor earned, for credit needs a turn that the model read as such."
    )
    return text


def _open(view: View, opened: Database, known: Mapping[str, Any], row: Row | None, text: str, key: str) -> None:
    from care_metrics.reviews.disputes import open_dispute

    named: dict[str, Any] = {"about": "score"}
    if row is not None:
        named = {name: row[name] for name in ("behaviour", "source", "turn_no", "event_id")} | {"pillar": row["about"]}
    dispute = Dispute(
        known["client"], known["interaction_id"], known["agent_id"], text, team=known["team"], key=key, **named
    )
    open_dispute(view.scope, opened, dispute)


def _name(row: Row) -> str:
    text = _("{pillar}: {behaviour}, {points}")
    points = evidence_words.points(row["earned"], row["possible"])
    behaviour = evidence_words.behaviour(row)
    return text.format(pillar=evidence_words.about(row), behaviour=behaviour, points=points)


def subject(one: Dispute) -> str:
    """What a dispute is about, in words."""
    if one.about == "score":
        return _("The sentiment of this contact")
    pillar, behaviour = (
        evidence_words.about({"about": one.pillar}),
        evidence_words.behaviour({"behaviour": one.behaviour}),
    )
    return _("{pillar}: {behaviour}").format(pillar=pillar, behaviour=behaviour)


def _told(one: Dispute) -> str:
    text = _("Contested by {who}, {state}. {subject}: {text}")
    said = text.format(who=one.opened_by, state=translated(STATES[one.state]), subject=subject(one), text=one.text)
    return f"{said} {_('Decision: {text}').format(text=one.decision)}" if one.decision else said


def show(view: View, rows: Sequence[Dispute]) -> None:
    """All disputes of the view, the open ones first; the chosen one can be decided."""
    decided = [one for one in rows if one.state in ("accepted", "rejected")]
    if decided:
        n = sum(one.state == "accepted" for one in decided)
        text = ngettext(
            "{k} of {n} decided dispute overturned a score.",
            "{k} of {n} decided disputes overturned a score.",
            len(decided),
        )
        notices.say(
            [notices.paragraph(notices.sentence(text.format(k=fmt.number(n), n=fmt.number(len(decided)))))],
            "overturned",
        )
    ordered = sorted(rows, key=lambda one: (one.state != "open", -(one.id or 0)))
    chosen = forms.table(
        "disputes",
        [_cells(one) for one in ordered],
        alt=_("Disputes, one a row"),
        empty=_("Nothing is contested. Agents and team leads contest a score where a contact's evidence is shown."),
        selects=True,
    )
    if chosen is not None:
        _chosen(view, ordered[chosen])


def _cells(one: Dispute) -> dict[str, str]:
    return {
        _("State"): translated(STATES[one.state]),
        _("What"): subject(one),
        _("Agent"): one.agent_id,
        _("Reason"): one.text,
        _("Contested by"): one.opened_by,
        _("Since"): fmt.day(one.at) if one.at else fmt.MISSING,
        _("Decision"): one.decision or fmt.MISSING,
    }


def _chosen(view: View, one: Dispute) -> None:
    notices.note(_told(one), "chosen_dispute")
    st.page_link(
        "pages/qa/contacts.py",
        label=_("Open the contact"),
        icon=":material/open_in_new:",
        query_params={links.KPI: "sentiment", links.CONTACT: f"{one.client}/{one.interaction_id}"},
    )
    own = one.opened_by == view.scope.reader and view.scope.role != "operator"
    if one.state != "open" or own or not may(view.scope, "decide disputes"):
        return
    key = forms.key("decide")
    words = st.text_input(_("Reason for the decision"), key=f"decision_{key}", max_chars=2_000)
    with st.container(horizontal=True):
        for outcome, label in (("accepted", _("Accept: the score was wrong")), ("rejected", _("Reject: it stands"))):
            if st.button(label, key=f"{outcome}_{key}", disabled=not words.strip()):
                forms.save("decide", lambda opened, outcome=outcome: _decide(view, opened, one, outcome, words))


def _decide(view: View, opened: Database, one: Dispute, outcome: str, words: str) -> None:
    from care_metrics.reviews.disputes import decide

    if one.id is not None:
        decide(view.scope, opened, one.id, outcome, words)
