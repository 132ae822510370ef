"""From any number to what is behind it: the one place that knows which page opens with which parameters."""

from dataclasses import replace
from typing import Any

import streamlit as st

from care_metrics.kpis import Kpi
from care_metrics.ui import cached, filters_bar, periods
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Row
from care_metrics.ui.periods import Span
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

CONTACTS, SCORECARD, COACHING = "contacts", "care_scorecard", "coaching"
KPI, CONTACT = "kpi", "contact"
# Dimensions without a place in the filter bar: a link to the contacts page carries them for that page only.
PAGE_ONLY = ("team", "agent_id")
# KPIs whose n are not contacts one could open.
_NO_CONTACTS = {"customer", "agent_time", "cost", "touch"}


def has_contacts(kpi: Kpi, row: Row) -> bool:
    """Whether a list of contacts stands behind this number."""
    return kpi.grain not in _NO_CONTACTS and row["n"] > 0 and row["state"] != "suppressed"


def contacts(name: str, text: str) -> dict[str, Any]:
    """The link from a card to the contacts that its n counts."""
    return {
        "page": CONTACTS,
        "params": {KPI: name},
        "text": text,
        "title": _("Open the contacts behind this number"),
    }


def contact(client: str, interaction_id: str, text: str) -> dict[str, Any]:
    """The link that opens one contact on the page of contacts."""
    link = contacts("sentiment", text)
    return link | {"params": link["params"] | {CONTACT: f"{client}/{interaction_id}"}, "title": _("Open this contact")}


def agent(view: View, client: str, agent_id: str, text: str) -> dict[str, Any]:
    """The link to an agent's page of *Coaching*."""
    names = fmt.labels("agent_id", cached.roster(view.scope, view.edition, client)["agent_id"])
    return {
        "page": COACHING,
        "params": {
            "client": filters_bar.in_url(view.scope, view.edition, "client", client),
            "agent": names.get(agent_id, agent_id),
        },
        "text": text,
        "title": _("Open the coaching page of this agent"),
    }


def place(view: View, dimension: str, value: str, text: str) -> dict[str, Any]:
    """The link from a place (client, site, reason...) to the scorecard narrowed to it."""
    return {
        "page": SCORECARD,
        "params": {dimension: filters_bar.in_url(view.scope, view.edition, dimension, value)},
        "text": text,
        "title": _("Open the scorecard for this"),
    }


def group(view: View, name: str, dimension: str, value: str, client: str, text: str) -> dict[str, Any]:
    """The link from a group of a comparison to the contacts that its n of this KPI counts; client: empty for any."""
    chosen = {dimension: value} | ({"client": client} if client else {})
    named = {
        key: one if key in PAGE_ONLY else filters_bar.in_url(view.scope, view.edition, key, one)
        for key, one in chosen.items()
    }
    link = contacts(name, text)
    return link | {"params": link["params"] | named}


def during(view: View, name: str, client: str, span: Span, text: str) -> dict[str, Any]:
    """The link from a client's week or month to the contacts that its n of this KPI counts."""
    first, last = span[0], span[1] - periods.ONE_DAY
    own = {
        "client": filters_bar.in_url(view.scope, view.edition, "client", client),
        # By its label: within a session a select box does not read codes from the URL.
        "period": translated(periods.period("custom").label),
        "dates": [first.isoformat(), last.isoformat()],
    }
    link = contacts(name, text)
    return link | {"params": link["params"] | own}


def narrowed(view: View) -> tuple[View, str]:
    """The view as far as a link of `group` narrows it beyond the filter bar, and what it narrows to in words."""
    asked = {name: st.query_params[name] for name in PAGE_ONLY if st.query_params.get(name)}
    if not asked:
        return view, ""
    return replace(view, now=view.now.only(**asked)), ", ".join(fmt.named(*pair) for pair in asked.items())
