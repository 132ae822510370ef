"""The few page elements of our own: each a small script and style sheet that set text as text, never as markup.

A component is trusted code; what comes from data travels in `data` and reaches the page by textContent only.
"""

from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent


def declare(name: str, *shared: str) -> Any:
    """The component of that name: its script after the shared helpers of all and of some, its style after the shared one."""
    script = "".join((HERE / f"{one}.js").read_text(encoding="utf-8") for one in ("dom", *shared, name))
    style = (HERE / "shared.css").read_text(encoding="utf-8") + (HERE / f"{name}.css").read_text(encoding="utf-8")
    return st.components.v2.component(f"care_metrics.{name}", css=style, js=script, isolate_styles=False)
