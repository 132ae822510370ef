"""For QA leads: do reviewers and the model agree, and how is it known?"""

import streamlit as st

from care_metrics.ui import agreement, disputes, judgements, samples, view
from care_metrics.ui.text import _

now = view.current()
written = judgements.read(now)

st.subheader(_("Samples"), divider="gray", anchor=False)
samples.show(now, written)

st.subheader(_("Model against reviewers"), divider="gray", anchor=False)
counted = agreement.chosen(written.reviews, written.at_random)
agreement.model(counted, written.disputes)

st.subheader(_("Over time"), divider="gray", anchor=False)
agreement.drift(counted)

st.subheader(_("Reviewers against each other"), divider="gray", anchor=False)
agreement.reviewers(written.reviews)

st.subheader(_("Disputes"), divider="gray", anchor=False)
disputes.show(now, written.disputes)
