"""How the sentiment of a contact ran, and its transcript with score, evidence and verdict of each turn."""

from typing import Any

import streamlit as st

from care_metrics.charts.arc import ArcTurn, arc
from care_metrics.charts.theme import CONFIG
from care_metrics.schema import PILLARS
from care_metrics.settings import settings
from care_metrics.ui import evidence, evidence_words, notices, review_words
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Row
from care_metrics.ui.clicks import Clicks
from care_metrics.ui.components import declare
from care_metrics.ui.review_state import Form
from care_metrics.ui.text import _, translated

_transcript = declare("transcript", "judging")


def show(turns: list[Row], found: list[Row], chosen: int | None, clicks: Clicks, focus: bool = False) -> None:
    """turns: not empty; found: the evidence; chosen: the number of the turn that is marked; focus: it gets the keyboard."""
    scored = [row for row in turns if row["valence"] is not None]
    if len(scored) > 1:
        _draw_arc(scored, chosen)
    elif scored:
        st.empty()
    else:
        notices.note(_("No turn of this contact is scored yet."), "unscored")
    data = _data(turns, evidence.beside_turns(found, turns), chosen, clicks.form)
    data |= {"heard": clicks.heard, "focus": focus}
    _transcript(
        key=clicks.key,
        data=data,
        on_turn_change=clicks.turned,
        on_judged_change=clicks.judged,
        on_painted_change=_painted,
    )


def _painted() -> None:
    """The run that this begins goes on with the list; see contact_panel."""


def first(turns: list[Row], found: list[Row], behind: str) -> int | None:
    """The turn shown before any is chosen: the one behind the pillar, else the lowest."""
    cited = evidence.turn_for(behind, found, turns) if behind in PILLARS else None
    scored = [row for row in turns if row["valence"] is not None]
    lowest = min(scored, key=lambda row: row["valence"])["turn_no"] if scored else None
    return lowest if cited is None else cited


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
    words = {"title": _("Transcript"), "judging": form is not None, **evidence_words.verdicts()}
    words["should"] = _("should be")
    words["scale"] = [{"value": value, "text": translated(text)} for value, text in review_words.SHOULD.items()]
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
