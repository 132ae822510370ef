"""For executives: how much care is shown in each pillar, where and when, and what goes with it for the customer?"""

import streamlit as st

from care_metrics.ui import downloads, pillar_coverage, pillar_groups, pillar_impact, pillar_scores, pillar_trend, view
from care_metrics.ui.text import _

now = view.current()
told = st.container()
found = pillar_scores.ask(now)
if pillar_scores.shown(found):
    weeks = pillar_trend.load(now)
    with told:
        pillar_trend.first_sentence(now, found, weeks)
    pillar_scores.show(found)

    st.subheader(_("Over time"), divider="gray", anchor=False)
    pillar_trend.show(now, weeks)

    st.subheader(_("Where"), divider="gray", anchor=False)
    pillar_groups.show(now, found)

    st.subheader(_("What goes with it"), divider="gray", anchor=False)
    pillar_impact.show(now)

st.subheader(_("Transcripts without a score"), divider="gray", anchor=False)
pillar_coverage.show(now)
downloads.numbers(now, list(found.now), found)
