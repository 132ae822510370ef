"""Who is not in a number: what each KPI leaves out in this period, and turns without a score."""

from care_metrics.kpis import CATALOGUE
from care_metrics.ui import cached, notices, plain_table
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Row, ask, visible
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

LEFT_OUT = ("n_missing", "n_invalid", "n_immature")
REASONS = {
    None: noted("Not scored yet"),
    "no text": noted("No text"),
    "no words": noted("No words in it"),
    "language": noted("A language the model was not made for"),
    "model gave no finite score": noted("The model gave no finite score"),
}


def show(view: View) -> None:
    """The KPIs that leave something out, most of all first, and how many answer a survey."""
    rows = ask(view, visible(view, tuple(CATALOGUE))).now
    partial = sorted((row for row in rows.values() if _left(row)), key=lambda row: (-_share(row), row["kpi"]))
    _answers(rows)
    if not partial:
        return notices.note(_("No number of this period leaves anything out."), "coverage_all")
    plain_table.show(
        "coverage",
        _("What each number leaves out"),
        [_("Measure"), _("Counted"), _("Missing"), _("Invalid"), _("Not yet evaluable"), _("Left out")],
        [_cells(row) for row in partial],
        numbers=5,
    )
    text = _(
        "Missing: the data hold no value. Invalid: a value out of its range or unreadable. Neither counts as zero."
    )
    return notices.note(text, "coverage_note")


def _left(row: Row) -> int:
    return sum(row.get(name) or 0 for name in LEFT_OUT)


def _share(row: Row) -> float:
    return _left(row) / (row["n"] + _left(row))


def _cells(row: Row) -> list[str]:
    counts = [fmt.number(row.get(name) or 0) for name in ("n", *LEFT_OUT)]
    return [translated(CATALOGUE[row["kpi"]].label), *counts, fmt.percent(_share(row), 1)]


def _answers(rows: dict[str, Row]) -> None:
    """Those who answer are not those who called: the share says how far a survey speaks for all."""
    row = rows.get("response_end_to_end")
    if row is None or row["value"] is None:
        return
    text = _("{share} of the handled contacts have an answered survey; survey numbers speak of these customers only.")
    notices.say([notices.paragraph(notices.sentence(text.format(share=fmt.percent(row["value"], 1))))], "respondents")


def unscored(view: View) -> None:
    """Customers' turns without a score of the current model, by reason."""
    found = cached.data_facts(view.scope, view.edition).unscored.to_dicts()
    if not found:
        return notices.note(_("Every customer turn is scored by the current model."), "unscored_none")
    return plain_table.show(
        "unscored",
        _("Customers' turns without a score"),
        [_("Why"), _("Turns")],
        [[translated(REASONS.get(row["reason"], row["reason"])), fmt.number(row["n"])] for row in found],
        numbers=1,
    )
