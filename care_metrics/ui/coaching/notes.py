"""The coaching notes that reviewers left on this agent's contacts, the newest first."""

from typing import Any

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.permissions import may
from care_metrics.reviews.review_rows import Review
from care_metrics.ui import database, links, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.coaching.agents import Who
from care_metrics.ui.components import declare
from care_metrics.ui.text import _
from care_metrics.ui.view import View

_strips = declare("strips")
MOST = 10


def show(view: View, who: Who) -> None:
    """Each with its reviewer and a way to its contact."""
    if not may(view.scope, "see reviews"):
        return None
    from care_metrics.reviews.review import reviews

    try:
        rows = reviews(view.scope, database.opened(), who.client)
    except DatabaseUnavailable:
        return notices.note(_("Notes of reviewers cannot be read now."), "notes_unread")
    found = [one for one in rows if one.agent_id == who.agent_id and one.coaching_note]
    if not found:
        return notices.note(_("No review of this agent's contacts has a coaching note."), "notes_none")
    columns = [{"text": _("Reviewed on")}, {"text": _("Coaching note")}]
    newest = [_row(one) for one in reversed(found)][:MOST]
    _strips(key="coaching_notes", data={"alt": _("Coaching notes, one a row"), "columns": columns, "rows": newest})
    return None


def _row(one: Review) -> list[dict[str, Any]]:
    day = fmt.day(one.at) if one.at else one.interaction_id
    return [
        {"link": links.contact(one.client, one.interaction_id, day)},
        {"text": one.coaching_note, "note": one.author},
    ]
