"""Two versions of the same scores side by side: a revision that waits, and what the source supplied, beside ours."""

import json
from typing import Any

from care_metrics.access import SENTIMENT_TASKS
from care_metrics.kpis import CATALOGUE
from care_metrics.model_versions import Agreement, Contacts
from care_metrics.schema import PILLARS
from care_metrics.ui import cached, notices, plain_table
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

Revisions = list[dict[str, Any]]
CUT = 0.5  # of a revision that came without cuts of its own


def waiting(view: View) -> None:
    """Each revision that does not count, beside the one that does."""
    found = cached.load_records(view.scope, view.edition).revisions
    rows: Revisions = [] if found is None else found.sort("since", descending=True).to_dicts()
    current = {row["task"]: row for row in rows if row["current"]}
    others = [row for row in rows if not row["current"] and row["task"] in current]
    if not others:
        return notices.note(_("No other version of a model has scored here."), "no_other_version")
    for row in others:
        (_behaviours if row["task"] == "behaviours" else _sentiment)(view, current[row["task"]], row)
    return None


def supplied(view: View) -> None:
    """What came with the data beside our scores of the same turns."""
    found = cached.load_records(view.scope, view.edition).revisions
    rows: Revisions = [] if found is None else found.to_dicts()
    ours = tuple(sorted(row["revision"] for row in rows if row["current"] and row["task"] in SENTIMENT_TASKS))
    alike, contacts = cached.two_sentiments(view.scope, view.edition, ours, None) if ours else (None, None)
    if alike is None or contacts is None:
        return notices.note(_("No turn has both a score of ours and one that came with the data."), "supplied_none")
    _table("supplied", _("Ours beside what the source supplied"), [(_("Customers' turns"), alike)], False)
    notices.note(_changed(contacts), "supplied_contacts")
    text = _("A supplied score from -0.25 to 0.25 counts as neutral. Kappa is agreement beyond chance, 1 at its best.")
    return notices.note(text, "supplied_note")


def _sentiment(view: View, current: dict[str, Any], other: dict[str, Any]) -> None:
    alike, contacts = cached.two_sentiments(view.scope, view.edition, (current["revision"],), other["revision"])
    _heading(_("Sentiment model {other} beside {current}, which counts."), current, other)
    if alike is None:
        return notices.note(_("No turn was scored by both."), f"none_{other['revision']}")
    _table(f"two_{other['revision']}", _("Two sentiment models"), [(_("Customers' turns"), alike)], False)
    return notices.note(_changed(contacts), f"contacts_{other['revision']}")


def _behaviours(view: View, current: dict[str, Any], other: dict[str, Any]) -> None:
    _heading(_("Behaviours model {other} beside {current}, which counts."), current, other)
    cuts = [json.loads(row.get("thresholds") or "{}") for row in (current, other)]
    rows = []
    for pillar in PILLARS:
        both = [(row["revision"], float(cut.get(pillar, CUT))) for row, cut in zip((current, other), cuts, strict=True)]
        alike = cached.two_behaviours(view.scope, view.edition, pillar, *both)
        if alike is not None:
            rows.append((translated(CATALOGUE[pillar].label), alike))
    if not rows:
        return notices.note(_("No turn was scored by both."), f"none_{other['revision']}")
    return _table(f"two_{other['revision']}", _("Two behaviours models"), rows, True)


def _heading(text: str, current: dict[str, Any], other: dict[str, Any]) -> None:
    notices.finding(text.format(current=current["revision"], other=other["revision"]), f"head_{other['revision']}")


def _table(key: str, caption: str, rows: list[tuple[str, Agreement]], shares: bool) -> None:
    heads = [_("What"), _("Scored by both"), _("Judged alike"), _("Kappa"), _("Ours"), _("Other")]
    plain_table.show(key, caption, heads, [[what, *_cells(alike, shares)] for what, alike in rows], numbers=5)
    note = _(
        "Ours and Other: the share of these turns that show it, by the model that counts and by the other version."
    )
    if not shares:
        note = _("Ours and Other: the mean valence of these turns, by the model that counts and by the other version.")
    notices.note(note, f"means_{key}")


def _cells(alike: Agreement, shares: bool) -> list[str]:
    """n, share alike and kappa with their 95 % intervals, then both means."""
    with_interval = _("{value} ({low} to {high})")
    share, low, high = (fmt.percent(value, 1) for value in (alike.agreed / alike.n, alike.low, alike.high))
    kappa = fmt.MISSING
    if alike.kappa:
        value, least, most = (fmt.number(part, 2) for part in alike.kappa)
        kappa = with_interval.format(value=value, low=least, high=most)
    means = [fmt.percent(mean, 1) if shares else fmt.number(mean, 3) for mean in (alike.mean, alike.other_mean)]
    return [fmt.number(alike.n), with_interval.format(value=share, low=low, high=high), kappa, *means]


def _changed(contacts: Contacts) -> str:
    text = _(
        "{changed} of {n} contacts ({share}) are low-sentiment in one version only: {low} by ours, {other} by the other."
    )
    numbers = {"changed": contacts.changed, "n": contacts.n, "low": contacts.low, "other": contacts.other_low}
    counts = {name: fmt.number(value) for name, value in numbers.items()}
    return text.format(share=fmt.percent(contacts.changed / max(contacts.n, 1), 1), **counts)
