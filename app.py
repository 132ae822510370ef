"""The ASGI entry: `streamlit run app.py`, or any ASGI server on `app:app`."""

import gc
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from care_metrics.errors import CareMetricsError
from care_metrics.ui.entrance import mode
from care_metrics.ui.entrance.middleware import Door

OURS = ("ui.contact_list", "reviews.targets", "reviews.annotations", "reviews.migrate", "changes", "ui.places", "mix")


@asynccontextmanager
async def warmed(_app: st.App) -> AsyncGenerator[dict[str, Any]]:
    """Import what every page needs while the first browser is still loading; no model, no data.

    Not before it is certain who could come in: a wrong setting ends the start with one sentence.
    """
    try:
        mode.check_settings()
    except CareMetricsError as error:
        print(error, file=sys.stderr, flush=True)
        # Not SystemExit: the server would bury the sentence under two tracebacks; nothing runs yet that could be cut off.
        os._exit(1)
    Thread(target=_import, daemon=True).start()
    yield {}


def _import() -> None:
    for name in OURS:
        import_module(f"care_metrics.{name}")
    import_module("care_metrics.warehouse.house").facts_schemas()
    if not mode.signing_in():
        # Files are read while modules are: only the latter holds Python's lock.
        Thread(target=_make_ready, daemon=True).start()
    # What the statistics of a first page import when they are called: a second of the first reader's wait.
    for name in (
        "scipy.special",
        "scipy.stats",
        "statsmodels.stats.meta_analysis",
        "statsmodels.regression.linear_model",
    ):
        import_module(name)
    # What is imported stays: no later collection need look at it again.
    gc.freeze()


def _make_ready() -> None:
    """Whoever sits at this machine sees everything: open it while their browser is still loading."""
    from care_metrics.scope import operator
    from care_metrics.ui import cached

    try:
        edition = cached.newest()
        cached.make_ready(operator(edition.store.clients(edition.snapshot)), edition)
    except CareMetricsError:
        return  # The page says it, in a sentence.


# Streamlit takes a folder named pages/ for its older kind of app until the first st.navigation of the process, and
# would answer the first deep link after a start with "page not found"; a browser test keeps watch.
PagesManager.uses_pages_directory = False

app = st.App(Path(__file__).with_name("frame.py"), lifespan=warmed, middleware=[Middleware(Door)])
