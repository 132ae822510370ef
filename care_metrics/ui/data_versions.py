"""Which versions made the numbers: the data, the models whose scores count, the rules of evidence."""

from care_metrics.pillars import RULES_REVISION
from care_metrics.ui import cached, plain_table
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

TASKS = {
    "sentiment": noted("Sentiment model"),
    "sentiment_es_pt": noted("Sentiment model for Spanish and Portuguese"),
    "behaviours": noted("Behaviours model"),
}


def show(view: View) -> None:
    """One line each, with the day from which it counts."""
    snapshot = view.edition.snapshot
    published = fmt.moment(snapshot.published_at) if snapshot.published_at else fmt.MISSING
    rows = [[_("Published data"), fmt.number(snapshot.version), published]]
    revisions = cached.load_records(view.scope, view.edition).revisions
    for row in [] if revisions is None else revisions.sort("task").to_dicts():
        if row["current"]:
            rows.append([translated(TASKS.get(row["task"], row["task"])), row["revision"], fmt.moment(row["since"])])
    rows.append([_("Rules of evidence"), str(RULES_REVISION), fmt.MISSING])
    plain_table.show("versions", _("Versions"), [_("What"), _("Version"), _("Since (UTC)")], rows)
