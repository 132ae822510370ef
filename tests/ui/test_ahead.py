"""What is asked ahead is asked once, and its failure is the shower's to tell."""

from threading import Event

import pytest
import streamlit as st

from care_metrics.errors import BadRequest
from care_metrics.ui import ahead


def test_who_shows_it_waits_for_the_answer_and_does_not_ask_again() -> None:
    calls, begun, go_on = [], Event(), Event()

    @st.cache_data(show_spinner=False)
    def slow(number: int) -> int:
        calls.append(number)
        begun.set()
        assert go_on.wait(10)
        return 2 * number

    ahead.ask(slow, 21)
    assert begun.wait(10)
    go_on.set()
    assert slow(21) == 42
    assert calls == [21]


def test_a_failure_ahead_is_told_where_it_is_shown() -> None:
    failed = Event()

    def wrong() -> None:
        failed.set()
        raise BadRequest("no such thing")

    ahead.ask(wrong)
    assert failed.wait(10)
    with pytest.raises(BadRequest):
        wrong()
