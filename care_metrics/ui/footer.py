"""The last line of each page: which data this is, how far it reaches, and that it is simulated where it is."""

import streamlit as st

from care_metrics.ui import format as fmt
from care_metrics.ui.notices import paragraph, say, sentence
from care_metrics.ui.text import _
from care_metrics.ui.view import View


def draw(view: View) -> None:
    """Snapshot version, as-of, the period in full; a notice for the simulated centre."""
    st.space("small")
    snapshot = view.edition.snapshot
    parts = [_("Data version {version}.").format(version=fmt.number(snapshot.version))]
    if snapshot.published_at:
        parts.append(_("Published {moment} UTC.").format(moment=fmt.moment(snapshot.published_at)))
    parts.append(_("As of {moment} UTC, the end of the data.").format(moment=fmt.moment(view.as_of)))
    if view.demo:
        parts.append(_("Simulated data: no person or company in it is real."))
    say([paragraph(*(sentence(part) for part in parts), kind="note")], "footer")
