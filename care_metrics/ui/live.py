"""Parts of a page that run by themselves, each time only for a reader who still may."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from care_metrics.ui import reader, view

Given = ParamSpec("Given")


def fragment(draw: Callable[Given, None]) -> Callable[Given, None]:
    """st.fragment, but the frame's question who asks is put again: its run does not pass through the frame."""

    @wraps(draw)
    def checked(*args: Given.args, **kwargs: Given.kwargs) -> None:
        seen = view.current()
        if not reader.still(seen.scope, seen.edition):
            st.rerun()
        draw(*args, **kwargs)

    return st.fragment(checked)
