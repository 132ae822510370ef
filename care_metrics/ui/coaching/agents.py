"""Whose page it is: one agent of one client, among those the reader may see."""

from dataclasses import dataclass

from care_metrics.ui import cached, filters_bar, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _
from care_metrics.ui.view import View

AGENT, ALL = "agent", ""


@dataclass(frozen=True)
class Who:
    """team: of the latest contact, as it stands on what is saved about the agent."""

    client: str
    agent_id: str
    team: str | None

    @property
    def name(self) -> str:
        """As it is read."""
        return fmt.named("agent_id", self.agent_id)


def chosen(view: View) -> Who | None:
    """The picker, and whom it says; None while no client or no agent is chosen, or there is none."""
    if view.client is None:
        return None
    rows = cached.roster(view.scope, view.edition, view.client)
    teams = dict(rows.select("agent_id", "team").iter_rows())
    if not teams:
        return None
    names = fmt.labels("agent_id", teams)
    if len(teams) == 1:
        # Whoever sees one agent has nothing to choose.
        return Who(view.client, *next(iter(teams.items())))
    agent = filters_bar.choice(
        AGENT, _("Agent"), [ALL, *teams], lambda code: names.get(code, _("All agents")), 0, width=220
    )
    return Who(view.client, agent, teams[agent]) if agent else None


def title(view: View, who: Who) -> None:
    """The agent, their team and client."""
    about = [fmt.named("team", who.team)] if who.team else []
    text = " · ".join([who.name, *about, fmt.named("client", who.client)])
    notices.say([notices.paragraph(notices.sentence(text), kind="heading")], "coaching_of")


def nobody(view: View) -> bool:
    """Whether the client has no agent to show; says so."""
    if view.client is None or cached.roster(view.scope, view.edition, view.client).height:
        return False
    text = _("No contact of this client names an agent whom you may see.")
    notices.say([notices.paragraph(notices.sentence(text), kind="notice")], "no_agents")
    return True
