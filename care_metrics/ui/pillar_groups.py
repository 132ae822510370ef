"""The pillars by team, channel, reason, client, site or agent: who differs from the others, and the contacts behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from care_metrics.charts.strips import SCORE, score
from care_metrics.kpis import kpi
from care_metrics.measure import Question
from care_metrics.reviews.permissions import may
from care_metrics.schema import PILLARS
from care_metrics.standouts import against_rest
from care_metrics.statistics.differences import SIGNIFICANCE
from care_metrics.ui import cached, filters_bar, links, notices, nouns
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import EMPTY, Answers, Row, visible
from care_metrics.ui.components import declare
from care_metrics.ui.mix_parts import axis_of
from care_metrics.ui.pillar_scores import INDEX
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

_strips = declare("strips")
GROUPS = {
    "team": noted("Teams"),
    "channel": noted("Channels"),
    "reason": noted("Reasons"),
    "client": noted("Clients"),
    "site": noted("Sites"),
    "agent_id": noted("Agents"),
}
# Names that mean something within one client only.
WITHIN_CLIENT = ("team", "agent_id")
MOST_CONTACTS = "contacts"
MOST = 12
MARKS = {"good": "▲", "bad": "▼"}


@dataclass(frozen=True)
class Group:
    """name: as it is read; values: dimension -> value; cells: KPI -> row, with what it differs by from the others."""

    name: str
    values: dict[str, str]
    cells: dict[str, Row]

    @property
    def n(self) -> int:
        """Its contacts with evidence for any pillar."""
        return self.cells.get(INDEX, EMPTY)["n"]

    @property
    def pillars(self) -> tuple[str, ...]:
        """Those with an opportunity at all."""
        return tuple(name for name in PILLARS if self.cells.get(name, EMPTY)["n"])


def show(view: View, found: Answers) -> None:
    """Pickers and the table; found: the scores of all contacts together, drawn as a line."""
    known = [name for name in GROUPS if _offered(view, name)]
    if not known:
        return notices.note(_("There is nothing to compare here: one group only."), "pillar_groups_none")
    with st.container(horizontal=True, vertical_alignment="bottom", width="content"):
        by = filters_bar.choice("split", _("Compare"), known, lambda code: translated(GROUPS[code]), 0)
        groups = load(view, by)
        orders = orders_of(groups)
        order = filters_bar.choice("sort", _("Order"), list(orders), lambda code: translated(orders[code]), 0)
    if not groups:
        return notices.note(_("The contacts name no group of this kind."), "pillar_groups_none")
    ordered = sort(groups, order)
    notices.finding(_finding(groups), "pillar_groups_finding")
    _strips(key="pillar_groups", data=_data(view, found, ordered[:MOST], by))
    if len(ordered) > MOST:
        with st.expander(_("The other groups")):
            _strips(key="pillar_groups_rest", data=_data(view, found, ordered[MOST:], by))
    return notices.note(_caption(groups), "pillar_groups_note")


def _offered(view: View, by: str) -> bool:
    if by == "agent_id" and view.scope.audience != "internal":
        return False
    return by not in dict(view.now.where) and len(cached.options(view.scope, view.edition, by)) >= 2


def load(view: View, by: str) -> list[Group]:
    """The groups with evidence, each pillar tested against all other groups together."""
    dimensions = tuple(dict.fromkeys(("client", by))) if by in WITHIN_CLIENT else (by,)
    question = Question(visible(view, (*PILLARS, INDEX)), view.now, dimensions)
    [rows] = cached.answers(view.scope, view.edition, (question,))
    known = rows.filter(pl.col(by).is_not_null() & (pl.col("n") > 0)) if rows.height else rows
    pillars = against_rest(known.filter(pl.col("kpi") != INDEX)) if known.height else known
    every = [*pillars.to_dicts(), *known.filter(pl.col("kpi") == INDEX).to_dicts()]
    several = known["client"].n_unique() > 1 if "client" in known.columns else False
    found: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in every:
        found.setdefault(tuple(row[name] for name in dimensions), {})[row["kpi"]] = row
    return [_group(dict(zip(dimensions, key, strict=True)), by, cells, several) for key, cells in found.items()]


def _group(values: dict[str, str], by: str, cells: dict[str, Row], several: bool) -> Group:
    name = fmt.named(by, values[by])
    if by in WITHIN_CLIENT and several:
        name = _("{name} ({client})").format(name=name, client=fmt.named("client", values["client"]))
    return Group(name, values, cells)


def orders_of(groups: Sequence[Group]) -> dict[str, str]:
    """By contacts or a pillar; by care index only where all groups have one of the same pillars."""
    names = [*PILLARS] + ([INDEX] if len({group.pillars for group in groups}) == 1 else [])
    return {MOST_CONTACTS: noted("Most contacts")} | {name: _LOWEST[name] for name in names}


_LOWEST = {
    "empathy": noted("Lowest empathy"),
    "proactivity": noted("Lowest proactivity"),
    "personalization": noted("Lowest personalization"),
    "ownership": noted("Lowest ownership"),
    INDEX: noted("Lowest care index"),
}


def sort(groups: Sequence[Group], order: str) -> list[Group]:
    """By name within equals; a group without that score stands last."""
    if order == MOST_CONTACTS:
        return sorted(groups, key=lambda group: (-group.n, group.name))
    values = {group.name: group.cells.get(order, EMPTY)["value"] for group in groups}
    return sorted(groups, key=lambda g: (values[g.name] is None, values[g.name] or 0.0, g.name))


def side(row: Row) -> str:
    """good or bad where a cell clearly differs from the other groups together, else plain."""
    if row.get("q") is None or row["state"] != "ok" or row["q"] >= SIGNIFICANCE:
        return "plain"
    if abs(row["difference"]) < kpi(row["kpi"]).threshold:
        return "plain"
    return "good" if row["difference"] > 0 else "bad"


def _finding(groups: Sequence[Group]) -> str:
    cells = [(group, name) for group in groups for name in PILLARS if name in group.cells]
    clear = [(group, name) for group, name in cells if side(group.cells[name]) != "plain"]
    if not clear:
        return _("No group differs clearly from the others in a pillar: what differs could be chance.")
    group, name = min(clear, key=lambda pair: (pair[0].cells[pair[1]]["q"], pair[0].cells[pair[1]]["p"], pair[0].name))
    row = group.cells[name]
    text = _(
        "Clearly different from the other groups: {n} of {m} scores; most surely {kpi} of {name}, {value} against {rest}."
    )
    return text.format(
        n=fmt.number(len(clear)),
        m=fmt.number(len(cells)),
        kpi=translated(kpi(name).label),
        name=group.name,
        value=fmt.bare(row["value"], "score"),
        rest=fmt.bare(row["rest"], "score"),
    )


def _data(view: View, found: Answers, groups: Sequence[Group], by: str) -> dict[str, Any]:
    axis = axis_of(SCORE, "")
    return {
        "alt": _("Pillar scores by group"),
        "columns": [
            {"text": translated(GROUPS[by])},
            *({"text": translated(kpi(name).label), "axis": axis, "align": "even", "width": "20%"} for name in PILLARS),
        ],
        "rows": [
            [
                _head(view, group, by) | {"note": nouns.counted(INDEX, group.n)},
                *(_cell(view, group, name, by, found) for name in PILLARS),
            ]
            for group in groups
        ],
    }


def _head(view: View, group: Group, by: str) -> dict[str, Any]:
    """The group's name; an agent's leads to their page of *Coaching*, for who may open it."""
    if by == "agent_id" and may(view.scope, "see coaching"):
        return {"link": links.agent(view, group.values["client"], group.values[by], group.name)}
    return {"text": group.name}


def _cell(view: View, group: Group, name: str, by: str, found: Answers) -> dict[str, Any]:
    row = group.cells.get(name, EMPTY)
    if row["value"] is None:
        few = row["state"] == "suppressed"
        return {"text": fmt.MISSING, "note": _("too few") if few else _("no opportunity")}
    tone, centre = side(row), found.now.get(name, EMPTY)["value"]
    value = fmt.bare(row["value"], "score")
    shown = _("{value} {mark}").format(value=value, mark=MARKS[tone]) if tone in MARKS else value
    client = group.values.get("client", "") if by != "client" else ""
    between = fmt.interval(row["low"], row["high"], "score")
    return {
        "picture": score(row["value"], row["low"], row["high"], net=centre) | {"tone": tone},
        "link": links.group(view, name, by, group.values[by], client, shown),
        "note": _("{interval}, n\u00a0{n}").format(interval=between, n=fmt.number(row["n"])),
    }


def _caption(groups: Sequence[Group]) -> str:
    told = [
        _(
            "Point: score with its 95% interval; line: all contacts together. ▼ clearly below, ▲ clearly above all other groups "
            "together (5% false discoveries), as they come, not at equal contact mix."
        )
    ]
    if len({group.pillars for group in groups}) > 1:
        told.append(
            _("Not all groups had an opportunity for every pillar, so they have no common order by care index.")
        )
    return " ".join(told)
