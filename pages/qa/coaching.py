"""For QA and team leads, and for agents themselves: what is this agent good at, what would help, and did it help?"""

import streamlit as st

from care_metrics.ui import view
from care_metrics.ui.coaching import agents, load, moments, notes, overview, plans, standing
from care_metrics.ui.text import _

now = view.current()
who = agents.chosen(now)
if who is None:
    overview.show(now)
else:
    found = standing.ask(now, who)
    agents.title(now, who)
    standing.first_sentence(who, found)

    st.subheader(_("Pillars"), divider="gray", anchor=False)
    standing.pillars(now, who, found)

    st.subheader(_("Skills"), divider="gray", anchor=False)
    standing.skills(now, who, found)

    st.subheader(_("Moments"), divider="gray", anchor=False)
    quoted = moments.show(now, who)

    st.subheader(_("Emotional load"), divider="gray", anchor=False)
    load.show(now, who)

    st.subheader(_("Plan and follow-up"), divider="gray", anchor=False)
    plans.show(now, who, quoted)

    st.subheader(_("Notes from reviews"), divider="gray", anchor=False)
    notes.show(now, who)
