"""The sections of the page Settings; to add one, write its `show(view)` and its line in SECTIONS."""

from collections.abc import Callable

import streamlit as st

from care_metrics.reviews.permissions import may
from care_metrics.ui import action_settings, annotation_settings, place_settings, target_settings
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

# code -> (what it is called, what one must be allowed to do to see it, how it is drawn)
SECTIONS: dict[str, tuple[str, str, Callable[[View], None]]] = {
    "targets": (noted("Targets"), "see targets", target_settings.show),
    "annotations": (noted("Annotations"), "see annotations", annotation_settings.show),
    "actions": (noted("Agreed actions"), "see agreed actions", action_settings.show),
    "places": (noted("Sites and tasks"), "see sites and tasks", place_settings.show),
}


def show(view: View) -> None:
    """One section at a time; the choice stands in the URL."""
    shown = [code for code, (_name, act, _draw) in SECTIONS.items() if may(view.scope, act)]
    if not shown:
        return
    chosen = st.segmented_control(
        _("Section"),
        shown,
        default=shown[0],
        required=True,
        format_func=lambda code: translated(SECTIONS[code][0]),
        key="section",
        bind="query-params",
        label_visibility="collapsed",
    )
    SECTIONS[chosen or shown[0]][2](view)
