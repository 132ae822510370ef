"""One contact, opened: what it was, how its sentiment ran, the transcript with score and evidence of each turn."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from care_metrics.charts.arc import ArcTurn, arc
from care_metrics.charts.theme import CONFIG
from care_metrics.reviews.permissions import may
from care_metrics.schema import PILLARS
from care_metrics.settings import settings
from care_metrics.ui import (
    assigned,
    cached,
    disputes,
    evidence,
    links,
    notices,
    recorded,
    recording,
    review_form,
    review_state,
)
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Row
from care_metrics.ui.components import declare
from care_metrics.ui.live import fragment
from care_metrics.ui.review_state import Form
from care_metrics.ui.text import _, ngettext, translated
from care_metrics.ui.view import View

FACTS = ("client", "site", "team", "agent_id", "channel")

_transcript = declare("transcript")


def show(view: View, name: str, behind: str = "sentiment", after: Callable[[], None] | None = None) -> None:
    """name: client/interaction_id, out of the URL; one that does not exist or is not theirs is simply not found.

    behind: the KPI whose list it was opened from; one of a pillar opens at the turn that shows it. after: where it may be
    reviewed, what follows a save.
    """
    client, _slash, leg = name.partition("/")
    known = cached.one_contact(view.scope, view.edition, client, leg)
    if known is None:
        recorded.missed(view, name)
        text = _("This contact was not found. It may have been erased, or the link is mistyped.")
        return notices.say([notices.paragraph(notices.sentence(text), kind="notice")], "not_found")
    _heading(known, _coaching(view, known))
    recording.show(view, known)
    told = recorded.transcript(view, client, leg)
    if told is None:
        return None
    turns = told.to_dicts()
    found = evidence.rows_of(cached.evidence(view.scope, view.edition, client, leg))
    if not turns:
        notices.note(_("This contact has no transcript."), "no_transcript")
    return _opened(view, known, turns, found, name, behind.partition("_")[0], after)


def prepare(view: View, name: str) -> None:
    """Ask for a contact before it is opened: who has saved one review should not wait for the next one."""
    client, _slash, leg = name.partition("/")
    if cached.one_contact(view.scope, view.edition, client, leg) is not None:
        recorded.prepare(view, client, leg)
        cached.evidence(view.scope, view.edition, client, leg)


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


@fragment
def _opened(
    view: View,
    known: Row,
    turns: list[Row],
    found: list[Row],
    name: str,
    behind: str,
    after: Callable[[], None] | None,
) -> None:
    """A fragment: stepping through the turns and reviewing redraw this contact, and nothing else."""
    form = review_state.form_of(view, name, found) if after else None
    key = f"turn_{behind}_{name}"
    chosen = st.session_state.get(key, _first(turns, found, behind))
    asked, judged = [], []
    if turns:
        clicked = _arc_and_transcript(turns, found, name, chosen, form)
        asked.append(clicked.turn)
        judged.append(clicked.judged)
    # The form stands under the transcript, and is drawn last: it holds what the clicks of this run said.
    review = st.container() if form else None
    turn, verdict = evidence.show(found, turns, f"evidence_{name}", heard, form.evidence if form else None)
    wanted = next((one for one in (*asked, turn) if one is not None), None)
    changed = _judge(form, [*judged, verdict]) if form else False
    if wanted is not None and wanted != chosen:
        st.session_state[key] = wanted
        changed = True
    if changed:
        st.rerun(scope="fragment")
    if form and after and review:
        with review:
            review_form.show(view, form, known, turns, found, after)
    if form:
        assigned.show(view, known)
    disputes.of_contact(view, known, found)


def _judge(form: Form, given: Sequence[Row | None]) -> bool:
    """Take over the verdicts of this run's clicks; whether there was one."""
    for one in given:
        if one is None:
            continue
        if "row" in one:
            form.judge(str(one["row"]), one["verdict"], evidence=True)
        else:
            form.judge(str(one["turn"]), one["verdict"], valence=one.get("valence"))
    return any(one is not None for one in given)


def _arc_and_transcript(turns: list[Row], found: list[Row], name: str, chosen: int | None, form: Form | None) -> Any:
    scored = [row for row in turns if row["valence"] is not None]
    if len(scored) > 1:
        _draw_arc(scored, chosen)
    elif not scored:
        notices.note(_("No turn of this contact is scored yet."), "unscored")
    data = _data(turns, evidence.beside_turns(found, turns), chosen, form)
    return _transcript(key=f"transcript_{name}", data=data, on_turn_change=heard, on_judged_change=heard)


def _first(turns: list[Row], found: list[Row], behind: str) -> int | None:
    """The turn shown before any is chosen: the one behind the pillar, else the lowest."""
    cited = evidence.turn_for(behind, found, turns) if behind in PILLARS else None
    scored = [row for row in turns if row["valence"] is not None]
    lowest = min(scored, key=lambda row: row["valence"])["turn_no"] if scored else None
    return lowest if cited is None else cited


def heard() -> None:
    """A click needs no work before the run."""


def _draw_arc(scored: list[dict[str, Any]], chosen: int | None) -> None:
    turns = [ArcTurn(row["turn_no"], row["valence"], _hover(row)) for row in scored]
    worst = min(scored, key=lambda row: row["valence"])
    drawn = arc(
        turns,
        low=settings().low_sentiment,
        chosen=chosen,
        lowest=_("turn {turn}: {score}").format(turn=worst["turn_no"], score=fmt.bare(worst["valence"], "valence")),
        turn=_("turn"),
    )
    alt = _("Sentiment of {n} customer turns, lowest {score} at turn {turn}").format(
        n=len(scored), score=fmt.bare(worst["valence"], "valence"), turn=worst["turn_no"]
    )
    st.plotly_chart(drawn, key="arc", config=CONFIG, alt=alt)


def _hover(row: dict[str, Any]) -> str:
    return _("Turn {turn}: {score}").format(turn=row["turn_no"], score=fmt.bare(row["valence"], "valence"))


def _data(
    turns: list[Row], beside: dict[int, list[dict[str, str]]], chosen: int | None, form: Form | None
) -> dict[str, Any]:
    words = {"title": _("Transcript"), "right": _("right"), "wrong": _("wrong"), "judging": form is not None}
    words["should"] = _("should be")
    words["scale"] = [{"value": value, "text": translated(text)} for value, text in review_form.SHOULD.items()]
    given, corrected = (form.turns, form.corrected) if form else ({}, {})
    return {
        "turns": [
            _turn(row, chosen, beside.get(row["turn_no"], []))
            | {
                "judged": evidence.verdict(given.get(str(row["turn_no"]))),
                "corrected": corrected.get(str(row["turn_no"])),
            }
            for row in turns
        ],
        "words": words,
    }


def _turn(row: Row, chosen: int | None, items: list[dict[str, str]]) -> dict[str, Any]:
    speakers = {"customer": _("Customer"), "agent": _("Agent"), "bot": _("Assistant"), "system": _("System")}
    valence, low = row["valence"], settings().low_sentiment
    scored = valence is not None
    return {
        "no": row["turn_no"],
        "speaker": row["speaker"],
        "who": speakers[row["speaker"]],
        "time": fmt.clock(row["begin_s"]) if row["begin_s"] is not None else "",
        "text": row["text"] or "",
        "score": fmt.bare(valence, "valence") if scored else "",
        "scoreLabel": _("sentiment {score}").format(score=fmt.bare(valence, "valence")) if scored else "",
        "tone": "" if not scored else "low" if valence <= low else "high" if valence >= -low else "",
        "chosen": row["turn_no"] == chosen,
        "marks": [],
        "items": items,
    }
