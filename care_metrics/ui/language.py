"""The language picker at the foot of the sidebar; the choice stands in the URL, so that a link is read as it was sent."""

import streamlit as st

from care_metrics.ui import filters_bar
from care_metrics.ui.text import DEFAULT_LANGUAGE, LANGUAGE_KEY, LANGUAGES, _


def asked_by_code() -> bool:
    """Whether a link names the language by its code; the code is then rewritten for the picker, which a new run reads."""
    linked = st.query_params.get(LANGUAGE_KEY)
    if linked not in LANGUAGES or LANGUAGE_KEY in st.session_state:
        return False
    st.query_params[LANGUAGE_KEY] = LANGUAGES[linked]
    return True


def picker() -> None:
    """Drawn before anything else is said; its label is for readers of either language."""
    st.sidebar.segmented_control(
        _("Language / Idioma"),
        list(LANGUAGES),
        default=DEFAULT_LANGUAGE,
        required=True,
        format_func=LANGUAGES.__getitem__,
        key=LANGUAGE_KEY,
        bind="query-params",
        on_change=filters_bar.keep_choices,
    )
