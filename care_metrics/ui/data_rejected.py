"""Rows that could not be taken: how many for which reason, and the rows themselves as text, to be read and repaired."""

import polars as pl
import streamlit as st

from care_metrics.data_quality import QUARANTINE_LIMIT, drift, rejected
from care_metrics.ui import cached, notices, plain_table
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

CHANGES = {
    "new": noted("holds values now, did not before"),
    "gone": noted("holds no values any more"),
    "unknown": noted("is not ours and is ignored; new in the last load"),
}


def show(view: View) -> None:
    """The reasons, and below them the rows of the one chosen."""
    found = rejected(cached.load_records(view.scope, view.edition).quarantine)
    if found.is_empty():
        return notices.note(_("No row was rejected."), "rejected_none")
    plain_table.show(
        "rejected",
        _("Rejected rows by reason"),
        [_("Table"), _("Why"), _("Rows")],
        [[table, reason, fmt.number(n)] for table, reason, n in found.iter_rows()],
        numbers=1,
    )
    _rows(view, list(dict.fromkeys(found["reason"])))
    text = _(
        "Personal data was taken out of these rows. Repair them in the export and ingest it again: what is in already is not counted twice."
    )
    return notices.note(text, "rejected_note")


def _rows(view: View, reasons: list[str]) -> None:
    chosen = st.selectbox(_("Rows rejected because"), reasons, key="rejected_reason", width=620)
    rows = cached.quarantined(view.scope, view.edition, chosen)
    names = rows["client"].map_elements(fmt.proper, return_dtype=pl.String)
    shown = rows.select(names, "table", "line", "raw", "file")
    st.dataframe(
        shown,
        hide_index=True,
        height=min(35 * (shown.height + 1) + 3, 420),
        column_config={
            "client": st.column_config.TextColumn(_("Client"), width=130),
            "table": st.column_config.TextColumn(_("Table"), width=100),
            "line": st.column_config.NumberColumn(_("Line"), width=60, format="%d"),
            "raw": st.column_config.TextColumn(_("Row, redacted"), width=420),
            "file": st.column_config.TextColumn(_("File"), width=200),
        },
        alt=_("Rejected rows, one a row"),
    )
    if rows.height == QUARANTINE_LIMIT:
        notices.note(_("The newest {n} are shown.").format(n=fmt.number(QUARANTINE_LIMIT)), "rejected_limit")


def changes(view: View) -> None:
    """What the last load of each table brought that the one before did not, and the other way round."""
    found = drift(cached.load_records(view.scope, view.edition).loads)
    if found.is_empty():
        return notices.note(_("The columns of the last load are those of the one before."), "drift_none")
    return plain_table.show(
        "drift",
        _("Columns that changed with the last load"),
        [_("Client"), _("Table"), _("Column"), _("Change")],
        [
            [fmt.proper(client), table, column, translated(CHANGES[change])]
            for client, table, change, column in found.iter_rows()
        ],
    )
