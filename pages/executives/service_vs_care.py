"""For executives: what does the same period look like judged by speed and judged by care, and who changes places?"""

import streamlit as st

from care_metrics.ui import (
    answers,
    comparison,
    downloads,
    lens_claims,
    lenses,
    mix_parts,
    notices,
    ranked,
    slopes,
    view,
)
from care_metrics.ui.text import _

# Efficiency metrics, and the care metrics they stand beside: of two the first that was asked.
PAIRS = (
    (("aht",), ("nps",)),
    (("fcr", "transfer"), ("ces", "ces_5")),
    (("asa", "service_level"), ("sentiment",)),
    (("cost_per_contact",), ("retention",)),
)

now = view.current()
told = st.container()
names = [name for service, care in PAIRS for name in (*service, *care)]
found = answers.ask(now, names)
lenses.show(now, lenses.chosen(PAIRS, found), found)

st.subheader(_("Judged by speed, judged by care"), divider="gray", anchor=False)
with comparison.pickers():
    group = comparison.chosen_group(now)
    sets = comparison.load(now, group) if group else []
    compared = comparison.choose(now, group, sets) if group else None
if compared is None:
    notices.note(_("The contacts name no team, agent or site to compare."), "groups_none")
else:
    with told:
        lens_claims.first_sentence(now, compared, sets)
    if compared.shown is not None:
        ranking, mix = comparison.halves()
        with ranking:
            ranked.show(now, compared)
        with mix:
            mix_parts.show(now, compared)
        mix_parts.table(now, compared)

st.subheader(_("Handle time and satisfaction"), divider="gray", anchor=False)
slopes.show(now)
downloads.numbers(now, names, found)
