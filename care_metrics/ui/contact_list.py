"""Lists of contacts and, beside them, the one that is open; what stands behind a number."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from care_metrics.contacts import LIST_LIMIT
from care_metrics.kpis import Kpi
from care_metrics.measure import allowed
from care_metrics.ui import cached, contact_panel, downloads, links, notices, nouns
from care_metrics.ui import format as fmt
from care_metrics.ui.links import CONTACT, KPI
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

ORDERS = {
    "lowest": noted("Lowest value first"),
    "highest": noted("Highest value first"),
    "newest": noted("Newest first"),
}
ROW_HEIGHT, ROWS_SEEN, LIST_WIDTH = 35, 15, 530


def behind_a_number(view: View) -> None:
    """The rows that the n of the KPI named in the URL counts."""
    entry = allowed(st.query_params.get(KPI, "sentiment"), view.scope)
    view, narrowed = links.narrowed(view)
    n = cached.count_contacts(view.scope, view.edition, entry.name, view.now)
    if not n:
        return notices.nothing_found("no_contacts")
    text = _("{kpi}: {counted} behind the number.")
    head = text.format(kpi=translated(entry.label), counted=nouns.counted(entry.name, n))
    if narrowed:
        text = _("{kpi} of {name}: {counted} behind the number.")
        head = text.format(kpi=translated(entry.label), name=narrowed, counted=nouns.counted(entry.name, n))
    tail = _("The list shows the first {n}.").format(n=fmt.number(LIST_LIMIT)) if n > LIST_LIMIT else ""
    notices.say([notices.paragraph(notices.sentence(head, strong=True), notices.sentence(tail))], "count")
    order = st.segmented_control(
        _("Order"),
        list(ORDERS),
        default="lowest",
        required=True,
        format_func=lambda code: translated(ORDERS[code]),
        key="order",
        bind="query-params",
        label_visibility="collapsed",
    )
    rows = cached.contacts(view.scope, view.edition, entry.name, view.now, order or "lowest")
    list_and_contact(view, rows, entry)
    return downloads.contacts(view, entry, n)


def list_and_contact(view: View, rows: pl.DataFrame, entry: Kpi, reviewing: bool = False) -> None:
    """The rows as a table, and the chosen one opened; rows that are no contact as a table alone.

    reviewing: the open one may be reviewed; once it is saved, the next one opens.
    """
    if rows.is_empty():
        return notices.nothing_found("no_contacts")
    opens = "interaction_id" in rows.columns and "arc" in rows.columns
    if not opens:
        return _plain(rows, entry)
    names = [f"{client}/{leg}" for client, leg in rows.select("client", "interaction_id").iter_rows()]
    # Side by side where both fit, one above the other where they do not.
    beside = st.container(horizontal=True, gap="medium")
    with beside.container(width=LIST_WIDTH):
        _table(rows, entry, names, f"{entry.name}_{view.now}_{view.edition.snapshot.version}")
    with beside.container(width="stretch"):
        opened = st.query_params.get(CONTACT) or names[0]
        contact_panel.show(view, opened, entry.name, names if reviewing else None)
        if reviewing:
            contact_panel.prepare(view, contact_panel.below(names, st.query_params.get(CONTACT, opened)))
    return None


def _table(rows: pl.DataFrame, entry: Kpi, names: Sequence[str], key: str) -> None:
    """The table with its arc; a chosen row stands in the URL, so that a link opens the same contact."""

    def choose() -> None:
        chosen = st.session_state[key]["selection"]["rows"]
        if chosen:
            st.query_params[CONTACT] = names[chosen[0]]

    linked = st.query_params.get(CONTACT)
    position = names.index(linked) if linked in names else 0 if linked is None else None
    if key in st.session_state and position is not None and st.session_state[key]["selection"]["rows"] != [position]:
        # The review moved on, or a link of the page: the mark in the table follows the contact that is open.
        st.session_state[key] = {"selection": {"rows": [position], "columns": [], "cells": []}}
    st.dataframe(
        _shown(rows, entry),
        key=key,
        on_select=choose,
        selection_mode="single-row",
        selection_default=None if position is None else {"selection": {"rows": [position]}},
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=ROW_HEIGHT * (min(len(names), ROWS_SEEN) + 1) + 3,
        column_config=_columns(entry),
        alt=_("Contacts, one a row"),
    )


def _shown(rows: pl.DataFrame, entry: Kpi) -> pl.DataFrame:
    when = rows["started_local"].map_elements(fmt.short_moment, return_dtype=pl.String)
    value = [fmt.row_value(number, entry) for number in rows["value"]]
    reason = rows["reason"].map_elements(fmt.neat, return_dtype=pl.String)
    texts = pl.DataFrame({"when": when, "agent": rows["agent_id"], "reason": reason, "value": value})
    return texts.with_columns(pl.all().fill_null(fmt.MISSING)).with_columns(rows["arc"])


def _columns(entry: Kpi) -> dict[str, Any]:
    words = _("Mean") if entry.name == "sentiment" else _("Counts as")
    return {
        "when": st.column_config.TextColumn(_("When"), width=104),
        "agent": st.column_config.TextColumn(_("Agent"), width=76),
        "reason": st.column_config.TextColumn(_("Reason"), width=120),
        "value": st.column_config.TextColumn(words, width=72),
        "arc": st.column_config.LineChartColumn(_("Arc"), width=110, y_min=-1, y_max=1),
    }


def _plain(rows: pl.DataFrame, entry: Kpi) -> None:
    """Rows that are no contact, customers for one: what names them and their value."""
    st.dataframe(
        rows.with_columns(pl.col("value").map_elements(lambda x: fmt.row_value(x, entry), return_dtype=pl.String)),
        hide_index=True,
    )
