"""Who is not in the pillar scores: transcripts that could not be scored, counted by reason."""

from typing import Any

from care_metrics.pillars import REASONS
from care_metrics.ui import cached, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.components import declare
from care_metrics.ui.text import _, ngettext, translated
from care_metrics.ui.view import View

_table = declare("places")
MEANINGS = dict(REASONS)


def show(view: View) -> None:
    """The reasons with their counts and shares, the commonest first."""
    found = cached.unscored(view.scope, view.edition, view.now).to_dicts()
    total = sum(row["n"] for row in found)
    unscored = [row for row in found if row["reason"] is not None]
    if not total:
        return notices.note(_("No contact of this period has a transcript."), "coverage_none")
    if not unscored:
        text = ngettext("None among {n} transcript.", "None among {n} transcripts.", total)
        return notices.note(text.format(n=fmt.number(total)), "coverage_none")
    data: dict[str, Any] = {
        "caption": _("Transcripts without a score"),
        "columns": [
            {"text": _("Why")},
            {"text": _("Transcripts"), "align": "end"},
            {"text": _("Share of all"), "align": "end"},
        ],
        "rows": [
            [
                {"text": fmt.neat(translated(MEANINGS.get(row["reason"], row["reason"])))},
                {"text": fmt.number(row["n"])},
                {"text": fmt.percent(row["n"] / total, 1)},
            ]
            for row in unscored
        ],
    }
    _table(key="coverage", data=data)
    text = _("Of {n} transcripts. They count as no opportunity, neither as 0 nor as 100.")
    return notices.note(text.format(n=fmt.number(total)), "coverage_note")
