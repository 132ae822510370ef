"""For executives: are customers cared for better than before, is the change real, and where should I look?"""

import streamlit as st

from care_metrics.ui import answers, cards, downloads, findings, pace_and_care, pillar_scores, places, view
from care_metrics.ui.text import _

CARE = ("nps", "ces", "sentiment", "retention")
RESOLUTION = ("csat", "low_sentiment", "recovery", "fcr", "escalation", "transfer", "follow_up_kept")
PILLARS = ("empathy", "proactivity", "personalization", "ownership")
INDEX = ("care_index", *PILLARS)
EFFICIENCY = ("aht", "asa", "service_level", "abandonment", "handled", "occupancy", "cost_per_contact")
PLACES = ("nps", "ces", "sentiment", "low_sentiment", "recovery", "fcr", "escalation", "transfer")

now = view.current()
found = answers.ask(now, (*CARE, *RESOLUTION, *INDEX, *EFFICIENCY), weekly=CARE)
where = places.changed(now, PLACES)
findings.first_sentence(now, found, where)

st.header(_("What care shows"), divider="green", anchor=False)
cards.show(CARE, found, key="care", large=True)
cards.show(RESOLUTION, found, key="resolution", empty=False)
if cards.any_data(PILLARS, found):
    st.header(_("The four pillars"), divider="green", anchor=False)
    pillar_scores.show_in_short(found)

st.header(_("What efficiency shows"), divider="gray", anchor=False)
cards.show(EFFICIENCY, found, key="efficiency", empty=False)

if pace_and_care.offered(now) and cards.any_data(("care_index",), found):
    st.header(_("Fast is not the same as caring"), divider="gray", anchor=False)
    pace_and_care.show(now)

st.header(_("Where to look"), divider="gray", anchor=False)
places.show(now, where)
downloads.numbers(now, (*CARE, *RESOLUTION, *INDEX, *EFFICIENCY), found)
