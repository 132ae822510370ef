"""The rows of the queue: asked for once, and while somebody works through them, only shortened by what is done."""

from dataclasses import dataclass, replace

import polars as pl
import streamlit as st

from care_metrics.attention import Queue
from care_metrics.ui import cached
from care_metrics.ui.view import View

KEPT = "_queue_asked"
Named = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """why, order: which contacts, and how they stand; done: those to leave out; among: the only ones to look at, or None."""

    why: tuple[str, ...]
    order: str
    done: tuple[Named, ...] = ()
    among: tuple[Named, ...] | None = None


def rows(view: View, asked: Asked) -> Queue:
    """The queue as it is now. A saved review takes one contact out of it, which needs no second question to all data."""
    of = view.scope, view.edition.snapshot.version, view.now, asked.why, asked.order
    before, first = st.session_state.get(KEPT, (None, asked))
    if before == of and (gone := _gone(first, asked)) is not None:
        found = _without(_ask(view, first), gone)
        if found is not None:
            return found
    st.session_state[KEPT] = of, asked
    return _ask(view, asked)


def _ask(view: View, asked: Asked) -> Queue:
    return cached.queue(view.scope, view.edition, view.now, asked.why, asked.order, asked.done, asked.among)


def _gone(first: Asked, now: Asked) -> set[Named] | None:
    """What was left out since the first question; None where something came back or was added."""
    gone = set(now.done) - set(first.done)
    if not set(first.done) <= set(now.done) or (first.among is None) != (now.among is None):
        return None
    if first.among is None or now.among is None:
        return gone
    return gone | (set(first.among) - set(now.among)) if set(now.among) <= set(first.among) else None


def _without(found: Queue, gone: set[Named]) -> Queue | None:
    """The queue without these; None where one is not on the list, so that it is not known whether it was counted."""
    if not gone:
        return found
    left = found.rows.join(
        pl.DataFrame(sorted(gone), schema=["client", "interaction_id"], orient="row"),
        on=["client", "interaction_id"],
        how="anti",
        maintain_order="left",
    )
    if found.rows.height - left.height < len(gone) or not left.height:
        return None
    return replace(found, rows=left, n=found.n - len(gone))
