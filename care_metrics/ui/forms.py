"""Forms that write to the database: one that was saved opens anew, one that was not keeps its text and says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import polars as pl
import streamlit as st

from care_metrics.errors import CareMetricsError
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import may
from care_metrics.ui import database, filters_bar, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _
from care_metrics.ui.view import View

ROW_HEIGHT, ROWS_SEEN = 35, 12
SAVED = "_form_saved"


def key(name: str) -> str:
    """The key of one opening of a form; a new one after each save, so that its fields stand empty again."""
    return st.session_state.setdefault(f"{name}_form", uuid4().hex)


@dataclass
class Opening:
    """A form that changes something: the text as its author first saw it, the version that is, and the key it is saved under.

    A newer text of somebody else does not slip under what is being typed: it is a conflict, which is told.
    """

    first: Any
    version: int
    saving: str

    def follow(self, version: int | None) -> None:
        """After a conflict: the text set aside has its row under the old key; saved again, this one follows theirs."""
        self.version, self.saving = version or 0, uuid4().hex


def opening(name: str, first: Any, version: int | None) -> Opening:
    """This opening of the form, the same until it is saved."""
    used = key(name)
    return st.session_state.setdefault(f"{name}_{used}_opening", Opening(first, version or 0, used))


def save(name: str, step: Callable[[Database], object]) -> None:
    """Run the step once for this opening of the form, then draw the page anew; a refusal is told and nothing is lost."""
    used = key(name)
    if st.session_state.get(f"{name}_saved") == used:
        # The second click of a double click: its row is there.
        return
    try:
        step(database.opened())
    except CareMetricsError as error:
        notices.not_saved(error, f"{name}_not_saved")
        return
    st.session_state[f"{name}_saved"] = used
    st.session_state[f"{name}_form"] = uuid4().hex
    # Said by the run that follows: what this one has not sent yet when that one begins is dropped.
    st.session_state[SAVED] = True
    st.rerun()


def say_saved() -> None:
    """That the run before saved something; for the frame."""
    if st.session_state.pop(SAVED, False):
        st.toast(_("Saved."), icon=":material/check:")


def client_of(view: View, name: str) -> str:
    """The client that the form writes for: the one of the filter bar, else chosen here."""
    clients = [view.client] if view.client else sorted(view.scope.clients)
    labels = fmt.labels("client", clients)
    return st.selectbox(
        _("Client"), clients, format_func=labels.__getitem__, key=f"{name}_client", width=filters_bar.WIDTH * 2
    )


def table(name: str, rows: Sequence[dict[str, str]], alt: str, empty: str, selects: bool) -> int | None:
    """Rows of text as a table; the position of the chosen one. empty: what is said where there is none."""
    if not rows:
        notices.note(empty, f"{name}_none")
        return None
    selection: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-row"} if selects else {}
    chosen: Any = st.dataframe(
        pl.DataFrame(list(rows)),
        key=f"{name}_table_{key(name)}",
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=ROW_HEIGHT * (min(len(rows), ROWS_SEEN) + 1) + 3,
        alt=alt,
        **selection,
    )
    picked = chosen.selection.rows if selects else []
    return picked[0] if picked and picked[0] < len(rows) else None


def may_write(view: View, act: str, key: str) -> bool:
    """Whether this reader may write here; those who may not are told so under the list."""
    if not view.scope.clients or view.written.wrong:
        return False
    if may(view.scope, act):
        return True
    notices.note(_("You may read this list; changing it is for others."), key)
    return False
