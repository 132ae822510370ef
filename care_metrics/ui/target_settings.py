"""Targets of the clients: what was signed (contract) and what is aimed for (goal), with the period they speak of."""

from typing import Literal

import streamlit as st

from care_metrics.kpis import CATALOGUE, Kpi
from care_metrics.kpis.kpi import Cohort
from care_metrics.reviews.engine import Database
from care_metrics.reviews.rows import Target
from care_metrics.ui import forms, notices, target_words
from care_metrics.ui.answers import visible
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

NAME = "targets"
Kind = Literal["contract", "goal"]


def show(view: View) -> None:
    """The list, what may be done with a chosen row, and the form for one more."""
    shown = [one for one in view.written.targets if view.client in (None, one.client)]
    may = forms.may_write(view, "set targets", "targets_read_only")
    chosen = forms.table(
        NAME,
        [target_words.row(one) for one in shown],
        alt=_("Targets, one a row"),
        empty=_("No target is set yet."),
        selects=may,
    )
    notices.note(
        _(
            "A contract is met or not by the value itself; a goal only where the whole 95% interval says so. A target counts "
            "for periods of its length, from its first day on; the newest holds."
        ),
        "targets_note",
    )
    if not may:
        return
    if chosen is not None and st.button(_("Remove the chosen target"), icon=":material/delete:"):
        forms.save(NAME, lambda database: _remove(view, database, shown[chosen]))
    st.subheader(_("Set a target"), divider="gray", anchor=False)
    _form(view)


def _remove(view: View, database: Database, target: Target) -> None:
    from care_metrics.reviews.targets import remove_target

    remove_target(view.scope, database, target)


def _form(view: View) -> None:
    """Fields that follow from the measure stand outside a form, which would not redraw them."""
    key = forms.key(NAME)
    names = list(visible(view, tuple(CATALOGUE)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        client = forms.client_of(view, NAME)
        name = st.selectbox(
            _("Measure"), names, format_func=lambda n: translated(CATALOGUE[n].label), key=f"kpi_{key}", width=260
        )
        kind = st.selectbox(
            _("Kind"),
            list(target_words.KINDS),
            format_func=lambda c: translated(target_words.KINDS[c]),
            key=f"kind_{key}",
            width=130,
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target = _fields(view, client, CATALOGUE[name], kind, key)
    if st.button(_("Save the target"), disabled=target is None, key=f"save_{key}") and target:
        forms.save(NAME, lambda database: _set(view, database, target))


def _fields(view: View, client: str, kpi: Kpi, kind: Kind, key: str) -> Target | None:
    """The rest of the fields; None until a value is typed."""
    comparators = list(target_words.COMPARATORS)
    comparator = st.selectbox(
        _("Comparison"),
        comparators,
        index=comparators.index(">=" if kpi.better == "higher" else "<="),
        format_func=lambda code: translated(target_words.COMPARATORS[code]).format(value="").strip(),
        key=f"comparator_{kpi.name}_{key}",
        width=120,
    )
    label = _("Value, {unit}").format(unit=target_words.unit(kpi))
    value = st.number_input(label, value=None, key=f"value_{kpi.name}_{key}", width=190, format="%.2f", step=1.0)
    lengths = target_words.lengths(_days(view))
    # A share of customers kept depends on how long one waits, so its target has a length of its own.
    offered = lengths[1:] if isinstance(kpi.measure, Cohort) else lengths
    length = st.selectbox(
        _("For a period of"), offered, format_func=target_words.length, key=f"length_{kpi.name}_{key}", width=150
    )
    start = st.date_input(
        _("Valid from"),
        value=target_words.first_day(view.data.first),
        key=f"from_{key}",
        format="YYYY-MM-DD",
        width=150,
    )
    if value is None:
        return None
    return Target(client, kpi.name, comparator, value / target_words.factor(kpi), kind, start, length)


def _days(view: View) -> int:
    return (view.now.end - view.now.start).days if view.now.start and view.now.end else 0


def _set(view: View, database: Database, target: Target) -> None:
    from care_metrics.reviews.targets import set_target

    set_target(view.scope, database, target)
