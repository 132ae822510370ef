"""For the account meeting: how did one client's customers fare, against what was agreed and against before?"""

import streamlit as st

from care_metrics.ui import (
    answers,
    client_actions,
    client_choice,
    client_course,
    client_story,
    client_terms,
    client_voices,
    downloads,
    findings,
    places,
    recorded,
    view,
)
from care_metrics.ui.text import _

CARE = ("nps", "ces", "csat", "sentiment", "low_sentiment", "recovery", "retention", "fcr", "escalation", "transfer")
PILLARS = ("empathy", "proactivity", "personalization", "ownership")
BESIDE = ("service_level", "abandonment", "aht")
PLACES = ("nps", "ces", "sentiment", "low_sentiment", "recovery", "fcr", "escalation", "transfer")
HALF = 490

now = view.current()
if now.client is None:
    client_choice.show(now)
else:
    recorded.prepare_voices(now)
    client_choice.title(now)
    found = answers.ask(now, (*CARE, "follow_up_kept", *PILLARS, *BESIDE))
    where = places.changed(now, PLACES)
    findings.first_sentence(now, found, where)

    # Side by side where both fit, one above the other where they do not.
    beside = st.container(horizontal=True, gap="large")
    told, terms = beside.container(width=HALF), beside.container(width="stretch")
    with told:
        st.subheader(_("Week by week, with what happened"), divider="green", anchor=False)
        measure = client_course.choose(found)
        if measure is not None:
            client_course.show(now, measure, client_course.load(now, measure))
        client_story.show(now, found, where)
    with terms:
        st.subheader(_("Against what we agreed"), divider="green", anchor=False)
        client_terms.show(now, (*CARE, *PILLARS, *BESIDE), found)

    st.subheader(_("In your customers' words"), divider="gray", anchor=False)
    client_voices.show(now)

    client_actions.show(now, now.client)
    downloads.numbers(now, (*CARE, *PILLARS, *BESIDE), found)
