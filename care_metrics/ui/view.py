"""What this reader looks at in this run: who asks, which edition, which part of the data; the frame sets it."""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from care_metrics.filters import Filters
from care_metrics.scope import Scope
from care_metrics.ui.cached import Edition
from care_metrics.ui.database import NOTHING, Written, sole
from care_metrics.ui.periods import Data

KEY = "_view"


@dataclass(frozen=True)
class View:
    """now: the filters of the period; before: those of the comparison, None without one; as_of: the data's end.

    period, comparison: the codes that were chosen; demo: the store holds the simulated centre.
    scored: the share of customer turns that are scored, None without any; waiting: transcripts that the behaviours
    model has still to read.
    written: the targets and annotations.
    """

    scope: Scope
    edition: Edition
    data: Data
    as_of: datetime
    now: Filters
    before: Filters | None
    period: str
    comparison: str
    scored: float | None = None
    waiting: int = 0
    demo: bool = False
    written: Written = NOTHING

    @property
    def client(self) -> str | None:
        """The one client that is looked at, None for several."""
        return sole(sorted(self.scope.clients), dict(self.now.where).get("client", ()))


def set_current(view: View) -> None:
    """Keep the view for the page of this run and for its fragments."""
    st.session_state[KEY] = view


def current() -> View:
    """The view that the frame set."""
    return st.session_state[KEY]
