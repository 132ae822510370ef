"""What the data of each client were read as, and which of these formats were never seen on a real export."""

from typing import Any

import streamlit as st

from care_metrics.data_quality import sources
from care_metrics.ui import cached, notices, plain_table
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

TRIED = {
    "export": noted("tried on a real export"),
    "documentation": noted("from documentation, not yet seen on a real export"),
    "own": noted("by a mapping of your own"),
}


def show(view: View) -> None:
    """A row a client and format, under a heading of its own; nothing where no load says what it was read as."""
    found = sources(cached.load_records(view.scope, view.edition).loads)
    if found.is_empty():
        return
    st.subheader(_("Where the data come from"), divider="gray", anchor=False)
    plain_table.show(
        "sources",
        _("Formats of the loaded files, and how each is read"),
        [_("Client"), _("Format"), _("How it is read"), _("Last loaded"), _("Loads"), _("Rows accepted")],
        [_row(row) for row in found.to_dicts()],
        numbers=2,
    )
    if "documentation" in found["confidence"]:
        text = _(
            "What was read from documentation only may mean something else in your export: compare a few contacts with their source."
        )
        notices.note(text, "sources_note")


def _row(row: dict[str, Any]) -> list[str]:
    tried = translated(TRIED[row["confidence"]]) if row["confidence"] else fmt.MISSING
    names = [fmt.proper(row["client"]), translated(row["label"]), tried, fmt.day(row["loaded_at"])]
    return [*names, fmt.number(row["loads"]), fmt.number(row["accepted"])]
