"""How far the data of each client reach, when they were loaded, and how much of them is scored."""

from datetime import datetime
from typing import Any

from care_metrics.ui import cached, notices, plain_table
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, ngettext
from care_metrics.ui.view import View


def show(view: View) -> None:
    """A row a client, and what waits for an interaction that never came."""
    facts = cached.data_facts(view.scope, view.edition)
    plain_table.show(
        "freshness",
        _("How fresh the data are"),
        [_("Client"), _("Data from"), _("Data to"), _("Loaded"), _("Scored"), _("Contacts"), _("Turns scored")],
        [_row(row) for row in facts.freshness.to_dicts()],
        numbers=2,
    )
    notices.note(_("Instants in UTC; days and weeks follow each client's own time zone."), "freshness_note")
    for table, n in facts.orphans.items():
        if n:
            notices.note(_waiting(table, n), f"orphans_{table}")


def _row(row: dict[str, Any]) -> list[str]:
    turns = row["n_customer_turns"]
    share = fmt.percent(row["n_scored_turns"] / turns, 1) if turns else fmt.MISSING
    moments = [_moment(row[name]) for name in ("first_at", "data_end", "loaded_at", "scored_at")]
    return [fmt.proper(row["client"]), *moments, fmt.number(row["n_interactions"]), share]


def _moment(value: datetime | None) -> str:
    return fmt.MISSING if value is None else fmt.moment(value)


def _waiting(table: str, n: int) -> str:
    if table == "turns":
        text = ngettext(
            "Turns of {n} contact that is not in the data wait for it and count nowhere.",
            "Turns of {n} contacts that are not in the data wait for them and count nowhere.",
            n,
        )
    else:
        text = ngettext(
            "Evidence of {n} contact that is not in the data waits for it and counts nowhere.",
            "Evidence of {n} contacts that are not in the data waits for them and counts nowhere.",
            n,
        )
    return text.format(n=fmt.number(n))
