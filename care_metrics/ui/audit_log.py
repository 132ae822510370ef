"""The audit log, newest first, of the clients an administrator sees."""

from typing import Any

import polars as pl
import streamlit as st

from care_metrics.reviews.permissions import require
from care_metrics.reviews.rows import AuditEntry
from care_metrics.ui import database, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.entrance.roles import ROLES
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

MOST = 500
# What the log's entries are called on the page; one that is not here stands as it was written.
ACTS = {
    "view transcript": noted("viewed a transcript"),
    "quote transcript": noted("read a sentence quoted from a transcript"),
    "ask for an unknown contact": noted("asked for a contact they may not see, or that does not exist"),
    "grant right": noted("granted a right"),
    "revoke right": noted("took a right away"),
}


def show(view: View) -> None:
    """A table of the newest entries, narrowed by what was done."""
    from care_metrics.reviews import audit

    require(view.scope, "read the audit log")
    chosen = st.selectbox(
        _("What was done"),
        ["", *ACTS],
        format_func=lambda act: _act(act) if act else _("Everything"),
        key="act",
        width=420,
    )
    found = audit.entries(
        view.scope,
        database.opened(),
        what=chosen or None,
        client=dict(view.now.where).get("client", (None,))[0],
        limit=MOST,
    )
    if not found:
        return notices.note(_("Nothing is on record yet."), "audit_none")
    note = _("The newest {n} entries. A transcript is shown and a file handed out only after its entry was stored.")
    notices.note(note.format(n=fmt.number(len(found))), "audit_note")
    st.dataframe(
        pl.DataFrame([_row(entry) for entry in found]), hide_index=True, column_config=_columns(), height="content"
    )
    return None


def _act(what: str) -> str:
    return translated(ACTS[what]) if what in ACTS else what


def _row(entry: AuditEntry) -> dict[str, str]:
    filters = "; ".join(f"{name}: {value}" for name, value in entry.filters if value)
    return {
        "at": fmt.moment(entry.at) if entry.at else fmt.MISSING,
        "who": entry.who,
        "role": translated(ROLES[entry.role]) if entry.role in ROLES else entry.role,
        "what": _act(entry.what),
        "client": fmt.proper(entry.client) if entry.client else "",
        "contact": entry.contact or "",
        "more": filters,
        "rows": "" if entry.rows is None else fmt.number(entry.rows),
        "version": "" if entry.snapshot is None else fmt.number(entry.snapshot),
        "digest": (entry.digest or "")[:12],
    }


def _columns() -> dict[str, Any]:
    named = {
        "at": _("When (UTC)"),
        "who": _("Who"),
        "role": _("As"),
        "what": _("What"),
        "client": _("Client"),
        "contact": _("Contact"),
        "more": _("Details"),
        "rows": _("Rows"),
        "version": _("Data version"),
        "digest": _("SHA-256 begins"),
    }
    return {name: st.column_config.TextColumn(label) for name, label in named.items()}
