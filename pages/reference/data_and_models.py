"""For internal readers: how fresh and complete are the data, read as what, what was refused, what was taken out, which versions count?"""

import streamlit as st

from care_metrics.errors import NotAllowed
from care_metrics.ui import (
    data_coverage,
    data_freshness,
    data_privacy,
    data_rejected,
    data_sources,
    data_versions,
    model_agreement,
    model_cards,
    view,
)
from care_metrics.ui.text import _

now = view.current()
if now.scope.audience != "internal":
    raise NotAllowed(_("This page is for internal readers."))

st.subheader(_("Freshness"), divider="gray", anchor=False)
data_freshness.show(now)

data_sources.show(now)

st.subheader(_("Who is not in a number"), divider="gray", anchor=False)
data_coverage.show(now)

st.subheader(_("Customers' turns without a score"), divider="gray", anchor=False)
data_coverage.unscored(now)

st.subheader(_("Rejected rows"), divider="gray", anchor=False)
data_rejected.show(now)

st.subheader(_("Changed columns"), divider="gray", anchor=False)
data_rejected.changes(now)

st.subheader(_("Personal data taken out"), divider="gray", anchor=False)
data_privacy.show(now)

st.subheader(_("Versions"), divider="gray", anchor=False)
data_versions.show(now)

st.subheader(_("Another model beside ours"), divider="gray", anchor=False)
model_agreement.waiting(now)

st.subheader(_("Scores that came with the data"), divider="gray", anchor=False)
model_agreement.supplied(now)

st.subheader(_("Model cards"), divider="gray", anchor=False)
model_cards.show()
