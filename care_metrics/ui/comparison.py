"""Which groups the page Service vs care compares, within which client, and by which handle time; and their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from care_metrics.ranking import MEASURED, Claim, GroupSet, claims
from care_metrics.ui import cached, filters_bar
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import visible
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

MEASURED_TIME, EQUAL = "measured", "equal"
# In pixels: together with their gap as wide as the page at 1440, one below the other where it is narrower.
RANKING_WIDTH, MIX_WIDTH = 470, 540
PACES = {MEASURED_TIME: noted("As measured"), EQUAL: noted("At equal mix")}


@dataclass(frozen=True)
class Words:
    """What a dimension's groups are called: in the picker, within a sentence, all of them, one by itself, and none."""

    choice: str
    several: str
    centre: str
    itself: str
    nobody: str


GROUPS = {
    "team": Words(
        noted("Teams"),
        noted("teams"),
        noted("all teams together"),
        noted("the team itself"),
        noted(
            "No team is judged clearly otherwise by care, or at equal contact mix, than by handle time: it could be chance."
        ),
    ),
    "agent_id": Words(
        noted("Agents"),
        noted("agents"),
        noted("all agents together"),
        noted("the agent alone"),
        noted(
            "No agent is judged clearly otherwise by care, or at equal contact mix, than by handle time: it could be chance."
        ),
    ),
    "site": Words(
        noted("Sites"),
        noted("sites"),
        noted("all sites together"),
        noted("the site itself"),
        noted(
            "No site is judged clearly otherwise by care, or at equal contact mix, than by handle time: it could be chance."
        ),
    ),
    "client": Words(
        noted("Clients"),
        noted("clients"),
        noted("all clients together"),
        noted("the client itself"),
        noted(
            "No client is judged clearly otherwise by care, or at equal contact mix, than by handle time: it could be chance."
        ),
    ),
}


@dataclass(frozen=True)
class Comparison:
    """group: the dimension; shown: the set that is drawn, None without any; claims: about all sets; several: clients.

    equal: whether the ranking goes by handle time at equal mix.
    """

    group: str
    shown: GroupSet | None
    claims: tuple[Claim, ...]
    several: bool
    equal: bool = False

    @property
    def words(self) -> Words:
        return GROUPS[self.group]

    def named(self, value: str) -> str:
        """A group as it is read."""
        return fmt.named(self.group, value)


def chosen_group(view: View) -> str | None:
    """The picker of what is compared; None where the contacts carry no such dimension."""
    known = [group for group in GROUPS if _offered(view, group)]
    if not known:
        return None
    return filters_bar.choice("group", _("Compare"), known, lambda code: translated(GROUPS[code].choice), 0)


def _offered(view: View, group: str) -> bool:
    if group == "agent_id" and view.scope.audience != "internal":
        return False
    least = 2 if group == "client" else 1
    return len(cached.options(view.scope, view.edition, group)) >= least and group not in dict(view.now.where)


def load(view: View, group: str) -> list[GroupSet]:
    """The sets of this dimension, one a client, the one with the most contacts first."""
    return cached.group_sets(view.scope, view.edition, visible(view, MEASURED), view.now, group)


def choose(view: View, group: str, sets: Sequence[GroupSet]) -> Comparison:
    """The pickers of client and handle time: the client of the surest claim first, else that with most contacts."""
    said, several = tuple(claims(sets)), len(sets) > 1
    names = [found.within for found in sets]
    first = names.index(said[0].within) if said else 0
    within = names[0] if names else ""
    if several:
        labels = fmt.labels("client", names)
        within = filters_bar.choice("within", _("Within"), names, labels.__getitem__, first)
    pace = filters_bar.choice("pace", _("Handle time"), list(PACES), lambda code: translated(PACES[code]), 0)
    shown = next((found for found in sets if found.within == within), None)
    return Comparison(group, shown, said, several, pace == EQUAL)


def pickers() -> st.delta_generator.DeltaGenerator:
    """The row that holds them."""
    return st.container(horizontal=True, vertical_alignment="bottom", width="content")


def halves() -> tuple[st.delta_generator.DeltaGenerator, st.delta_generator.DeltaGenerator]:
    """Two boxes side by side where both fit, else one above the other."""
    row = st.container(horizontal=True, gap="medium")
    return row.container(width=RANKING_WIDTH), row.container(width=MIX_WIDTH)
