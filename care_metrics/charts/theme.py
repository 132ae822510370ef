"""The one visual language: care in teal, efficiency in grey, alarm in rust, readable on light and dark paper alike.

Text, grid and background are left to the page's theme, so a chart drawn once is right in both; the marks keep
3:1 against white and against the dark background.
"""

import re
from typing import Any

CARE = "#178F85"
CARE_BAND = "rgba(23, 143, 133, 0.16)"
EFFICIENCY = "#7F8B94"
EFFICIENCY_BAND = "rgba(127, 139, 148, 0.18)"
ALARM = "#C75B3F"
ALARM_BAND = "rgba(199, 91, 63, 0.14)"
HAIRLINE = "rgba(127, 139, 148, 0.28)"
REFERENCE = "#7F8B94"

COLOURS = {"care": CARE, "pillar": CARE, "efficiency": EFFICIENCY}
BANDS = {"care": CARE_BAND, "pillar": CARE_BAND, "efficiency": EFFICIENCY_BAND}
# What st.plotly_chart is told: no toolbar, no zoom by accident, no logo.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}

Figure = dict[str, Any]

_TAG = re.compile(r"<[^>]*>?")


def plain(text: object) -> str:
    """A label out of the data without markup: Plotly would draw `<a>` and `<b>`, and break at `<br>`."""
    return _TAG.sub("", str(text)).replace("<", "").replace(">", "").strip()


def colour(family: str) -> str:
    """The mark colour of a KPI family."""
    return COLOURS.get(family, EFFICIENCY)


def band(family: str) -> str:
    """The fill of an interval of a KPI family."""
    return BANDS.get(family, EFFICIENCY_BAND)


def tone(difference: float | None, verdict: str | None, better: str) -> str:
    """'good' or 'bad' for a clear change in a KPI that has a direction, else 'plain': colour only where it is a signal."""
    if difference is None or verdict != "clear" or better not in ("higher", "lower") or difference == 0:
        return "plain"
    return "good" if (difference > 0) == (better == "higher") else "bad"


def figure(traces: list[dict[str, Any]], height: int, **layout: Any) -> Figure:
    """Traces on an empty sheet: no title, no legend, slim margins, no drag."""
    axis = {"fixedrange": True, "zeroline": False, "showgrid": False, "automargin": True}
    sheet = {
        "height": height,
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }
    axes = {name: axis | layout.pop(name, {}) for name in ("xaxis", "yaxis")}
    return {"data": traces, "layout": sheet | axes | layout}
