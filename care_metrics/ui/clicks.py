"""What a click in a contact's transcript or evidence says, taken over before the run that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from care_metrics.ui.review_state import Form


@dataclass(frozen=True)
class Clicks:
    """One list that is clicked in. key: the component's; turn: where the session keeps the chosen turn; form: the review's.

    Its two methods are callbacks: they run first, so one run shows the click, and a save that comes with it has it.
    """

    key: str
    turn: str
    form: Form | None

    def turned(self) -> None:
        """A turn was chosen."""
        if (number := self._said("turn")) is not None:
            st.session_state[self.turn] = number

    @property
    def heard(self) -> int:
        """The number of the last verdict of this list that was taken over."""
        return self.form.heard.get(self.key, 0) if self.form else 0

    def judged(self) -> None:
        """Verdicts on turns or, by its place in the list, on evidence: all that the list has not seen taken over yet."""
        for given in self._said("judged") or []:
            if self.form is not None and given["number"] > self.heard:
                self._take(self.form, given)

    def _take(self, form: Form, given: Mapping[str, Any]) -> None:
        if "row" in given:
            form.judge(str(given["row"]), given["verdict"], evidence=True)
        else:
            form.judge(str(given["turn"]), given["verdict"], valence=given.get("valence"))
        form.heard[self.key] = given["number"]

    def _said(self, what: str) -> Any:
        return st.session_state[self.key].get(what)
