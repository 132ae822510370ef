"""Annotations: a day and a few words that stand on the trends, for one client or for all."""

from typing import Literal

import streamlit as st

from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import may as allowed
from care_metrics.reviews.rows import Annotation
from care_metrics.ui import format as fmt
from care_metrics.ui import forms
from care_metrics.ui.periods import ONE_DAY
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

NAME = "annotations"
AUDIENCES: dict[Literal["internal", "client"], str] = {
    "internal": noted("the centre only"),
    "client": noted("the centre and the client"),
}
ALL = ""


def show(view: View) -> None:
    """The list, newest first, and the form for one more."""
    shown = [
        one for one in reversed(view.written.annotations) if view.client is None or one.client in (view.client, None)
    ]
    may = forms.may_write(view, "annotate", "annotations_read_only")
    chosen = forms.table(
        NAME,
        [_row(one) for one in shown],
        alt=_("Annotations, one a row"),
        empty=_("No day is annotated yet."),
        selects=may,
    )
    if not may:
        return
    if chosen is not None and st.button(_("Remove the chosen annotation"), icon=":material/delete:"):
        number = shown[chosen].id
        forms.save(NAME, lambda database: _remove(view, database, number))
    st.subheader(_("Annotate a day"), divider="gray", anchor=False)
    _form(view)


def _row(one: Annotation) -> dict[str, str]:
    return {
        _("Day"): fmt.day(one.day),
        _("What happened"): one.text,
        _("Client"): fmt.named("client", one.client) if one.client else _("All clients"),
        _("Seen by"): translated(AUDIENCES[one.audience]),
        _("Written by"): one.typed_by,
    }


def _form(view: View) -> None:
    key = forms.key(NAME)
    clients = [*([ALL] if allowed(view.scope, "annotate for every client") else []), *sorted(view.scope.clients)]
    labels = fmt.labels("client", clients) | {ALL: _("All clients")}
    with st.form(f"annotation_{key}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = st.date_input(
                _("Day"), value=view.data.end - ONE_DAY, key=f"day_{key}", format="YYYY-MM-DD", width=150
            )
            client = st.selectbox(
                _("Client"),
                clients,
                index=clients.index(view.client) if view.client in clients else 0,
                format_func=labels.__getitem__,
                key=f"client_{key}",
                width=220,
            )
            audience = st.selectbox(
                _("Seen by"),
                list(AUDIENCES),
                format_func=lambda c: translated(AUDIENCES[c]),
                key=f"audience_{key}",
                width=240,
            )
        text = st.text_input(_("What happened"), key=f"text_{key}", max_chars=500)
        if st.form_submit_button(_("Save the annotation")):
            forms.save(NAME, lambda database: _add(view, database, Annotation(client or None, day, text, audience)))


def _add(view: View, database: Database, annotation: Annotation) -> None:
    from care_metrics.reviews.annotations import annotate

    annotate(view.scope, database, annotation)


def _remove(view: View, database: Database, number: int | None) -> None:
    from care_metrics.reviews.annotations import remove_annotation

    if number is not None:
        remove_annotation(view.scope, database, number)
