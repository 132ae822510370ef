"""The queue of *Low-sentiment calls*: by reason for attention, in an order of one's own, or whatever a search finds."""

import streamlit as st

from care_metrics.attention import LIST_LIMIT, ORDERS, Queue
from care_metrics.errors import DatabaseUnavailable
from care_metrics.kpis import kpi
from care_metrics.reviews.permissions import may
from care_metrics.reviews.sample_rows import Kind
from care_metrics.settings import settings
from care_metrics.ui import (
    assigned,
    cached,
    filters_bar,
    notices,
    nouns,
    queue_rows,
    review_state,
    samples,
    saved_views,
)
from care_metrics.ui import format as fmt
from care_metrics.ui.contact_list import list_and_contact
from care_metrics.ui.queue_rows import Asked
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

LABELS = {
    "low": noted("Low as a whole"),
    "never_recovered": noted("Never recovered"),
    "sudden_drop": noted("Sudden drop"),
    "repeat_caller": noted("Repeat caller"),
    "escalated": noted("Escalated"),
    "random_sample": noted("Random sample"),
    "risk_sample": noted("Risk sample"),
    "mine": noted("Assigned to me"),
    "unreviewed": noted("Not reviewed"),
}
UNREVIEWED, MINE = "unreviewed", "mine"
PAGE = "low_sentiment_calls"
# Reasons that the database tells, each with the right it takes.
SAMPLES: dict[str, Kind] = {"random_sample": "random", "risk_sample": "risk"}
WRITTEN = {
    "random_sample": "see samples",
    "risk_sample": "see samples",
    MINE: "see assignments",
    UNREVIEWED: "see reviews",
}
ORDER_LABELS = {"worst": noted("Worst first"), "newest": noted("Newest first"), "random": noted("Random order")}
MEANING = {
    "low": noted("mean sentiment of {low} or lower"),
    "never_recovered": noted("a customer turn of {low} or lower, and no better in the last quarter"),
    "sudden_drop": noted("the mean of three customer turns falls by 0.6 or more within three turns"),
    "repeat_caller": noted("the customer was here with the same reason within the 7 days before"),
    "escalated": noted("passed on to a supervisor or a higher tier"),
    "random_sample": noted("drawn by a random sample"),
    "risk_sample": noted("drawn by a risk sample"),
    MINE: noted("assigned to you and not reviewed yet"),
    UNREVIEWED: noted("not reviewed yet"),
}


def show(view: View) -> None:
    """Search box, reasons, order, and the list with the open contact beside it."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        words = st.text_input(
            _("Find a contact"),
            key="find",
            bind="query-params",
            placeholder=_("id, customer or words"),
            max_chars=200,
            width=180,
        )
        order = filters_bar.choice("queue", _("Order"), list(ORDERS), lambda code: translated(ORDER_LABELS[code]), 0)
        saved_views.show(view, PAGE)
    wanted = st.pills(
        _("Show contacts that are"),
        [code for code in LABELS if code not in WRITTEN or may(view.scope, WRITTEN[code])],
        selection_mode="multi",
        default=["low"],
        format_func=lambda code: translated(LABELS[code]),
        key="why",
        bind="query-params",
        disabled=bool(words.strip()),
        wrap=True,
    )
    if words.strip():
        return _found(view, words)
    asked = tuple(name for name in LABELS if name in (wanted or ()))
    return _queued(view, asked, order)


def _found(view: View, words: str) -> None:
    rows = cached.find(view.scope, view.edition, words)
    if rows.is_empty():
        text = _("No contact has this id or customer, and in no transcript was it said.")
        return notices.say([notices.paragraph(notices.sentence(text), kind="notice")], "no_contacts")
    text = _("{counted} found in all data, the newest first.")
    if rows.height == LIST_LIMIT:
        text = _("The newest {counted} that were found in all data; there may be more.")
    notices.note(text.format(counted=nouns.counted("sentiment", rows.height)), "count")
    return list_and_contact(view, rows, kpi("sentiment"), reviewing=True)


def _queued(view: View, asked: tuple[str, ...], order: str) -> None:
    done: tuple[tuple[str, str], ...] = ()
    among: tuple[tuple[str, str], ...] | None = None
    try:
        done = review_state.done(view) if UNREVIEWED in asked else ()
        among = samples.among(view, [SAMPLES[name] for name in asked if name in SAMPLES])
        if MINE in asked:
            own = assigned.open_to_me(view)
            among = own if among is None else tuple(name for name in own if name in set(among))
    except DatabaseUnavailable as error:
        asked = tuple(name for name in asked if name not in WRITTEN)
        text = _("Reviews and samples cannot be read now; the list shows contacts as if there were none.")
        notices.say([notices.paragraph(notices.sentence(text), notices.sentence(str(error)), kind="notice")], "unread")
    why = tuple(name for name in asked if name not in WRITTEN)
    found = queue_rows.rows(view, Asked(why, order, done, among))
    if not found.n:
        return _nothing(view, asked)
    notices.note(_count(found, asked), "count")
    return list_and_contact(view, found.rows, kpi("sentiment"), reviewing=True)


def _nothing(view: View, asked: tuple[str, ...]) -> None:
    if cached.queue(view.scope, view.edition, view.now, (), "worst").n:
        text = _("No contact of this period is all of this: {list}.").format(list=_listed(asked))
        return notices.say([notices.paragraph(notices.sentence(text), kind="notice")], "no_contacts")
    return notices.nothing_found("no_contacts")


def _count(found: Queue, asked: tuple[str, ...]) -> str:
    contacts = nouns.counted("low_sentiment", found.scored)
    told = [_("All {contacts} with a scored transcript.").format(contacts=contacts)]
    if asked:
        text = _("{n} of {contacts} with a scored transcript ({share}): {list}.")
        share = fmt.bare(found.n / found.scored, "fraction")
        told = [text.format(n=fmt.number(found.n), contacts=contacts, share=share, list=_listed(asked))]
    if found.n > found.rows.height:
        told.append(_("The list shows the first {n}.").format(n=fmt.number(found.rows.height)))
    return " ".join(told)


def _listed(asked: tuple[str, ...]) -> str:
    low = fmt.bare(settings().low_sentiment, "valence")
    return "; ".join(translated(MEANING[name]).format(low=low) for name in asked)
