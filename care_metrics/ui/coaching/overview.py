"""Before an agent is chosen: the plans that are due, and the agents of a client with their pillars side by side."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from care_metrics.charts.strips import SCORE
from care_metrics.coaching.profile import Standing
from care_metrics.schema import PILLARS
from care_metrics.ui import cached, filters_bar, links, notices, nouns
from care_metrics.ui import format as fmt
from care_metrics.ui.coaching import agents, plans, standing, words
from care_metrics.ui.components import declare
from care_metrics.ui.mix_parts import axis_of
from care_metrics.ui.text import _
from care_metrics.ui.view import View

_strips = declare("strips")
PAGE = "coaching"


def show(view: View) -> None:
    """Due plans first: they were promised."""
    plans.due(view)
    if view.client is None:
        return _clients(view)
    if agents.nobody(view):
        return None
    st.subheader(_("Agents"), divider="gray", anchor=False)
    return _agents(view, view.client)


def _clients(view: View) -> None:
    text = _("Coaching is about one agent of one client. Choose the client:")
    notices.say([notices.paragraph(notices.sentence(text))], "choose_client")
    names = cached.options(view.scope, view.edition, "client")
    rows = [[{"link": _to_client(view, name)}] for name in names]
    _strips(key="clients", data={"alt": _("Clients"), "columns": [{"text": _("Client")}], "rows": rows})


def _to_client(view: View, name: str) -> dict[str, object]:
    return {
        "page": PAGE,
        "params": {"client": filters_bar.in_url(view.scope, view.edition, "client", name)},
        "text": fmt.named("client", name),
        "title": _("Open the agents of this client"),
    }


def _agents(view: View, client: str) -> None:
    found = cached.standings(view.scope, view.edition, client, view.now)
    roster = cached.roster(view.scope, view.edition, client)
    names = sorted(roster["agent_id"].to_list(), key=lambda name: (-_below(found.get(name, {}).values()), name))
    axis = axis_of(SCORE, "")
    columns = [
        {"text": _("Agent")},
        *({"text": words.subject(name), "axis": axis, "align": "even", "width": "20%"} for name in PILLARS),
    ]
    rows = [_row(view, client, name, found.get(name, {})) for name in names]
    _strips(key="coaching_agents", data={"alt": _("Pillars by agent"), "columns": columns, "rows": rows})
    text = _(
        "Shrunken scores with their 95% intervals; line: mean of all agents of the client. Agents with a pillar clearly below it "
        "(▼) come first, the others by name: nobody is ranked."
    )
    notices.note(text, "coaching_agents_note")
    of_pillars = (found[name][pillar] for pillar in PILLARS for name in names if pillar in found.get(name, {}))
    words.say_alike(of_pillars, "coaching_agents_alike")


def _below(rows: Sequence[Standing] | Any) -> int:
    return sum(one.side < 0 for one in rows if one.subject in PILLARS)


def _row(view: View, client: str, name: str, found: dict[str, Standing]) -> list[dict[str, Any]]:
    first = {"link": links.agent(view, client, name, fmt.named("agent_id", name))}
    return [first, *(_cell(found.get(pillar, Standing(pillar, 0))) for pillar in PILLARS)]


def _cell(one: Standing) -> dict[str, Any]:
    if one.value is None:
        return {"text": fmt.MISSING, "note": _("too few") if one.n else _("no opportunity")}
    text = standing.marked(one) if one.estimate is not None else fmt.bare(one.value, "score")
    return {"picture": standing.picture(one), "text": text, "note": nouns.counted("empathy", one.n)}
