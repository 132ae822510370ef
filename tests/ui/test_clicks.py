"""Verdicts come as the whole list of what a run has not been seen to take over: each counts once, the last one of a thing holds."""

import pytest
import streamlit as st

from care_metrics.ui.clicks import Clicks
from care_metrics.ui.review_state import Form

KEY = "transcript_acme/c1"


def given(number: int, verdict: str, **about: object) -> dict[str, object]:
    return {"number": number, "verdict": verdict, **about}


@pytest.fixture
def clicks(monkeypatch: pytest.MonkeyPatch) -> Clicks:
    monkeypatch.setattr(st, "session_state", {})
    return Clicks(KEY, "turn_acme/c1", Form("acme", "c1"))


def said(clicks: Clicks, *verdicts: dict[str, object]) -> Form:
    st.session_state[KEY] = {"judged": list(verdicts)}
    clicks.judged()
    assert clicks.form is not None
    return clicks.form


def test_two_verdicts_that_reach_one_run_are_both_taken_over(clicks: Clicks) -> None:
    form = said(clicks, given(1, "wrong", turn=2, valence=0.0), given(2, "right", turn=3))
    assert (form.turns, form.corrected, clicks.heard) == ({"2": False, "3": True}, {"2": 0.0}, 2)


def test_a_verdict_sent_again_does_not_undo_what_came_after_it(clicks: Clicks) -> None:
    first = given(1, "wrong", turn=2)
    said(clicks, first)
    form = said(clicks, first, given(2, "", turn=2))
    assert form.turns == {}
    form.accept_rest([{"turn_no": 2, "valence": -0.5}], [])
    assert said(clicks, first, given(2, "", turn=2)).turns == {"2": True}


def test_evidence_is_named_by_its_place(clicks: Clicks) -> None:
    assert said(clicks, given(1, "wrong", row="0")).evidence == {"0": False}


def test_who_does_not_review_gives_no_verdict(clicks: Clicks) -> None:
    st.session_state[KEY] = {"judged": [given(1, "wrong", turn=2)], "turn": 2}
    alone = Clicks(KEY, clicks.turn, None)
    alone.judged()
    alone.turned()
    assert (alone.heard, st.session_state[clicks.turn]) == (0, 2)
