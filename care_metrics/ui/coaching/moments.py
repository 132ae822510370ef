"""Best and worst moments, quoted: redacted text, chosen by a rule that stands beside it, each a way to its contact."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from care_metrics.coaching.moments import RULES, Moment
from care_metrics.ui import evidence_words, links, notices, recorded
from care_metrics.ui import format as fmt
from care_metrics.ui.coaching.agents import Who
from care_metrics.ui.components import declare
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View
from care_metrics.voices import FEWEST_WORDS, MOST_WORDS

_quotes = declare("quotes")
WHY = {
    "shown": noted("The agent: {behaviour}, all points earned"),
    "recovered": noted("The customer, after the greatest recovery within a contact: {value}"),
    "harmed": noted("The agent: {behaviour}, points lost"),
    "missed": noted("The customer, before a feeling was passed over: sentiment {value}"),
    "lowest": noted("The customer, in a contact that ended badly: sentiment {value}"),
}


def show(view: View, who: Who) -> list[Moment]:
    """Both sides beside each other; what was quoted."""
    found = recorded.moments(view, who.client, who.agent_id)
    if found is None:
        text = _("Transcripts are quoted only while it can be recorded who read them, and it cannot be now.")
        notices.note(text, "moments_unrecorded")
        return []
    if not found:
        notices.note(_("No sentence of this period is long enough to quote."), "moments_none")
        return []
    for column, side, title in zip(st.columns(2, gap="large"), ("best", "worst"), (_("Best"), _("Worst")), strict=True):
        with column:
            _side([one for one in found if RULES[one.rule].side == side], side, title)
    text = _(
        "Chosen by these rules among sentences of {fewest} to {most} words, not by hand, each from another contact; personal data "
        "are masked. Agents contest a score where its contact is open."
    )
    notices.note(text.format(fewest=fmt.number(FEWEST_WORDS), most=fmt.number(MOST_WORDS)), "moments_note")
    return found


def _side(found: Sequence[Moment], side: str, title: str) -> None:
    notices.say([notices.paragraph(notices.sentence(title, strong=True))], f"moments_{side}_title")
    if not found:
        return notices.note(_("None by these rules."), f"moments_{side}_none")
    tone = {"best": "good", "worst": "bad"}[side]
    _quotes(key=f"moments_{side}", data={"quotes": [_quote(one) | {"tone": tone} for one in found]})
    return None


def _quote(one: Moment) -> dict[str, Any]:
    value = fmt.step(one.value, "valence") if one.rule == "recovered" else fmt.bare(one.value, "valence")
    behaviour = evidence_words.behaviour({"behaviour": one.behaviour}) if one.behaviour else ""
    about = [fmt.neat(one.reason)] if one.reason else []
    return {
        "text": one.text.strip(),
        "why": translated(WHY[one.rule]).format(value=value, behaviour=behaviour),
        "link": links.contact(one.client, one.interaction_id, " · ".join([*about, fmt.day(one.day)])),
    }
