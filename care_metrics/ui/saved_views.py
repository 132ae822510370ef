"""A reader's own views of a page: its choices, kept under a name, opened and forgotten again."""

from datetime import date

import streamlit as st

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.rows import SavedFilter
from care_metrics.ui import database, filters_bar, forms, notices
from care_metrics.ui.links import CONTACT
from care_metrics.ui.text import _
from care_metrics.ui.view import View

NAME = "saved_views"
LONGEST = 100
# The choices that make a view, by the keys of their widgets; which contact is open is no part of it.
SEVERAL, DAYS = "why", "dates"
BAR = ("period", DAYS, "compare", *(name for name, _label, _none in filters_bar.DIMENSIONS))
CHOICES = (*BAR, "find", SEVERAL, "queue")


def show(view: View, page: str) -> None:
    """A button that opens the list of views and the field for one more; nothing while the database is down."""
    from care_metrics.reviews.saved_filters import filters_of

    try:
        kept = filters_of(view.scope, database.opened(), page)
    except DatabaseUnavailable:
        return
    with st.popover(_("Saved views"), icon=":material/bookmark:"):
        if kept:
            _choose(view, page, {one.name: one for one in kept})
        else:
            notices.note(_("No view is saved yet."), f"{NAME}_none")
        _keep(view, page)


def _choose(view: View, page: str, kept: dict[str, SavedFilter]) -> None:
    from care_metrics.reviews.saved_filters import drop_filter

    chosen = st.selectbox(_("View"), list(kept), key=f"{NAME}_chosen_{forms.key(NAME)}")
    with st.container(horizontal=True):
        st.button(_("Open this view"), on_click=_open, args=(kept[chosen],), key=f"{NAME}_open")
        if st.button(_("Forget this view"), type="tertiary", key=f"{NAME}_forget"):
            forms.save(NAME, lambda found: drop_filter(view.scope, found, page, chosen))


def _keep(view: View, page: str) -> None:
    from care_metrics.reviews.saved_filters import keep_filter

    name = st.text_input(_("Name of the view that is open"), max_chars=LONGEST, key=f"{NAME}_name_{forms.key(NAME)}")
    if st.button(_("Save this view"), disabled=not name.strip(), key=f"{NAME}_keep"):
        wanted = SavedFilter(page, name.strip(), asked())
        forms.save(NAME, lambda found: keep_filter(view.scope, found, wanted))


def asked() -> tuple[tuple[str, str], ...]:
    """What is chosen now, as codes, which no change of language makes unreadable."""
    found = {key: st.session_state[key] for key in CHOICES if st.session_state.get(key) is not None}
    listed = {key: value if isinstance(value, list | tuple) else [value] for key, value in found.items()}
    return tuple((key, str(value)) for key, values in listed.items() for value in values)


def _open(saved: SavedFilter) -> None:
    """Runs before the widgets are drawn: they begin with these choices."""
    found: dict[str, list[str]] = {}
    for key, value in saved.query:
        found.setdefault(key, []).append(value)
    st.session_state[SEVERAL] = found.pop(SEVERAL, [])
    st.session_state["find"] = found.pop("find", [""])[0]
    if days := found.pop(DAYS, []):
        st.session_state[DAYS] = tuple(date.fromisoformat(day) for day in days)
    for key in set(found) & set(CHOICES):
        st.session_state[key] = found[key][0]
    st.query_params.pop(CONTACT, None)
