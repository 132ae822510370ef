"""What customers said, quoted: redacted text, chosen by a rule that stands beside it, each a way to its contact."""

from typing import Any

from care_metrics.ui import format as fmt
from care_metrics.ui import links, notices, recorded
from care_metrics.ui.components import declare
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View
from care_metrics.voices import FEWEST_WORDS, MOST_WORDS, Voice

_quotes = declare("quotes")
RULES = {
    "lowest": noted("The lowest sentence of a contact that ended badly: sentiment {value}"),
    "recovered": noted("The greatest recovery within a contact: {value}"),
    "detractor": noted("Written with the lowest answer: {value} of 10"),
    "promoter": noted("Written with the highest answer: {value} of 10"),
}


def show(view: View) -> None:
    """The quotes, or why there are none."""
    found = recorded.voices(view)
    if found is None:
        text = _("Customers are quoted only while it can be recorded who read them, and it cannot be now.")
        return notices.note(text, "voices_unrecorded")
    if not found:
        return notices.note(_("No sentence of this period is long enough to quote."), "voices_none")
    _quotes(key="voices", data={"quotes": [_quote(one) for one in found]})
    text = _(
        "Chosen by these rules among sentences of {fewest} to {most} words, not by hand; personal data are masked."
    )
    return notices.note(text.format(fewest=fmt.number(FEWEST_WORDS), most=fmt.number(MOST_WORDS)), "voices_note")


def _quote(one: Voice) -> dict[str, Any]:
    value = {
        "lowest": fmt.bare(one.value, "valence"),
        "recovered": fmt.step(one.value, "valence"),
    }.get(one.rule, fmt.number(one.value))
    about = [fmt.neat(one.reason)] if one.reason else []
    return {
        "text": one.text.strip(),
        "why": translated(RULES[one.rule]).format(value=value),
        "tone": "bad" if one.rule in ("lowest", "detractor") else "good",
        "link": links.contact(one.client, one.interaction_id, " · ".join([*about, fmt.day(one.day)])),
    }
